# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from .. import blocks
from ..badge import make_badge, make_segment_badge
from ..report import Term
from ..tile import ROW_COUNT

_lt = LazyTranslate(__name__)

OWN_ORDERS, TIME_OR_OTHERS = "orders", "time"
CAUSE_FACETS = {OWN_ORDERS: "own_orders", TIME_OR_OTHERS: "time_or_others"}
FEW_DAYS = 2  # of silence say nothing


class CrmTileMovedThisWeek(models.AbstractModel):
    """Customers that came into another segment this week, the largest first.

    What a customer's own orders did is news of him; what the others' orders and time
    did to his rank stands below.
    """

    _name = "crm.tile.moved_this_week"
    _inherit = "crm.tile.customers.mixin"
    _description = "Tile: Moved This Week"
    _purpose = _lt("Who came into another segment in the last seven days.")

    _report_action = "crm_dashboards.crm_segment_change_action"

    def _get_content(self, scope):
        domain = self._get_metric_domain(scope) & Domain("date", ">", "today -7d")
        groups = self.env["crm.segment.change"]._read_group(
            domain, ["cause", "direction"], ["__count"]
        )
        if not groups:
            return self._empty(
                self.env._("No customer changed segment in the last seven days.")
            )
        counts = {cause: {"up": 0, "down": 0} for cause in CAUSE_FACETS}
        for cause, direction, number in groups:
            counts[cause][direction] = number
        total = {
            key: sum(numbers[key] for numbers in counts.values())
            for key in ("up", "down")
        }
        content = [blocks.Note(self.env._("%(up)s up · %(down)s down", **total))]
        left = ROW_COUNT
        for cause, numbers in counts.items():
            if not any(numbers.values()):
                continue
            content.append(self._get_cause_line(cause, numbers))
            of_cause = domain & Domain("cause", "=", cause)
            movers = self._get_largest_movers(scope, of_cause, left) if left else []
            if movers:
                content.append(
                    blocks.Rows(tuple(self._make_row(*each) for each in movers))
                )
            left -= len(movers)
        return self._ready(*content)

    def _get_cause_line(self, cause, numbers):
        """Return how many moved by a cause; a click opens them.

        :param numbers: {direction: number of moves}
        """
        words = (
            self.env._("by their own orders: %(up)s up · %(down)s down", **numbers)
            if cause == OWN_ORDERS
            else self.env._(
                "by time or others' orders: %(up)s up · %(down)s down", **numbers
            )
        )
        return blocks.figure(
            blocks.FigureLine(
                blocks.count(sum(numbers.values())),
                words,
                size="small",
                drill=blocks.Drill("cause", cause),
            )
        )

    def _get_largest_movers(self, scope, domain, limit):
        """Return the last move of each of the largest customers that moved.

        :param domain: of the moves
        :return: list of (crm.segment.change, crm.customer.metric)
        """
        moves = self.env["crm.segment.change"]
        partners = moves._search(domain).subselect("partner_id")
        largest = self.env["crm.customer.metric"].search(
            Domain("company_id", "=", scope.company.id)
            & Domain("partner_id", "in", partners),
            order="order_value DESC, id",
            limit=limit,
        )
        last = {}
        for move in moves.search(
            domain & Domain("partner_id", "in", largest.partner_id.ids)
        ):
            last.setdefault(move.partner_id, move)
        return [(last[metric.partner_id], metric) for metric in largest]

    def _make_row(self, move, metric):
        badge = make_segment_badge(self.env, move.segment_to)
        if metric.segment == move.segment_to:
            badge = make_badge(metric)
        return blocks.Row(
            id=move.id,
            badge_from=make_segment_badge(self.env, move.segment_from),
            badge=badge,
            direction=move.direction,
            title=move.partner_id.display_name,
            subtitle=self._get_cause(move, metric),
            cell=blocks.day(move.date),
            drill=blocks.Drill("customer", metric.id),
        )

    def _get_cause(self, move, metric):
        if move.cause == OWN_ORDERS:
            if move.direction == "up":
                return self.env._("ordered")
            return self.env._("orders were cancelled or fell behind the others'")
        if move.direction == "down" and metric.last_order_date:
            days = (move.date - metric.last_order_date).days
            if days >= FEW_DAYS:
                return self.env._("no order for %(days)s days", days=days)
        return self.env._("without a new order")

    # ------------------------------------------------------------------
    # Behind it
    # ------------------------------------------------------------------

    def _open(self, scope, drill):
        """Open the moves of the last seven days, of a cause, or a row's customer."""
        key, value = self._check_drill(
            drill,
            customer=self._is_row_id,
            cause=lambda value: value in tuple(CAUSE_FACETS),
        )
        if key == "customer":
            return self._open_customer(value)
        facets = {f"search_default_{CAUSE_FACETS[value]}": 1} if value else {}
        return self._open_customers_report(
            scope, search_default_last_seven_days=1, **facets
        )

    def _get_report(self):
        return self._make_customers_report(
            self.env._("Segment Changes"), group_by="segment_to", chart="count"
        )

    # ------------------------------------------------------------------
    # Words
    # ------------------------------------------------------------------

    def _get_terms(self):
        """Return what is said of segments, and of what moves a customer."""
        return [
            *super()._get_terms(),
            Term(
                self.env._("Own orders"),
                self.env._(
                    "The customer ordered since the night before, or one of its orders "
                    "was cancelled."
                ),
            ),
            Term(
                self.env._("Time or others' orders"),
                self.env._(
                    "The customer's orders are those of the night before: the others' "
                    "orders changed the ranks, or old orders left the window."
                ),
            ),
        ]
