# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.tools import LazyTranslate

from ..mixins.sales import MONTHS, get_months

_lt = LazyTranslate(__name__)


class CrmTileCustomerMonths(models.AbstractModel):
    """Orders of each of the last 12 months beside the same a year before."""

    _name = "crm.tile.customer_months"
    _inherit = "crm.tile.sales.mixin"
    _description = "Tile: Last 12 Months"
    _print_place = 200  # a picture of what others say in figures
    _purpose = _lt(
        "What the customer ordered in the last twelve months, beside the year before."
    )

    def _get_sales_periods(self, scope):
        return get_months(scope, 2 * MONTHS)

    def _get_content(self, scope):
        months, ahead, has_unrated = self._sum_months(scope, 2 * MONTHS)
        if not ahead and not any(value for _month, value in months):
            return self._empty(self.env._("No order in the last 24 months."))
        return self._ready(
            self._get_months_chart(scope, months),
            *self._get_ahead_text(scope, ahead),
            *self._get_rates_text(scope),
            *self._get_unrated_months_text(scope, 2 * MONTHS, has_unrated),
            *self._get_reading_note(),
        )

    def _open(self, scope, drill):
        """Open the customer's orders of one month, or of all 12 grouped by month."""
        return self._open_months(scope, drill)
