import logging
from dataclasses import replace

import psycopg2
from psycopg2.errors import ReadOnlySqlTransaction

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain
from odoo.tools.misc import format_datetime
from odoo.tools.safe_eval import safe_eval

from .crm_customer_metric import READER_GROUPS
from .dashboard_scope import check_payload, get_default_manager, parse_scope
from .figures_period import get_viewer_zone

_logger = logging.getLogger(__name__)

SIZES = [
    ("3", "Quarter"),
    ("4", "Third"),
    ("6", "Half"),
    ("8", "Two thirds"),
    ("12", "Full"),
]
MAX_CODES = 50
DOCUMENTATION_URL = "/crm_dashboards/static/description/index.html"


class CrmDashboardTile(models.Model):
    """A tile of a dashboard.

    The record says where and for whom it stands. Its figures come from the method
    ``_tile_<code>(scope)``, which returns blocks; ``_open_<code>(scope, drill)`` turns
    a click into an action where :attr:`action_id` alone does not do.
    """

    _name = "crm.dashboard.tile"
    _description = "Dashboard Tile"
    _order = "dashboard, sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, readonly=True)
    dashboard = fields.Selection(
        [("account_manager", "Account Manager"), ("customer", "Customer")],
        required=True,
        readonly=True,
    )
    sequence = fields.Integer(default=10)
    size = fields.Selection(
        SIZES, required=True, default="3", help="Width on a large screen."
    )
    active = fields.Boolean(default=True, help="Nobody sees an archived tile.")
    group_ids = fields.Many2many(
        "res.groups",
        string="Groups",
        help="Only members of one of these groups see the tile; everyone if empty.",
    )
    action_id = fields.Many2one(
        "ir.actions.act_window", "See More", help="Report behind the See More link."
    )

    _code_uniq = models.UniqueIndex("(code)", "Each tile has a code of its own.")

    # ------------------------------------------------------------------
    # What the browser calls
    # ------------------------------------------------------------------

    @api.model
    @api.readonly
    def get_dashboard(self, dashboard, scope=None):
        """Return header and layout of a dashboard, without any figure.

        :param str dashboard: account_manager or customer
        :param scope: dict as for :meth:`get_tiles`; what the user saved if left out
        :return: dict ``{company, companies, scope, scopes, as_of, empty,
            documentation_url, tiles, hidden_tiles}``
        """
        self._check_dashboard_access()
        self._check_dashboard(dashboard)
        saved = self.env["crm.dashboard.tile.preference"]._get_settings(dashboard)
        if scope is None:
            scope = self._get_saved_scope(saved)
        parsed = parse_scope(self.env, scope, self._sees_all())
        company = self.env.company
        visible = self._get_visible_tiles(dashboard, saved)
        hidden = self._get_allowed_tiles(dashboard) - visible
        return {
            "company": {
                "id": company.id,
                "name": company.display_name,
                "currency_id": company.currency_id.id,
            },
            "companies": (self.env.companies - company).mapped("display_name"),
            "scope": {
                "account_manager": parsed.account_manager,
                "all_sales": parsed.all_sales,
                "tabs": dict(parsed.tabs),
            },
            "scopes": self._get_scope_choices(parsed),
            "as_of": self._get_as_of(),
            "empty": self._get_invitation(),
            "documentation_url": DOCUMENTATION_URL,
            "tiles": [
                {
                    "code": tile.code,
                    "name": tile.name,
                    "size": int(tile.size),
                    "see_more": tile._has_report(),
                }
                for tile in visible
            ],
            "hidden_tiles": [{"code": tile.code, "name": tile.name} for tile in hidden],
        }

    @api.model
    @api.readonly
    def get_tiles(self, dashboard, codes, scope=None):
        """Return the tiles of a dashboard with their figures.

        :param str dashboard: account_manager or customer
        :param codes: list of tile codes; False for all
        :param scope: dict with any of account_manager (``me``, ``team``, ``all``,
            ``none`` or a user id), customer_id, all_sales, tabs ``{code: tab}``
        :return: ``{code: {title, state, message, blocks, tabs}}``; a tile that the
            user may not see is absent
        :raise AccessError: neither salesperson nor invoicing nor accounting reader
        :raise ValidationError: the scope is not readable
        """
        self._check_dashboard_access()
        self._check_dashboard(dashboard)
        codes = self._check_codes(codes)
        scope = self._parse_scope(scope)
        tiles = self._with_scope(scope)._get_allowed_tiles(dashboard)
        if codes is not None:
            tiles = tiles.filtered(lambda tile: tile.code in codes)
        results = {tile.code: tile._get_result(scope) for tile in tiles}
        return {code: result for code, result in results.items() if result}

    @api.model
    def open_report(self, code, scope=None, drill=False):
        """Return the action behind a tile's See More or one of its clickable parts.

        :param str code: code of the tile
        :param scope: as for :meth:`get_tiles`
        :param drill: False for See More, else ``{key, value}`` as a block carried it
        :return: dict, an action
        :raise ValidationError: the tile has no such part
        """
        self._check_dashboard_access()
        scope = self._parse_scope(scope)
        tile = self._with_scope(scope)._get_tile(code)
        drill = check_payload(self.env, drill or {})
        opener = getattr(tile, f"_open_{code}", None)
        if opener:
            return opener(scope, drill)
        if not tile.action_id:
            raise ValidationError(self.env._("There is no report behind this tile."))
        return tile._get_report_action(tile.action_id)

    @api.model
    def save_preference(self, dashboard, values):
        """Remember the user's scope, order of tiles or hidden tiles of a dashboard.

        :param values: dict with any of ``scope`` (as for :meth:`get_tiles`), ``order``
            and ``hidden`` (lists of tile codes)
        """
        self._check_dashboard_access()
        self._check_dashboard(dashboard)
        values = check_payload(self.env, values)
        if set(values) - {"scope", "order", "hidden"}:
            raise ValidationError(self.env._("The preference is not readable."))
        kept = {}
        if "scope" in values:
            scope = self._parse_scope(values["scope"])
            kept["scope"] = {
                "account_manager": scope.account_manager,
                "all_sales": scope.all_sales,
                "tabs": dict(scope.tabs),
            }
        known = set(self._get_allowed_tiles(dashboard).mapped("code"))
        for key in ("order", "hidden"):
            if key in values:
                codes = self._check_codes(values[key]) or []
                kept[key] = [code for code in codes if code in known]
        self.env["crm.dashboard.tile.preference"]._update_settings(dashboard, kept)
        return True

    # ------------------------------------------------------------------
    # Who may see what
    # ------------------------------------------------------------------

    @api.model
    def _check_dashboard_access(self):
        """Let salespeople, invoicing and accounting readers in, nobody else."""
        if not self._is_dashboard_user():
            raise AccessError(
                self.env._(
                    "Dashboards are for salespeople, invoicing and accounting readers. "
                    "Please ask your administrator for access."
                )
            )

    @api.model
    def _is_dashboard_user(self):
        groups = READER_GROUPS.split(",")
        return any(self.env.user.has_group(group) for group in groups)

    @api.model
    def _sees_all(self):
        """Whether the user may look at other account managers' customers."""
        groups = READER_GROUPS.replace(
            "group_sale_salesman", "group_sale_salesman_all_leads"
        )
        return any(self.env.user.has_group(group) for group in groups.split(","))

    @api.model
    def _get_allowed_tiles(self, dashboard):
        tiles = self.sudo().search([("dashboard", "=", dashboard)])
        return tiles.filtered(lambda tile: tile._is_allowed()).sudo(False)

    def _is_allowed(self):
        return not self.group_ids or bool(self.group_ids & self.env.user.all_group_ids)

    @api.model
    def _get_visible_tiles(self, dashboard, saved):
        """Return the tiles a user has not hidden, in the user's own order."""
        hidden = saved.get("hidden", [])
        order = saved.get("order", [])
        tiles = self._get_allowed_tiles(dashboard).filtered(
            lambda tile: tile.code not in hidden
        )
        places = {code: place for place, code in enumerate(order)}
        return tiles.sorted(lambda tile: places.get(tile.code, len(places)))

    @api.model
    def _get_tile(self, code):
        tile = self.browse().sudo()
        if isinstance(code, str):
            tile = tile.search([("code", "=", code)])
        if not tile or not tile._is_allowed():
            raise AccessError(self.env._("You have no access to this tile."))
        return tile.sudo(False)

    @api.model
    def _check_dashboard(self, dashboard):
        known = dict(self._fields["dashboard"].selection)
        if not isinstance(dashboard, str) or dashboard not in known:
            raise ValidationError(self.env._("There is no such dashboard."))

    @api.model
    def _check_codes(self, codes):
        if codes is None or codes is False:
            return None
        if (
            not isinstance(codes, list)
            or len(codes) > MAX_CODES
            or not all(isinstance(code, str) for code in codes)
        ):
            raise ValidationError(self.env._("The list of tiles is not readable."))
        return codes

    # ------------------------------------------------------------------
    # Scope
    # ------------------------------------------------------------------

    @api.model
    def _parse_scope(self, values):
        scope = parse_scope(self.env, values, self._sees_all())
        if scope.customer_id:
            customer = self.env["res.partner"].browse(scope.customer_id).exists()
            if not customer:
                raise ValidationError(self.env._("There is no such customer."))
            entity = customer.sudo().commercial_partner_id.sudo(False)
            if not (customer | entity).has_access("read"):
                raise AccessError(
                    self.env._(
                        "You have no access to this customer. It may belong to "
                        "another company."
                    )
                )
            customer = entity
            scope = replace(
                scope,
                customer_id=customer.id,
                all_sales=scope.all_sales and self._sees_all_sales(),
            )
        return scope

    @api.model
    def _sees_all_sales(self):
        """Whether a customer's sales in other companies are for this user."""
        return False

    @api.model
    def _with_scope(self, scope):
        """Return the model in the companies that ``scope`` is about."""
        return self

    @api.model
    def _get_saved_scope(self, saved):
        """Return the scope a user saved, without what is not there any more."""
        scope = dict(saved.get("scope", {}))
        manager = scope.get("account_manager")
        if (
            isinstance(manager, int)
            and not self.env["res.users"].browse(manager).exists()
        ):
            scope.pop("account_manager")
        return scope

    @api.model
    def _get_scope_choices(self, scope):
        own = [{"value": "me", "label": self.env._("My customers")}]
        if not self._sees_all():
            return own
        managers = self._get_account_managers()
        if isinstance(scope.account_manager, int):
            managers |= self.env["res.users"].browse(scope.account_manager).exists()
        return (
            own
            + [
                {"value": "team", "label": self.env._("My team")},
                {"value": "all", "label": self.env._("Everyone")},
                {"value": "none", "label": self.env._("Unassigned")},
            ]
            + [
                {"value": manager.id, "label": manager.sudo().name}
                for manager in managers.sorted(lambda user: user.sudo().name)
            ]
        )

    @api.model
    def _get_account_managers(self):
        """Return the users who are account manager of a customer with figures."""
        groups = self.env["crm.customer.metric"]._read_group(
            [("company_id", "=", self.env.company.id), ("user_id", "!=", False)],
            ["user_id"],
        )
        return self.env["res.users"].union(*(user for (user,) in groups))

    @api.model
    def _get_default_manager(self):
        return get_default_manager(self.env, self._sees_all())

    # ------------------------------------------------------------------
    # Header
    # ------------------------------------------------------------------

    @api.model
    def _get_refresh(self):
        return (
            self.env["crm.metric.refresh"]
            .sudo()
            .search([("company_id", "=", self.env.company.id)])
        )

    @api.model
    def _get_as_of(self):
        """Say of when the stored figures are, naming their zone if it is another."""
        as_of = self._get_refresh().as_of
        zone = self.env.company.sudo().crm_figures_tz or "UTC"
        viewer_zone = get_viewer_zone(self.env).zone
        if not as_of:
            label = self.env._("Segments not computed yet")
            return {"date": False, "label": label, "zone": False}
        moment = format_datetime(
            self.env, as_of, tz=zone, dt_format="d MMM yyyy, HH:mm"
        )
        return {
            "date": fields.Datetime.to_string(as_of),
            "label": self.env._("Segments as of %(moment)s", moment=moment),
            "zone": False if zone == viewer_zone else zone,
        }

    @api.model
    def _get_invitation(self):
        """Invite to the next step in a database without orders, instead of zeros."""
        order = self.env["sale.order"]
        if (
            self._get_refresh().customer_count
            or not order.has_access("read")
            or order.search_count(
                order._get_confirmed_domain(self.env.company), limit=1
            )
        ):
            return False
        invitation = {
            "title": self.env._("Your customers will show up here"),
            "message": self.env._(
                "Confirm a first quotation: orders, segments and trends of your "
                "customers follow from your orders."
            ),
            "action_label": False,
            "action": False,
        }
        if order.has_access("create"):
            invitation.update(
                action_label=self.env._("New quotation"),
                action=self.env["ir.actions.act_window"]._for_xml_id(
                    "sale.action_quotations_with_onboarding"
                ),
            )
        return invitation

    # ------------------------------------------------------------------
    # One tile
    # ------------------------------------------------------------------

    def _get_result(self, scope):
        """Return one tile, None where the user may not see it.

        A failing tile does not touch the others. What Odoo must retry as a whole
        (serialization, a write on a read-only replica) goes up.
        """
        self.ensure_one()
        result = {
            "title": self.sudo().name,
            "state": "ready",
            "message": False,
            "blocks": [],
            "tabs": [],
        }
        try:
            with self.env.cr.savepoint():
                method = getattr(self, f"_tile_{self.sudo().code}")
                result.update(method(scope))
        except (psycopg2.OperationalError, ReadOnlySqlTransaction):
            raise
        except AccessError:
            return None
        except Exception:
            _logger.exception("Tile %s failed", self.sudo().code)
            result.update(
                state="failed",
                message=self.env._("This tile could not be computed."),
                blocks=[],
                tabs=[],
            )
        return result

    @api.model
    def _ready(self, *blocks, tabs=()):
        """Return the content of a tile that has something to show."""
        return {"state": "ready", "blocks": list(blocks), "tabs": list(tabs)}

    @api.model
    def _empty(self, message, *blocks, tabs=()):
        """Return the content of a tile that says why it has nothing to show."""
        return {
            "state": "empty",
            "message": message,
            "blocks": list(blocks),
            "tabs": list(tabs),
        }

    def _has_report(self):
        return bool(self.sudo().action_id) or hasattr(self, f"_open_{self.sudo().code}")

    @api.model
    def _get_report_action(self, action, domain=Domain.TRUE, **context):
        """Return ``action`` (record or XML id) with a fixed domain and facets.

        :param domain: only company or customer; what a user may take away is a
            ``search_default_*`` of ``context``, which replace those of ``action``
        """
        xmlid = (
            action
            if isinstance(action, str)
            else action.sudo().get_external_id()[action.id]
        )
        values = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        values["domain"] = list(domain)
        own = safe_eval(values["context"], {"uid": self.env.uid})
        kept = {
            key: value
            for key, value in own.items()
            if not key.startswith("search_default_")
        }
        values["context"] = {**kept, **context}
        return values

    @api.model
    def _get_manager_facets(self, scope, manager_field="account_manager_id"):
        """Return the facets of a report that keep the customers of ``scope``.

        :param manager_field: name of the report's field with the account manager
        """
        manager = scope.account_manager
        if scope.customer_id:
            return {}
        if isinstance(manager, int):
            return {f"search_default_{manager_field}": manager}
        names = {
            "me": "my_customers",
            "team": "my_team_customers",
            "none": "unassigned_customers",
        }
        if manager in names:
            return {f"search_default_{names[manager]}": 1}
        return {}

    @api.model
    def _check_drill(self, drill, **allowed):
        """Check what a click sent back against what the tile declared.

        :param allowed: {key: callable that says whether a value is one of its own}
        :return: (key, value); (None, None) for See More
        :raise ValidationError: unknown key or value
        """
        if not drill:
            return None, None
        key, value = drill.get("key"), drill.get("value")
        declared = (
            set(drill) == {"key", "value"}
            and isinstance(key, str)
            and key in allowed
            and allowed[key](value)
        )
        if not declared:
            raise ValidationError(self.env._("This part of the tile cannot be opened."))
        return key, value
