from odoo import api, models

from ..analytics.rfm import SEGMENTS
from ..tiles import blocks


class CrmDashboardTile(models.Model):
    _inherit = "crm.dashboard.tile"

    @api.model
    def _get_dashboard_terms(self, dashboard):
        """Return the terms of a dashboard's workbook; addons add those of their tiles.

        :return: list of (term, meaning) or (term, meaning, segment)
        """
        terms = self._get_order_terms() + self._get_rfm_terms()
        if dashboard == "account_manager":
            terms.insert(0, self._get_scope_term())
        return terms

    @api.model
    def _get_scope_term(self):
        return (
            self.env._("Account manager"),
            self.env._(
                "The salesperson of the customer, whoever took the order. Customers "
                "without one are unassigned."
            ),
        )

    @api.model
    def _get_order_terms(self):
        """Return what is said of live figures of orders."""
        currency = self.env.company.currency_id
        return [
            (
                self.env._("Customer"),
                self.env._(
                    "A company or person with all its contacts and addresses, taken as "
                    "one."
                ),
            ),
            (
                self.env._("Order"),
                self.env._(
                    "A confirmed sales order, on its order date. Down payments count."
                ),
            ),
            (
                self.env._("Base net value"),
                self.env._(
                    "Value of an order without tax in %(currency)s, at the order's own "
                    "rate and rounded to %(decimals)s decimals.",
                    currency=currency.name,
                    decimals=currency.decimal_places,
                ),
            ),
            (
                self.env._("Live figures"),
                self.env._(
                    "Made at the moment on top of the sheet from the orders you may "
                    "read; days and months follow your time zone."
                ),
            ),
        ]

    @api.model
    def _get_rfm_terms(self):
        """Return what is said of segments, with the company's settings."""
        company = self.env.company.sudo()
        return [
            (
                self.env._("As of"),
                self.env._(
                    "When the stored figures were computed, from all orders of each "
                    "customer. Their days follow the zone %(zone)s.",
                    zone=company.crm_figures_tz or "UTC",
                ),
            ),
            (
                self.env._("Window"),
                self.env._(
                    "The %(months)s months before the as-of date.",
                    months=company.crm_rfm_window_months,
                ),
            ),
            (self.env._("Compared customers"), self._describe_population(company)),
            (
                self.env._("Recency (R)"),
                self.env._("Days since the last order ever; score 5 is best."),
            ),
            (
                self.env._("Frequency (F)"),
                self.env._("Orders above zero in the window; score 5 is best."),
            ),
            (
                self.env._("Monetary value (M)"),
                self.env._(
                    "Base net value of the orders in the window; score 5 is best."
                ),
            ),
            (
                self.env._("Frequency and monetary value (FM)"),
                self.env._(
                    "The customers ranked again by their ranks in F and M together. A "
                    "customer with one order ever has F and FM score 1."
                ),
            ),
            (self.env._("Scores"), self._describe_scores(company)),
            *self._get_segment_terms(),
        ]

    @api.model
    def _describe_population(self, company):
        parts = [
            self.env._("companies and individuals")
            if company.crm_include_individuals
            else self.env._("companies"),
            self.env._("invoiced or not")
            if company.crm_include_never_invoiced
            else self.env._("invoiced at least once"),
        ]
        return self.env._(
            "Customers with an order: %(which)s. Archived ones and those left out by "
            "hand do not count.",
            which=", ".join(parts),
        )

    @api.model
    def _describe_scores(self, company):
        if company.crm_rfm_method == "ranks":
            return self.env._(
                "1 to 5 by rank: each score is a fifth of the compared customers; "
                "equal customers have equal scores."
            )
        return self.env._(
            "1 to 5 by fixed cut-offs. Days since the last order: %(recency)s. "
            "Orders: %(frequency)s. Value: %(monetary)s.",
            recency=company.crm_rfm_recency_cutoffs,
            frequency=company.crm_rfm_frequency_cutoffs,
            monetary=company.crm_rfm_monetary_cutoffs,
        )

    @api.model
    def _get_segment_terms(self):
        labels = dict(
            self.env["crm.customer.metric"]
            ._fields["segment"]
            ._description_selection(self.env)
        )
        terms = []
        for segment in SEGMENTS:
            (left, right), (low, high) = self._get_segment_place(segment)
            meaning = self.env._(
                "R %(recency)s and FM %(frequency_monetary)s.",
                recency=self._describe_scores_from_to(low, high),
                frequency_monetary=self._describe_scores_from_to(left, right),
            )
            terms.append((labels[segment], meaning, segment))
        return terms

    @api.model
    def _describe_scores_from_to(self, first, last):
        if first == last:
            return blocks.format_count(self.env, first)
        return self.env._("%(first)s to %(last)s", first=first, last=last)
