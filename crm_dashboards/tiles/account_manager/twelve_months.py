# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.tools import LazyTranslate

from .. import blocks
from ..mixins.sales import MONTHS
from ..words import format_amount

_lt = LazyTranslate(__name__)


class CrmTileTwelveMonths(models.AbstractModel):
    """Orders of each of the last 12 months, the current one unfinished."""

    _name = "crm.tile.twelve_months"
    _inherit = "crm.tile.sales.mixin"
    _description = "Tile: 12 Month Orders"
    _purpose = _lt("How the last twelve months went.")

    def _get_content(self, scope):
        months, ahead, has_unrated = self._sum_months(scope, MONTHS)
        total = sum(value for _month, value in months)
        if not ahead and not any(value for _month, value in months):
            return self._empty(
                self.env._("No orders in the last 12 months.")
                if self.env.user._reads_all_crm_orders()
                else self.env._("No orders in the last 12 months that you may read.")
            )
        words = self.env._(
            "%(total)s in 12 months", total=format_amount(total, scope.currency)
        )
        return self._ready(
            blocks.Note(words),
            blocks.BarChart(
                self.env._("Orders by month"),
                tuple(self._make_month_bar(scope, *month) for month in months),
                scope.currency.id,
            ),
            *self._get_ahead_text(scope, ahead),
            *self._get_rates_text(scope),
            *self._get_unrated_months_text(scope, MONTHS, has_unrated),
            *self._get_reading_note(),
        )

    def _open(self, scope, drill):
        return self._open_months(scope, drill)
