# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from .figure_selections import READER_GROUPS

ALL_READER_GROUPS = READER_GROUPS.replace(
    "group_sale_salesman", "group_sale_salesman_all_leads"
)
MANUFACTURER = "crm_dashboards.group_manufacturer"
EXCEL_NEEDS_RIGHT = "crm_dashboards.excel_needs_right"
EXPORT = "base.group_allow_export"
ENOUGH_CUSTOMERS = 10  # of one's own, to begin with them


class ResUsers(models.Model):
    _name = "res.users"
    _inherit = ["res.users", "crm.referred.mixin"]

    crm_is_my_team_member = fields.Boolean(
        string="In My Sales Teams",
        compute="_compute_crm_is_my_team_member",
        search="_search_crm_is_my_team_member",
        help="Member or leader of a sales team that the current user leads "
        "or belongs to.",
    )

    crm_opens_dashboard = fields.Boolean(
        string="Start on the Dashboard",
        compute="_compute_crm_opens_dashboard",
        inverse="_inverse_crm_opens_dashboard",
        help="Open the Account Manager Dashboard after the login.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return super().SELF_READABLE_FIELDS + ["crm_opens_dashboard"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return super().SELF_WRITEABLE_FIELDS + ["crm_opens_dashboard"]

    @api.depends("action_id")
    def _compute_crm_opens_dashboard(self):
        dashboard = self._get_crm_home()
        for user in self:
            user.crm_opens_dashboard = user.sudo().action_id.id == dashboard.id

    def _inverse_crm_opens_dashboard(self):
        """Set Odoo's home action; another one that was chosen stays."""
        dashboard = self._get_crm_home()
        for user in self.sudo():
            if user.crm_opens_dashboard:
                user.action_id = dashboard.id
            elif user.action_id.id == dashboard.id:
                user.action_id = False

    def _get_crm_home(self):
        return self.env.ref(
            "crm_dashboards.crm_dashboard_action_account_manager"
        ).sudo()

    @api.depends_context("uid")
    def _compute_crm_is_my_team_member(self):
        colleagues = self._get_my_team_members()
        for user in self:
            user.crm_is_my_team_member = user in colleagues

    def _search_crm_is_my_team_member(self, operator, value):
        if operator != "in" or list(value) != [True]:
            return NotImplemented
        return Domain("id", "in", self._get_my_team_members().ids)

    def _get_my_team_members(self):
        """Return the users of the teams that the current user leads or belongs to.

        :return: res.users, the current user always among them
        """
        teams = (
            self.env["crm.team"]
            .sudo()
            .search(
                Domain("user_id", "=", self.env.uid)
                | Domain("member_ids", "in", self.env.uid)
            )
        )
        members = teams.member_ids | teams.user_id
        return (members | self.env.user).sudo(False)

    # ------------------------------------------------------------------
    # Who may see what of the dashboards
    # ------------------------------------------------------------------

    def _check_crm_dashboard_access(self):
        """Let salespeople, invoicing and accounting readers in, nobody else.

        :raise AccessError: none of these
        """
        if not self._is_in_any(READER_GROUPS):
            raise AccessError(
                self.env._(
                    "Dashboards are for salespeople, invoicing and accounting readers. "
                    "Please ask your administrator for access."
                )
            )

    def _sees_all_crm_figures(self):
        """Whether the user may look at other account managers' customers."""
        return self._is_in_any(ALL_READER_GROUPS)

    def _is_in_any(self, groups):
        return any(self.has_group(group) for group in groups.split(","))

    def _get_crm_first_scope(self):
        """Return the scope to begin with: one's own customers, where these are some."""
        if not self._sees_all_crm_figures():
            return "me"
        return "me" if self._count_crm_customers() >= ENOUGH_CUSTOMERS else "all"

    def _count_crm_customers(self):
        """Count the customers of the company whose account manager this user is.

        Those with figures; before there are any, those who ordered. A contact that
        never bought is none. Counts no further than to ENOUGH_CUSTOMERS.
        """
        company = self.sudo(False).env.company  # as the user: it must be his
        metric = self.env["crm.customer.metric"].sudo()
        own = Domain("company_id", "=", company.id) & Domain("user_id", "=", self.id)
        counted = metric.search_count(own, limit=ENOUGH_CUSTOMERS)
        if counted or self.env["crm.metric.refresh"]._get_last(company).as_of:
            return counted
        order = self.env["sale.order"].sudo()
        ordered = order._get_confirmed_domain(company) & Domain(
            "crm_account_manager_id", "=", self.id
        )
        return len(order._read_group(ordered, ["partner_id"], limit=ENOUGH_CUSTOMERS))

    def _reads_all_crm_orders(self):
        """Whether no record rule keeps orders of the company from this user."""
        # invoicing and accounting read every order, too
        return not self.has_group("sales_team.group_sale_salesman") or self.has_group(
            "sales_team.group_sale_salesman_all_leads"
        )

    def _sees_crm_all_sales(self):
        """Whether a customer's sales in other companies are for this user."""
        return self.has_group(MANUFACTURER) and len(self._get_crm_own_companies()) > 1

    def _get_crm_own_companies(self):
        """Return the companies the user may access, the current one first."""
        return self.env.company | self.company_ids

    def _may_export_crm_workbooks(self):
        """Whether this user gets Excel, as the setting has it."""
        needs_right = (
            self.env["ir.config_parameter"].sudo().get_param(EXCEL_NEEDS_RIGHT)
        )
        return not needs_right or self.has_group(EXPORT)

    def _check_crm_workbook_access(self):
        """Let those in who may see dashboards and take figures away.

        :raise AccessError: one of both is not for this user
        """
        self._check_crm_dashboard_access()
        if not self._may_export_crm_workbooks():
            raise AccessError(
                self.env._(
                    "Excel is for those who may export data. Please ask your "
                    "administrator for access."
                )
            )
