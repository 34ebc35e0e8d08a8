# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from ...models.date_words import format_month
from .. import blocks

_lt = LazyTranslate(__name__)

MONTHS = 10


class CrmTileHealthAlerts(models.AbstractModel):
    """Of each month's missing orders, how many did not come after all."""

    _name = "crm.tile.health_alerts"
    _inherit = "crm.tile.health.mixin"
    _description = "Tile: Alerts That Came True"
    _purpose = _lt("How many alerts were raised and what was done about them.")

    def _get_content(self, scope):
        tests = self.env["crm.metric.backtest"].sudo()
        tests = tests.search(
            Domain("company_id", "=", scope.company.id) & Domain("alert_count", ">", 0),
            limit=MONTHS,
        )
        if not tests:
            return self._empty(
                self.env._("No alert is old enough to tell what became of it.")
            )
        items = tuple(
            blocks.ShareItem(
                format_month(self.env, test.alert_date, "yMMMM"),
                blocks.words(
                    self.env._(
                        "%(true)s of %(all)s",
                        true=test.churned_count,
                        all=test.alert_count,
                    )
                ),
                test.churned_count / test.alert_count,
            )
            for test in tests
        )
        words = self.env._(
            "Customers with a missing order who did not order within %(days)s days "
            "either, whatever was done about it.",
            days=tests[0].wait_days,
        )
        return self._ready(blocks.Share(items), blocks.Text(words))
