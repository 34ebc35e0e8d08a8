# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ..nightly.periods import get_figures_zone, get_viewer_zone
from ..tiles.period import get_period_choices
from ..tiles.tile import GUIDE_URL
from .date_words import format_moment, format_recent_moment
from .plain import is_text

# The one that a user may start on, see crm_opens_dashboard.
START = "crm_dashboards.crm_dashboard_account_manager"


class CrmDashboard(models.Model):
    """A dashboard: a name, for whom it is, and the tiles that stand on it.

    An addon adds one by a record, an action of the client's tag
    ``crm_dashboards.dashboard`` with the code as parameter, and tiles.
    """

    _name = "crm.dashboard"
    _inherit = ["crm.kept.fields.mixin"]
    _description = "Dashboard"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, readonly=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, help="Nobody sees an archived dashboard.")
    is_of_customer = fields.Boolean(
        "About One Customer",
        readonly=True,
        help="Opened for a customer instead of an account manager's customers.",
    )
    is_of_company = fields.Boolean(
        "About the Company",
        readonly=True,
        help="About all of the company instead of an account manager's customers.",
    )
    group_ids = fields.Many2many(
        "res.groups",
        string="Groups",
        help="Only members of one of these groups see it; everyone if empty.",
    )
    tile_ids = fields.One2many("crm.dashboard.tile", "dashboard_id", "Tiles")

    _code_uniq = models.UniqueIndex("(code)", "Each dashboard has a code of its own.")

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    @tools.ormcache()
    def _get_facts(self):
        """Return {code: (id, ids of its groups)} of the active dashboards."""
        return {
            found.code: (found.id, tuple(found.group_ids.ids))
            for found in self.sudo().search([("active", "=", True)])
        }

    def _find(self, code):
        """Return the dashboard with a code, as superuser: who calls may see it.

        :param code: as it comes from the browser
        :raise ValidationError: no such dashboard, or not for this user
        """
        found = self._get_allowed_id(code)
        if not found:
            raise ValidationError(self.env._("There is no such dashboard."))
        return self.sudo().browse(found)

    def _get_allowed_id(self, code):
        """Return the id of the dashboard with a code, False if not for this user.

        :param code: as it comes from the browser
        """
        facts = self._get_facts()
        found, groups = facts.get(code, (False, ())) if is_text(code) else (False, ())
        is_member = not groups or set(groups) & {*self.env.user.all_group_ids.ids}
        return found if is_member else False

    def _get_preference(self):
        """Return what the current user saved for this dashboard, empty if nothing."""
        preference = self.env["crm.dashboard.tile.preference"]
        return preference._get_settings(self.code)

    # ------------------------------------------------------------------
    # Tiles
    # ------------------------------------------------------------------

    def _get_allowed_tiles(self):
        """Return the tiles that the user may see, of addons that are installed."""
        tiles = self.env["crm.dashboard.tile"]
        tiles = tiles.search_fetch(
            tiles._get_allowed_domain() & Domain("dashboard_id", "=", self.id),
            ["code", "name", "size"],
        )
        return tiles.filtered(lambda tile: tile._is_installed())

    def _get_visible_tiles(self):
        return self._arrange_tiles(self._get_allowed_tiles(), self._get_preference())

    def _arrange_tiles(self, tiles, saved):
        """Return the tiles a user has not hidden, in the user's own order.

        :param dict saved: the user's preference
        """
        hidden = saved.get("hidden", [])
        places = {code: place for place, code in enumerate(saved.get("order", []))}
        visible = tiles.filtered(lambda tile: tile.code not in hidden)
        return visible.sorted(lambda tile: places.get(tile.code, len(places)))

    # ------------------------------------------------------------------
    # What stands above them
    # ------------------------------------------------------------------

    def _get_header(self, scope, saved):
        """Return header and layout, without any figure.

        :param Scope scope:
        :param dict saved: the user's preference
        """
        company = scope.env.company
        of_managers = not (self.is_of_customer or self.is_of_company)
        others = scope.env.companies - company
        tiles = self._get_allowed_tiles()
        visible = self._arrange_tiles(tiles, saved)
        return {
            "company": {
                "id": company.id,
                "name": company.display_name,
                "currency_id": company.currency_id.id,
            },
            "companies": [] if self.is_of_company else others.mapped("display_name"),
            "scope": scope.to_wire(),
            "scopes": self._get_scope_choices(scope) if of_managers else [],
            "periods": self._get_periods(scope, visible) if of_managers else [],
            "as_of": self._get_as_of(scope),
            "empty": of_managers and self._get_invitation(scope),
            "notice": of_managers and self._get_notice(scope),
            "reading": self._get_reading_notice(scope),
            "setup": of_managers and scope.env["crm.dashboard.setup"]._get_panel(),
            "offers_start": self._offers_start(scope.env.user, saved),
            "can_export": scope.env.user._may_export_crm_workbooks(),
            "documentation_url": GUIDE_URL,
            "tiles": [tile._get_layout() for tile in visible],
            "hidden_tiles": [
                {"code": tile.code, "name": tile.name} for tile in tiles - visible
            ],
        }

    def _offers_start(self, user, saved):
        """Whether to ask the user to start here: once, and if no other start is chosen.

        :param dict saved: the user's preference
        """
        data = self.env["ir.model.data"]
        return (
            self.id == data._xmlid_to_res_id(START)
            and not saved.get("start_answered")
            and not user.sudo().action_id
        )

    def _get_periods(self, scope, tiles):
        """Return the periods to choose from; none where no tile follows them."""
        if not any(tile._get_layout()["follows_period"] for tile in tiles):
            return []
        return get_period_choices(scope.env, scope.today)

    def _get_scope_choices(self, scope):
        """Return whose customers the user may look at."""
        env = scope.env
        own = [{"value": "me", "label": env._("My customers")}]
        if not env.user._sees_all_crm_figures():
            return own
        managers = self._get_account_managers(env)
        if isinstance(scope.account_manager, int):
            managers |= env["res.users"].browse(scope.account_manager)
        return (
            own
            + [
                {"value": "team", "label": env._("My team")},
                {"value": "all", "label": env._("Everyone")},
                {"value": "none", "label": env._("Unassigned")},
            ]
            + [
                {"value": manager.id, "label": manager.sudo().name}
                for manager in managers.sorted(lambda user: user.sudo().name)
            ]
        )

    def _get_account_managers(self, env):
        """Return the users who are account manager of a customer with figures.

        From one account manager to the next in the index, not through all customers,
        and for each to the first such customer: EXISTS would be joined with all.

        :param env: of who looks
        """
        metric = env["crm.customer.metric"]
        theirs = metric._search(Domain("company_id", "=", env.company.id))
        theirs.add_where(
            SQL("%s = customer.id", SQL.identifier(theirs.table, "partner_id"))
        )
        query = SQL(
            """
            WITH RECURSIVE manager AS (
                SELECT (SELECT MIN(user_id) FROM res_partner) AS id
                 UNION ALL
                SELECT (SELECT MIN(user_id) FROM res_partner WHERE user_id > manager.id)
                  FROM manager
                 WHERE manager.id IS NOT NULL)
            SELECT manager.id
              FROM manager
              JOIN res_users ON res_users.id = manager.id AND res_users.active
             WHERE (SELECT customer.id
                      FROM res_partner customer
                     WHERE customer.user_id = manager.id
                       AND EXISTS (%s)
                     LIMIT 1) IS NOT NULL
            """,
            theirs.select(SQL("1")),
            to_flush=[
                env["res.partner"]._fields["user_id"],
                env["res.users"]._fields["active"],
            ],
        )
        return env["res.users"].browse(row[0] for row in env.execute_query(query))

    def _get_as_of(self, scope):
        """Say of when the stored figures are, naming their zone if it is another.

        :return: ``{date, label, short, zone}``; ``short`` is what there is room for
        """
        env, as_of = scope.env, scope.refresh.as_of
        if as_of and scope.customer_id and scope.metric.refreshed_at:
            as_of = max(as_of, scope.metric.refreshed_at)
        zone = get_figures_zone(env.company).name
        if not as_of or env.company._awaits_crm_figures():
            label = env._("Segments not computed yet")
            return {"date": False, "label": label, "short": label, "zone": False}
        moment = format_moment(env, as_of, zone)
        recent = format_recent_moment(env, as_of, zone)
        return {
            "date": fields.Datetime.to_string(as_of),
            "label": env._("Segments as of %(moment)s", moment=moment),
            "short": env._("As of %(moment)s", moment=recent),
            "zone": False if zone == get_viewer_zone(env).name else zone,
        }

    def _get_notice(self, scope):
        """Say how many account managers wait for confirmation, False if none."""
        env = scope.env
        partner = env["res.partner"]
        domain = partner._crm_get_waiting_domain()
        if partner._crm_appoints():
            count = partner.search_count(domain)
            one = env._(
                "The account manager of 1 customer waits for your confirmation. Filter "
                "Contacts by “Account Manager to Confirm”."
            )
            many = env._(
                "The account managers of %(count)s customers wait for your "
                "confirmation. Filter Contacts by “Account Manager to Confirm”.",
                count=count,
            )
        else:
            mine = Domain("user_id", "=", env.uid)
            sees_all = env.user._sees_all_crm_figures()
            count = not sees_all and partner.search_count(domain & mine)
            one = env._(
                "Your appointment as account manager of 1 customer waits for "
                "confirmation: its figures follow then."
            )
            many = env._(
                "Your appointment as account manager of %(count)s customers waits for "
                "confirmation: their figures follow then.",
                count=count,
            )
        if not count:
            return False
        return one if count == 1 else many

    def _get_reading_notice(self, scope):
        """Say once that others see more, False where nobody does.

        Which tile is of what, the tiles' own blocks say.
        """
        env = scope.env
        if self.is_of_company or env.user._reads_all_crm_orders():
            return False
        if self.is_of_customer:
            return env._("Of the documents that you may read.")
        return env._("Your own customers, and the documents that you may read.")

    def _get_invitation(self, scope):
        """Invite to the next step in a database without orders, instead of zeros."""
        env = scope.env
        order = env["sale.order"]
        confirmed = order._get_confirmed_domain(env.company)
        if (
            scope.refresh.customer_count
            or not order.has_access("read")
            or order.sudo().search_count(confirmed, limit=1)
        ):
            return False
        invitation = {
            "title": env._("Your customers will show up here"),
            "message": env._(
                "Confirm a first quotation: orders, segments and trends of your "
                "customers follow from your orders."
            ),
            "action_label": False,
            "action": False,
        }
        if order.has_access("create"):
            invitation.update(
                action_label=env._("New quotation"),
                action={
                    "type": "ir.actions.act_window",
                    "name": env._("New quotation"),
                    "res_model": "sale.order",
                    "views": [(False, "form")],
                },
            )
        return invitation
