# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.tools import LazyTranslate

from .. import blocks
from ..mixins.sales import MONTHS, get_months
from ..words import format_amount

_lt = LazyTranslate(__name__)


class CrmTileTwelveMonths(models.AbstractModel):
    """Orders of each of the last 12 months beside the same a year before."""

    _name = "crm.tile.twelve_months"
    _inherit = "crm.tile.sales.mixin"
    _description = "Tile: 12 Month Orders"
    _purpose = _lt("How the last twelve months went.")

    def _get_sales_periods(self, scope):
        return get_months(scope, 2 * MONTHS)

    def _get_content(self, scope):
        months, ahead, has_unrated = self._sum_months(scope, 2 * MONTHS)
        values = [value for _month, value in months[MONTHS:]]
        if not ahead and not any(values):
            return self._empty(
                self.env._("No orders in the last 12 months.")
                if self.env.user._reads_all_crm_orders()
                else self.env._("No orders in the last 12 months that you may read.")
            )
        words = self.env._(
            "%(total)s in 12 months", total=format_amount(sum(values), scope.currency)
        )
        return self._ready(
            blocks.Note(words),
            self._get_months_chart(scope, months),
            *self._get_ahead_text(scope, ahead),
            *self._get_rates_text(scope),
            *self._get_unrated_months_text(scope, 2 * MONTHS, has_unrated),
            *self._get_reading_note(),
        )

    def _open(self, scope, drill):
        return self._open_months(scope, drill)
