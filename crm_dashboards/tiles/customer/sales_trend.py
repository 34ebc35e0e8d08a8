# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from .. import blocks
from ..mixins.sales import get_periods
from ..mixins.trend import (
    DIRECTIONS,
    TONES,
    describe_short_history,
    get_trend_labels,
    make_trend_cell,
)
from .narrative import make_story, write_narrative

_lt = LazyTranslate(__name__)


class CrmTileCustomerSalesTrend(models.AbstractModel):
    """This month against last month and its same days, and year on year."""

    _name = "crm.tile.customer_sales_trend"
    _inherit = "crm.tile.sales.mixin"
    _description = "Tile: Sales Trend"
    _purpose = _lt("Whether the customer orders more or less than before.")

    _has_stored_figures = True

    def _get_sales_periods(self, scope):
        return get_periods(scope.period)

    def _get_content(self, scope):
        sales = self._sum_period_sales(scope)
        if not (sales.now or sales.before or self._has_ordered(scope)):
            return self._empty(
                self.env._("This customer has no confirmed order that you may read.")
            )
        now, before, same_days = self._get_period_lines(scope, sales)
        return self._ready(
            blocks.figure(
                now,
                same_days,
                before,
                *self._get_ahead_line(scope, sales),
                *self._get_year_line(scope),
            ),
            *self._get_summary(scope, sales),
            *self._get_moved_text(scope),
            *self._get_history_text(scope),
            *self._get_one_company_text(scope),
            *self._get_rates_text(scope),
            *self._get_unrated_period_text(scope, sales),
            *self._get_unrated_invoices_text(scope),
            *self._get_reading_note(),
        )

    def _has_ordered(self, scope):
        """Whether the customer ever ordered, in what the user may read."""
        order = self.env["sale.order"]
        domain = order._get_confirmed_domain(scope.companies)
        return bool(order.search_count(domain & scope.get_customer_domain(), limit=1))

    def _get_year_line(self, scope):
        """Return the line of the year-on-year trend, nothing where there is none."""
        metric = scope.metric
        if not metric.trend or scope.all_sales:
            return []
        names = {"turnover": self.env._("turnover"), "orders": self.env._("orders")}
        words = self.env._(
            "year on year, %(trend)s (%(basis)s)",
            trend=get_trend_labels(self.env)[metric.trend].lower(),
            basis=names.get(scope.refresh.trend_source, ""),
        )
        return [
            blocks.FigureLine(
                make_trend_cell(metric),
                words,
                "small",
                TONES[metric.trend],
                DIRECTIONS[metric.trend],
            )
        ]

    def _get_summary(self, scope, sales):
        """Return the written summary; an addon may have it written otherwise."""
        if not scope.metric or scope.all_sales:
            return []
        return [blocks.Text(write_narrative(make_story(scope, sales), self.env))]

    def _get_moved_text(self, scope):
        """Say what a contact takes along where both figures stand and can differ."""
        if scope.refresh.trend_source != "turnover" or not scope.metric.trend:
            return []
        if not scope.customer._has_crm_moved_documents():
            return []
        words = self.env._(
            "Contacts moved between companies: orders count for the company that a "
            "contact belongs to today, invoices for the one that was invoiced."
        )
        return [blocks.Text(words)]

    def _get_history_text(self, scope):
        """Say where the year before lacks documents of before the database."""
        if not scope.metric.trend or scope.all_sales:
            return []
        words = describe_short_history(self.env, scope.refresh)
        return [blocks.Text(words)] if words else []

    def _get_one_company_text(self, scope):
        """Say what is left out beside figures of all companies: it is of one only."""
        if not scope.all_sales or not scope.metric:
            return []
        words = self.env._(
            "Year on year and summary are of one company: they are shown without all "
            "sales."
        )
        return [blocks.Text(words)]

    def _get_unrated_invoices_text(self, scope):
        """Say which invoices behind the year have no rate to trust, if any."""
        if scope.refresh.trend_source != "turnover" or scope.all_sales:
            return []
        if not scope.refresh.unrated_invoice_count:
            return []
        invoices = self.env["account.move"]
        words = invoices._describe_unrated(
            invoices._get_turnover_domain(scope.company)
            & Domain("commercial_partner_id", "=", scope.customer_id)
        )
        return [blocks.Text(words)] if words else []

    def _open(self, scope, drill):
        """Open the customer's orders of a month."""
        return self._open_orders(scope, drill)
