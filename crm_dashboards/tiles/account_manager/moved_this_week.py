# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain

from .. import blocks
from ..badge import make_badge, make_segment_badge
from ..tile import ROW_COUNT


class CrmTileMovedThisWeek(models.AbstractModel):
    """Customers that came into another segment this week, the largest first."""

    _name = "crm.tile.moved_this_week"
    _inherit = "crm.tile.customers.mixin"
    _description = "Tile: Moved This Week"

    _report_action = "crm_dashboards.crm_segment_change_action"

    def _get_content(self, scope):
        domain = self._get_metric_domain(scope) & Domain("date", ">", "today -7d")
        move = self.env["crm.segment.change"]
        counts = dict(move._read_group(domain, ["direction"], ["__count"]))
        if not counts:
            return self._empty(
                self.env._("No customer changed segment in the last seven days.")
            )
        words = self.env._(
            "%(up)s up · %(down)s down",
            up=counts.get("up", 0),
            down=counts.get("down", 0),
        )
        movers = self._get_largest_movers(scope, domain)
        return self._ready(
            blocks.Note(words),
            blocks.Rows(tuple(self._make_row(*each) for each in movers)),
        )

    def _get_largest_movers(self, scope, domain):
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
            limit=ROW_COUNT,
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
        if move.cause == "orders":
            if move.direction == "up":
                return self.env._("ordered")
            return self.env._("orders were cancelled or fell behind the others'")
        if move.direction == "up" or not metric.last_order_date:
            return self.env._("the others' orders changed the ranks")
        days = (move.date - metric.last_order_date).days
        return self.env._("no order for %(days)s days", days=max(days, 0))

    # ------------------------------------------------------------------
    # Behind it
    # ------------------------------------------------------------------

    def _open(self, scope, drill):
        """Open the moves of the last seven days, or the customer of a row."""
        _key, value = self._check_drill(drill, customer=self._is_row_id)
        if value:
            return self._open_customer(value)
        return self._open_customers_report(scope, search_default_last_seven_days=1)

    def _get_report(self):
        return self._make_customers_report(
            self.env._("Segment Changes"), group_by="segment_to", chart="count"
        )
