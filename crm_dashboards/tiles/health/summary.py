# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from ...models.date_words import format_day
from .. import blocks
from ..words import format_count, format_seconds

_lt = LazyTranslate(__name__)

CRON = "crm_dashboards.ir_cron_refresh_metrics"


class CrmTileHealthSummary(models.AbstractModel):
    """The night before, whom it counted, whether its alerts came true, the next one."""

    _name = "crm.tile.health_summary"
    _inherit = "crm.tile.health.mixin"
    _description = "Tile: Health at a Glance"
    _purpose = _lt("Whether the figures of last night are whole.")

    def _get_content(self, scope):
        return self._ready(
            blocks.Strip(
                (
                    self._get_night(scope),
                    self._get_customers(scope),
                    *self._get_alerts(scope),
                    self._get_next_night(scope),
                )
            )
        )

    def _get_night(self, scope):
        label, refresh = self.env._("Last night"), scope.refresh
        if not refresh.as_of:
            none_yet = self.env._("none yet")
            return blocks.StripFigure(label, blocks.words(False), none_yet)
        taken = format_seconds(self.env, refresh.duration_seconds)
        moment = self._format_moment(scope, refresh.as_of)
        return blocks.StripFigure(label, blocks.words(taken), moment)

    def _get_customers(self, scope):
        metric = self.env["crm.customer.metric"].sudo()
        here = Domain("company_id", "=", scope.company.id)
        left_out = metric.search_count(here & metric._get_left_out_domain())
        number = metric.search_count(here) - left_out
        return blocks.StripFigure(
            self.env._("Customers compared"),
            blocks.count(number),
            self.env._("left out: %(count)s", count=format_count(self.env, left_out)),
        )

    def _get_alerts(self, scope):
        last = self.env["crm.metric.backtest"].sudo()
        last = last.search(
            Domain("company_id", "=", scope.company.id) & Domain("alert_count", ">", 0),
            limit=1,
        )
        if not last:
            return []
        words = self.env._(
            "%(true)s of %(all)s, %(days)s days after %(day)s",
            true=last.churned_count,
            all=last.alert_count,
            days=last.wait_days,
            day=format_day(self.env, last.alert_date),
        )
        share = blocks.percent(last.churned_count / last.alert_count)
        return [blocks.StripFigure(self.env._("Alerts that came true"), share, words)]

    def _get_next_night(self, scope):
        label, cron = self.env._("Next night"), self.env.ref(CRON).sudo()
        if not cron.active:
            return blocks.StripFigure(
                label,
                blocks.words(False),
                self.env._("the scheduled action is switched off"),
                note_tone="negative",
            )
        day, time = self._format_moment(scope, cron.nextcall).rsplit(", ", 1)
        return blocks.StripFigure(label, blocks.words(time), day)
