# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from odoo.addons.crm_dashboards.nightly.night import Phase
from odoo.addons.crm_dashboards.tiles.words import format_share

from ..nightly.line_figures import store_line_figures
from ..nightly.quotation_chances import store_quotation_chances

LEAST_LIFT = 1.2  # over bestsellers, of proposals worth showing
LEAST_TESTED = 30  # customers from which a lift is known
PRIOR_LINES = 30


class CrmMetricRefresh(models.Model):
    """What the night found out about its figures of order lines, beside them."""

    _inherit = "crm.metric.refresh"

    leaving_least_silence = fields.Integer(
        readonly=True,
        help="Intervals that a line must be silent for where others came back; 0 where "
        "they did not.",
    )
    leaving_test_date = fields.Date(readonly=True)
    leaving_test_count = fields.Integer(
        readonly=True, help="Lines that left quietly on that day."
    )
    leaving_again_count = fields.Integer(
        readonly=True, help="Those of them that were bought again within 90 days."
    )
    proposals_on = fields.Date(
        readonly=True, help="Last time that what customers could buy was looked for."
    )
    proposal_test_count = fields.Integer(
        readonly=True,
        help="Customers who bought something new in the last 90 days, to whom five "
        "products would have been proposed before.",
    )
    proposal_hit_count = fields.Integer(
        readonly=True, help="Of these proposals, what they bought."
    )
    bestseller_hit_count = fields.Integer(
        readonly=True, help="What they bought of the five bestsellers new to them."
    )

    def _get_phases(self):
        return [
            *super()._get_phases(),
            Phase("order_lines", store_line_figures),
            Phase("quotation_chances", store_quotation_chances),
        ]

    def _get_leaving_lost_share(self):
        """Return the share of the lines that leave which is not bought again.

        Of this company's past ones, held towards one half by 30 that are none.
        """
        lost = self.leaving_test_count - self.leaving_again_count
        return (lost + PRIOR_LINES / 2) / (self.leaving_test_count + PRIOR_LINES)

    def _describe_proposal_test(self):
        """Say what became of proposals, empty where too few customers tell."""
        tested = self.proposal_test_count
        if tested < LEAST_TESTED:
            return ""
        return self.env._(
            "Of five proposals 90 days ago, customers who bought something new bought "
            "%(share)s; of the five bestsellers %(bestsellers)s.",
            share=format_share(self.env, self.proposal_hit_count / 5 / tested),
            bestsellers=format_share(self.env, self.bestseller_hit_count / 5 / tested),
        )

    def _has_poor_proposals(self):
        """Whether the past shows that proposals are hardly better than bestsellers."""
        if self.proposal_test_count < LEAST_TESTED:
            return False
        return self.proposal_hit_count < LEAST_LIFT * self.bestseller_hit_count
