from odoo import api, models
from odoo.fields import Domain

from ..models.crm_due_line import DUE_SOON_DAYS
from .report_definition import Column, ReportDefinition

TOTAL_AND_AVERAGE = ("sum", "avg")
JOURNAL_READERS = ("account.group_account_invoice", "account.group_account_readonly")


class CrmDashboardTile(models.Model):
    _inherit = "crm.dashboard.tile"

    @api.model
    def _get_report_definition(self, code):
        if code == "due_amounts":
            return self._make_due_definition()
        return super()._get_report_definition(code)

    @api.model
    def _make_due_definition(self):
        """Return the definition of the report of open receivables, line by line."""
        note = self.env._("All customers of the company")
        if not self._sees_all():
            note = self.env._("Your own customers")
        return ReportDefinition(
            title=self.env._("Due Amounts"),
            model="crm.due.line",
            columns=(
                Column("partner_id", width=34),
                Column("move_name", width=20),
                Column("date"),
                Column("date_due"),
                Column("days_overdue", type="overdue", width=12),
                Column("age", width=22),
                Column("user_id", width=22),
                Column("currency_id", self.env._("Own Currency"), width=10),
                Column("amount_residual_currency", width=16),
                Column("amount_residual", width=18, aggregates=TOTAL_AND_AVERAGE),
            ),
            fixed_domain=Domain("company_id", "=", self.env.company.id),
            order="date_due, id",
            group_by="age",
            measure="amount_residual",
            link_field=self._get_due_link_field(),
            reading_note=note,
            terms=(self._get_scope_term(), *self._get_due_terms()),
        )

    @api.model
    def _get_due_link_field(self):
        """Link to invoices and payments only for those who may open all of them."""
        if any(self.env.user.has_group(group) for group in JOURNAL_READERS):
            return "move_id"
        return "partner_id"

    @api.model
    def _get_dashboard_terms(self, dashboard):
        terms = super()._get_dashboard_terms(dashboard)
        if dashboard == "customer":
            terms += self._get_due_terms()
        return terms

    @api.model
    def _get_due_terms(self):
        company = self.env.company.sudo()
        return [
            (
                self.env._("Due amount"),
                self.env._(
                    "What is left to pay of posted receivables in %(currency)s, less "
                    "credits: the customer's balance in the partner ledger.",
                    currency=company.currency_id.name,
                ),
            ),
            (
                self.env._("Overdue"),
                self.env._(
                    "Charges whose due date is past, in the zone %(zone)s. Due soon "
                    "are those of today and the next %(days)s days. Ages are days "
                    "since the due date. Shares are of all charges, before credits.",
                    zone=company.crm_figures_tz or "UTC",
                    days=DUE_SOON_DAYS,
                ),
            ),
            (
                self.env._("Unallocated credits"),
                self.env._("Payments and credit notes not yet set against an invoice."),
            ),
        ]
