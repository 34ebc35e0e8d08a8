# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import LazyTranslate, formatLang

from odoo.addons.crm_dashboards.tiles import blocks
from odoo.addons.crm_dashboards.tiles.report import Report, Term
from odoo.addons.crm_dashboards.tiles.tile import ROW_COUNT

from ...analytics.could_buy import MIN_BEHIND
from ...analytics.neighbours import CURRENT_DAYS, MIN_BUYERS, NEIGHBOUR_COUNT
from ...models.crm_metric_refresh import LEAST_LIFT
from ...nightly.order_lines import WINDOW_MONTHS
from ...nightly.proposals import PROPOSED_DAYS

_lt = LazyTranslate(__name__)


class CrmTileCouldBuy(models.AbstractModel):
    """Products that a customer never bought, while those who buy like him do."""

    _name = "crm.tile.could_buy"
    _inherit = "crm.tile"
    _description = "Tile: Could Buy"
    _purpose = _lt("What customers like this one buy, and this one never bought.")

    _report_action = "crm_dashboards_products.crm_product_proposal_action_report"

    def _get_content(self, scope):
        scope.customer._check_crm_figures_access()
        proposals = self.env["crm.product.proposal"].search(
            self._get_proposals_domain(scope), order="rank, id", limit=ROW_COUNT
        )
        if not proposals:
            return self._empty(self._get_no_proposal_reason(scope))
        return self._ready(
            blocks.Rows(tuple(self._make_row(each) for each in proposals)),
            *self._get_test_text(scope),
        )

    def _get_proposals_domain(self, scope):
        shown = self.env["crm.product.proposal"]._get_shown_domain(scope.company)
        return shown & scope.get_customer_domain()

    def _get_no_proposal_reason(self, scope):
        refresh = scope.refresh
        if not refresh.proposals_on:
            return self.env._("What customers could buy has not been looked for yet.")
        if refresh._has_poor_proposals():
            return self.env._(
                "Proposals are left out: in the last 90 days they would have been "
                "hardly better than the bestsellers."
            )
        return self.env._(
            "There is no product that at least %(count)s customers who buy like this "
            "one have and it lacks.",
            count=MIN_BEHIND,
        )

    def _make_row(self, proposal):
        return blocks.Row(
            id=proposal.id,
            title=proposal.product_tmpl_id.name,
            subtitle=proposal.reason,
            cell=blocks.money(proposal.today_value, proposal.currency_id),
            cell_note=self._describe_quantity(proposal),
            drill=blocks.Drill("product", proposal.product_tmpl_id.id),
            actions=self._get_buttons(),
        )

    def _describe_quantity(self, proposal):
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        quantity = round(proposal.quantity or 1.0, digits)
        number = self.env["ir.qweb.field.float"].value_to_html(
            quantity, {"precision": 0 if quantity == int(quantity) else digits}
        )
        return f"{number} {proposal.uom_id.name}"

    def _get_buttons(self):
        if not self.env["sale.order"].has_access("create"):
            return ()
        return (
            blocks.RowAction("add", self.env._("Add to quotation"), "fa-cart-plus"),
            blocks.RowAction("not_for_them", self.env._("Not for them"), "fa-times"),
        )

    def _get_test_text(self, scope):
        """Say what became of such proposals, to those who see everybody's figures."""
        words = scope.refresh._describe_proposal_test()
        if not words or not self.env.user._sees_all_crm_figures():
            return []
        return [blocks.Text(words)]

    # ------------------------------------------------------------------
    # Behind it
    # ------------------------------------------------------------------

    def _open(self, scope, drill):
        """Open the customer's proposals, or who else lacks a product."""
        key, value = self._check_drill(drill, product=self._is_readable_template)
        domain = Domain("company_id", "=", scope.company.id)
        if key == "product":
            return self._get_report_action(
                domain, search_default_open=1, search_default_product_tmpl_id=value
            )
        return self._get_report_action(
            domain & scope.get_customer_domain(), search_default_open=1
        )

    def _is_readable_template(self, value):
        return self._is_readable("product.template", value)

    def _row_action_add(self, proposal_id, scope):
        """Add the product to the user's open draft for the customer."""
        return self._get_proposal(proposal_id, scope).action_add_to_quotation()

    def _row_action_not_for_them(self, proposal_id, scope):
        """Let the proposal go."""
        return self._get_proposal(proposal_id, scope).action_not_for_them()

    def _get_proposal(self, proposal_id, scope):
        """Return the proposal behind a row.

        :raise ValidationError: it does not stand any more
        """
        proposal = self.env["crm.product.proposal"].search(
            self._get_proposals_domain(scope) & Domain("id", "=", proposal_id)
        )
        if not proposal:
            raise ValidationError(self.env._("This proposal does not stand any more."))
        return proposal

    def _get_report(self):
        return Report(
            title=self.env._("Could Buy"),
            action=self._report_action,
            domain=Domain("company_id", "=", self.env.company.id),
            group_by="product_tmpl_id",
            link_field="partner_id",
            reading_note=self.env._("All orders of each customer"),
            is_stored=True,
            terms=(self._get_scope_term(), *self._get_terms()),
        )

    def _get_terms(self):
        return [
            *super()._get_terms(),
            Term(
                self.env._("Could buy"),
                self.env._(
                    "Up to five products that the customer never bought in any "
                    "variant. Two products are near when the same customers buy them "
                    "(cosine of their buyers, last %(months)s months); each names its "
                    "%(near)s nearest, and what is near to most of what the customer "
                    "buys comes first. Only products on offer that %(buyers)s "
                    "customers bought, one of them in the last %(current)s days, and "
                    "that %(behind)s other customers stand behind. Looked for once a "
                    "week; a proposal stands for %(stands)s days.",
                    months=WINDOW_MONTHS,
                    near=NEIGHBOUR_COUNT,
                    buyers=MIN_BUYERS,
                    current=CURRENT_DAYS,
                    behind=MIN_BEHIND,
                    stands=PROPOSED_DAYS,
                ),
            ),
            Term(
                self.env._("First quantity"),
                self.env._(
                    "Median of what customers took of the product the first time."
                ),
            ),
            Term(
                self.env._("Left out"),
                self.env._(
                    "Proposals are shown unless the past shows them to be less than "
                    "%(lift)s times as good as bestsellers.",
                    lift=formatLang(self.env, LEAST_LIFT, 1),
                ),
            ),
        ]
