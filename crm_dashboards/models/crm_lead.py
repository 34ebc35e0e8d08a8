from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.sql import column_exists, create_column

from .crm_stage import OUTCOMES
from .sql_field_mixin import sql_field


class CrmLead(models.Model):
    _name = "crm.lead"
    _inherit = ["crm.lead", "crm.sql.field.mixin"]

    outcome = fields.Selection(
        OUTCOMES,
        compute="_compute_outcome",
        store=True,
        help="How the opportunity ended; empty while it is open.",
    )
    date_outcome = fields.Datetime(
        "Outcome Date", compute="_compute_date_outcome", store=True
    )
    account_manager_id = sql_field(
        "account_manager_id",
        fields.Many2one,
        comodel_name="res.users",
        string="Account Manager",
        depends=("partner_id.commercial_partner_id.user_id", "user_id"),
        help="Salesperson of the customer; without customer, the opportunity's own.",
    )
    close_rate = sql_field(
        "close_rate",
        fields.Float,
        string="Close Rate",
        depends=("outcome",),
        aggregator="avg",
        exportable=False,
        help="Share of the positive among the positive and negative ones.",
    )

    # With 100 000 leads, a month of closed ones is found in 2 ms instead of 100.
    _crm_outcome_idx = models.Index("(date_outcome) WHERE outcome IS NOT NULL")

    # ------------------------------------------------------------------
    # How and when it ended
    # ------------------------------------------------------------------

    @api.depends("won_status", "lost_reason_id.outcome", "stage_id.outcome")
    def _compute_outcome(self):
        for lead in self:
            if lead.won_status == "lost":
                lead.outcome = lead.lost_reason_id.outcome or "negative"
            elif lead.won_status == "won":
                lead.outcome = lead.stage_id.outcome or "positive"
            else:
                # Only stages that end an opportunity have one.
                lead.outcome = lead.stage_id.outcome

    @api.depends("outcome", "won_status", "date_closed", "date_last_stage_update")
    def _compute_date_outcome(self):
        for lead in self:
            if not lead.outcome:
                lead.date_outcome = False
                continue
            is_ending = lead.won_status == "pending"
            reached = lead.date_last_stage_update if is_ending else lead.date_closed
            lead.date_outcome = reached or lead.date_outcome or self.env.cr.now()

    def _auto_init(self):
        # Filled beforehand, the columns are not computed lead by lead on installing.
        missing = not column_exists(self.env.cr, self._table, "outcome")
        if missing:
            create_column(self.env.cr, self._table, "outcome", "varchar")
            create_column(self.env.cr, self._table, "date_outcome", "timestamp")
            self._init_outcomes()
        return super()._auto_init()

    def _init_outcomes(self):
        """Say how and when leads ended, before any stage or reason has an outcome."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE crm_lead
                   SET outcome = CASE won_status
                                 WHEN 'won' THEN 'positive' ELSE 'negative' END,
                       date_outcome = COALESCE(date_closed, create_date)
                 WHERE won_status IN ('won', 'lost')
                """
            )
        )

    # ------------------------------------------------------------------
    # Whose it is
    # ------------------------------------------------------------------

    def _get_account_manager_id_sql(self, alias, query):
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
            self._field_to_sql(alias, "user_id", query),
            customer._field_to_sql(customer_alias, "user_id", query),
        )

    def _get_close_rate_sql(self, alias, query):
        """Return the SQL of 1 for a positive outcome, 0 for a negative one."""
        return SQL(
            "CASE %s WHEN 'positive' THEN 1.0 WHEN 'negative' THEN 0.0 END",
            self._field_to_sql(alias, "outcome", query),
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
