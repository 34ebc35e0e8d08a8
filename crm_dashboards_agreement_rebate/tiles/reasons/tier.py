# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.crm_dashboards.analytics.who_next import TIER
from odoo.addons.crm_dashboards.tiles.words import (
    format_least_amount,
    format_percentage,
)

from ...analytics.tier import get_tier_stake, get_usual_sales


class CrmReasonTier(models.AbstractModel):
    """Little is short of the next section of an agreement, as its tile says.

    At stake is what is short, at most the usual sales until the agreement ends.
    """

    _name = "crm.reason.tier"
    _inherit = "crm.reason"
    _description = "Reason: Bonus Within Reach"

    _part = TIER
    _level = "info"
    _reads = ("agreement", "crm.customer.metric")

    def _get_query(self):
        today = self._get_today()
        agreements = self._find_agreements(today)
        if not agreements:
            return None
        wizard = self.env["agreement.settlement.create.wiz"]
        return SQL(
            """
            SELECT customer.partner_id, customer.year_sales, NULL::timestamp,
                   NULL::date, NULL::date,
                   JSONB_AGG(JSONB_BUILD_ARRAY(invoiced.agreement_id, invoiced.amount))
              FROM (%(invoiced)s) invoiced (agreement_id, amount)
              JOIN agreement ON agreement.id = invoiced.agreement_id
              JOIN res_partner contact ON contact.id = agreement.partner_id
              JOIN (%(customers)s) customer (partner_id, year_sales)
                ON customer.partner_id = contact.commercial_partner_id
             GROUP BY customer.partner_id, customer.year_sales
            """,
            invoiced=wizard._get_invoiced_query(agreements, self.env.company, today),
            customers=self._select_metrics(
                Domain.TRUE, "partner_id", "trend_this_year"
            ),
        )

    def _find_agreements(self, today):
        """Return the agreements of the company that have a section to reach."""
        agreement = self.env["agreement"]
        agreements = agreement.search(
            Domain("company_id", "in", [self.env.company.id, False])
            & Domain("start_date", "!=", False)
            & Domain("rebate_section_ids", "!=", False)
            & agreement._get_running_domain(today)
        )
        agreements = agreements.filtered(
            lambda each: (
                each._has_rebate() and each._has_sections() and each._may_know_bonus()
            )
        )
        # of all at once, where each would fetch its own
        agreements.rebate_section_ids.fetch(
            ["amount_from", "amount_to", "rebate_discount"]
        )
        return agreements

    def _make_reason(self, customer_id, value, since, ends, facts):
        """Return the reason of the agreement with most at stake."""
        today = self._get_today()
        tiers = []
        for agreement_id, amount in facts:
            agreement = self.env["agreement"].browse(agreement_id)
            missing, percent = agreement._get_missing_of_next(
                amount or 0.0, self.env.company.currency_id
            )
            end = agreement.end_date or None
            usual = get_usual_sales(float(value or 0), today, end)
            stake = get_tier_stake(missing, usual)
            if stake:
                tiers.append((stake, end, {"value": missing, "percent": percent}))
        if not tiers:
            return self._make(customer_id, is_shown=False)
        stake, end, facts = max(tiers, key=lambda tier: tier[0])
        return self._make(customer_id, stake=stake, ends=end, facts=facts)

    def _describe(self, facts, currency):
        return self.env._(
            "%(amount)s to the %(percent)s bonus",
            amount=format_least_amount(facts["value"], currency),
            percent=format_percentage(self.env, facts["percent"]),
        )
