from odoo import api, models
from odoo.fields import Domain

from ..analytics.rfm import SEGMENT_SHORT
from . import blocks
from .customer_rows import ROW_COUNT


class CrmDashboardTile(models.Model):
    _inherit = "crm.dashboard.tile"

    @api.model
    def _get_moves_domain(self, scope):
        """Return the domain of the segment moves of the last seven days."""
        return self._get_metric_domain(scope) & Domain("date", ">", "today -7d")

    @api.model
    def _tile_moved_this_week(self, scope):
        """Customers that came into another segment this week, the largest first."""
        move = self.env["crm.segment.move"]
        domain = self._get_moves_domain(scope)
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
        rows = [self._get_move_row(*each) for each in self._get_largest_movers(domain)]
        return self._ready(blocks.note(words), {"type": "rows", "rows": rows})

    @api.model
    def _get_largest_movers(self, domain):
        """Return the last move of each of the largest customers that moved.

        :param domain: of the moves
        :return: list of (crm.segment.move, crm.customer.metric)
        """
        moves = self.env["crm.segment.move"]
        partners = moves._search(domain).subselect("partner_id")
        largest = self.env["crm.customer.metric"].search(
            Domain("company_id", "=", self.env.company.id)
            & Domain("partner_id", "in", partners),
            order="order_value DESC, id",
            limit=ROW_COUNT,
        )
        return [
            (
                moves.search(
                    domain & Domain("partner_id", "=", metric.partner_id.id), limit=1
                ),
                metric,
            )
            for metric in largest
        ]

    @api.model
    def _get_move_row(self, move, metric):
        labels = dict(move._fields["segment_to"]._description_selection(self.env))
        badge_from, badge = (
            {
                "segment": segment,
                "short": SEGMENT_SHORT[segment],
                "label": labels[segment],
                "metric_id": False,
            }
            for segment in (move.segment_from, move.segment_to)
        )
        return {
            "id": move.id,
            "badge_from": badge_from,
            "badge": metric._get_badge()
            if metric.segment == move.segment_to
            else badge,
            "direction": move.direction,
            "title": move.partner_id.display_name,
            "subtitle": self._get_move_cause(move, metric),
            "cell": {"value": str(move.date), "unit": "date"},
            "drill": blocks.drill("customer", metric.id),
        }

    @api.model
    def _get_move_cause(self, move, metric):
        if move.cause == "orders":
            if move.direction == "up":
                return self.env._("ordered")
            return self.env._("orders were cancelled or fell behind the others'")
        if move.direction == "up" or not metric.last_order_date:
            return self.env._("the others' orders changed the ranks")
        days = (move.date - metric.last_order_date).days
        return self.env._("no order for %(days)s days", days=max(days, 0))

    @api.model
    def _open_moved_this_week(self, scope, drill):
        """Open the moves of the last seven days, or the customer of a row."""
        _key, value = self._check_drill(drill, customer=self._is_row_id)
        if value:
            return self._open_customer(value)
        return self._get_report_action(
            "crm_dashboards.crm_segment_move_action",
            Domain("company_id", "=", self.env.company.id),
            search_default_last_seven_days=1,
            **self._get_manager_facets(scope, "user_id"),
        )
