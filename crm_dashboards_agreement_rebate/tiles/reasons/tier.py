# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.crm_dashboards.analytics.who_next import TIER
from odoo.addons.crm_dashboards.models.since_night_sql import Reading
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
        """Return the tiers that are within reach: Python tells what a section takes."""
        tiers = Reading.remember(self.env, find_tiers)
        if not tiers:
            return None
        customers, stakes, ends, facts = zip(*tiers, strict=True)
        return SQL(
            """
            SELECT partner_id, stake, NULL::timestamp, NULL::date, ends, facts::jsonb
              FROM UNNEST(%s::int4[], %s::numeric[], %s::date[], %s::text[])
                   tier (partner_id, stake, ends, facts)
            """,
            list(customers),
            list(stakes),
            list(ends),
            list(map(json.dumps, facts)),
        )

    def _get_stake_share(self):
        return 1.0

    def _find_tiers(self, today):
        """Return the tier of each customer with most at stake, see :func:`find_tiers`.

        :param today: date in the company's zone of figures
        """
        agreements = self._find_agreements(today)
        if not agreements:
            return []
        tiers = []
        query = self._get_invoiced_query(agreements, today)
        for customer, year_sales, invoiced in self.env.execute_query(query):
            known = [
                self._make_tier(agreement_id, amount, year_sales, today)
                for agreement_id, amount in invoiced
            ]
            if known := [tier for tier in known if tier]:
                tiers.append((customer, *max(known, key=lambda tier: tier[0])))
        return tiers

    def _get_invoiced_query(self, agreements, today):
        """Return the query of what counts for the agreements of each customer.

        :return: SQL with columns partner_id, year_sales and [[agreement id, amount]]
        """
        wizard = self.env["agreement.settlement.create.wiz"]
        return SQL(
            """
            SELECT customer.partner_id, customer.year_sales,
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

    def _make_tier(self, agreement_id, amount, year_sales, today):
        """Return (stake, last day or None, facts) of an agreement within reach."""
        agreement = self.env["agreement"].browse(agreement_id)
        missing, percent = agreement._get_missing_of_next(
            amount or 0.0, self.env.company.currency_id
        )
        end = agreement.end_date or None
        usual = get_usual_sales(float(year_sales or 0), today, end)
        stake = get_tier_stake(missing, usual)
        return stake and (stake, end, {"value": missing, "percent": percent})

    def _describe(self, facts, currency):
        return self.env._(
            "%(amount)s to the %(percent)s bonus",
            amount=format_least_amount(facts["value"], currency),
            percent=format_percentage(self.env, facts["percent"]),
        )


def find_tiers(env):
    """Return the tiers within reach that the user may know of.

    :return: list of (customer id, stake, last day or None, facts)
    """
    reason = env["crm.reason.tier"]
    return reason._find_tiers(reason._get_today())
