import logging

import psycopg2
from psycopg2.errors import ReadOnlySqlTransaction

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from .dashboard_scope import check_payload, parse_scope

_logger = logging.getLogger(__name__)

SIZES = [
    ("3", "Quarter"),
    ("4", "Third"),
    ("6", "Half"),
    ("8", "Two thirds"),
    ("12", "Full"),
]
DOCUMENTATION_URL = "/crm_dashboards/static/guide/index.html"


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
        :raise ValidationError: the scope is not readable, or lacks the customer
        """
        self._check_dashboard_access()
        self._check_dashboard(dashboard)
        codes = self._check_codes(codes)
        scope = self._parse_dashboard_scope(dashboard, scope)
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
        tile = self._get_tile(code)
        scope = self._parse_dashboard_scope(tile.sudo().dashboard, scope)
        tile = tile._with_scope(scope)
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
