# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain

from .. import blocks
from ..words import format_count, format_day, format_seconds

CRON = "crm_dashboards.ir_cron_refresh_metrics"


class CrmTileHealthSummary(models.AbstractModel):
    """The night before, whom it counted, whether its alerts came true, the next one."""

    _name = "crm.tile.health_summary"
    _inherit = "crm.tile.health.mixin"
    _description = "Tile: Health at a Glance"

    def _get_content(self, scope):
        return self._ready(
            blocks.figure(
                self._get_night_line(scope),
                self._get_customers_line(scope),
                *self._get_alerts_line(scope),
                self._get_next_line(scope),
            )
        )

    def _get_night_line(self, scope):
        refresh = scope.refresh
        if not refresh.as_of:
            label = self.env._("Last night: none yet")
            return blocks.FigureLine(blocks.words("–"), label, "large")
        label = self.env._(
            "Last night: %(moment)s", moment=self._format_moment(scope, refresh.as_of)
        )
        taken = format_seconds(self.env, refresh.duration_seconds)
        return blocks.FigureLine(blocks.words(taken), label, "large")

    def _get_customers_line(self, scope):
        metric = self.env["crm.customer.metric"].sudo()
        here = Domain("company_id", "=", scope.company.id)
        compared = here & Domain("left_out_reason", "=", False)
        number = metric.search_count(compared)
        label = self.env._(
            "Customers compared; left out: %(count)s",
            count=format_count(self.env, metric.search_count(here) - number),
        )
        return blocks.FigureLine(blocks.count(number), label, "large")

    def _get_alerts_line(self, scope):
        last = self.env["crm.metric.backtest"].sudo()
        last = last.search(
            Domain("company_id", "=", scope.company.id) & Domain("alert_count", ">", 0),
            limit=1,
        )
        if not last:
            return []
        label = self.env._(
            "Alerts that came true: %(true)s of %(all)s, %(days)s days after %(day)s",
            true=last.churned_count,
            all=last.alert_count,
            days=last.wait_days,
            day=format_day(self.env, last.alert_date, "d MMM"),
        )
        share = blocks.percent(last.churned_count / last.alert_count)
        return [blocks.FigureLine(share, label, "large")]

    def _get_next_line(self, scope):
        cron = self.env.ref(CRON).sudo()
        if not cron.active:
            label = self.env._("Next night: the scheduled action is switched off")
            return blocks.FigureLine(blocks.words("–"), label, "large", "negative")
        moment = self._format_moment(scope, cron.nextcall)
        day, time = moment.split(", ", 1)
        label = self.env._("Next night: %(day)s", day=day)
        return blocks.FigureLine(blocks.words(time), label, "large")
