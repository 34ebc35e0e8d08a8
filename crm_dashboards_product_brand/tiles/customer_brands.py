# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from odoo.addons.crm_dashboards.nightly.periods import get_day_start
from odoo.addons.crm_dashboards.tiles import blocks
from odoo.addons.crm_dashboards.tiles.mixins.trend import make_change_line
from odoo.addons.crm_dashboards.tiles.report import Term
from odoo.addons.crm_dashboards.tiles.words import format_amount

_lt = LazyTranslate(__name__)

MAX_BRANDS = 6  # quoted ones; the others in one line
MAX_LAPSED = 3  # that were not even quoted
ORDERED = Domain("state", "=", "sale")


class CrmTileCustomerBrands(models.AbstractModel):
    """What was quoted in the last 12 months by brand, and what came of it."""

    _name = "crm.tile.customer_brands"
    _inherit = "crm.tile.sales.mixin"
    _description = "Tile: Quotes by Brand"
    _purpose = _lt(
        "Which brands were quoted to the customer in the last twelve months."
    )

    _report_action = "crm_dashboards_product_brand.sale_order_line_action_brands_report"

    def _get_content(self, scope):
        line = self.env["sale.order.line"]
        domain = self._get_fixed_domain(scope) & Domain("crm_is_quoted", "=", True)
        start, before = self._get_years(scope)
        in_year = domain & Domain("crm_quotation_date", ">=", start)
        values = dict(
            line._read_group(
                in_year, ["crm_product_brand_id"], ["crm_base_net_value:sum"]
            )
        )
        last_orders = dict(
            line._read_group(
                domain & ORDERED, ["crm_product_brand_id"], ["crm_order_date:max"]
            )
        )
        lapsed = {
            brand
            for brand, moment in last_orders.items()
            if brand and before <= moment < start
        }
        items = self._make_items(scope, values, last_orders, lapsed)
        if not items:
            return self._empty(self.env._("No quotation in the last 12 months."))
        ((previous,),) = line._read_group(
            domain
            & Domain("crm_quotation_date", ">=", before)
            & Domain("crm_quotation_date", "<", start),
            [],
            ["crm_base_net_value:sum"],
        )
        total = float(sum(values.values()))
        words = self.env._(
            "%(total)s in 12 months", total=format_amount(total, scope.currency)
        )
        return self._ready(
            blocks.Note(words),
            blocks.Share(tuple(items)),
            *self._get_quote_figures(scope, total, float(previous or 0), in_year),
            *self._get_rates_text(scope),
            *self._get_unrated_text(scope, Domain("order_line", "any", in_year)),
            *self._get_reading_note(),
        )

    def _get_fixed_domain(self, scope):
        """Return what no facet of the report takes away: companies and customer."""
        return Domain("company_id", "in", scope.companies.ids) & (
            scope.get_customer_domain("order_partner_id")
        )

    def _get_years(self, scope):
        """Return the UTC moments at which the last 12 months and those before begin.

        Today is the last day of the 12 months.
        """
        start, before = (
            get_day_start(
                scope.zone, scope.today + relativedelta(months=-months, days=1)
            )
            for months in (12, 24)
        )
        return start, before

    # ------------------------------------------------------------------
    # Brands
    # ------------------------------------------------------------------

    def _make_items(self, scope, values, last_orders, lapsed):
        """Return the bars: the largest brands, lapsed ones, *No brand* last.

        :param values: {brand: value of its quoted lines of the last 12 months}
        :param last_orders: {brand: moment of the last order ever}
        :param lapsed: set of brands
        """
        total = sum(values.values())
        brands = [brand for brand in values if brand]
        brands.sort(key=lambda brand: (-values[brand], brand.sudo().name))
        items = [
            self._make_item(
                scope,
                brand.sudo().name,
                values[brand],
                total,
                blocks.Drill("brand", brand.id),
                self._get_brand_mark(brand, last_orders, lapsed),
            )
            for brand in brands[:MAX_BRANDS]
        ]
        others = brands[MAX_BRANDS:]
        if others:
            words = self.env._("1 more brand")
            if len(others) > 1:
                words = self.env._("%(count)s more brands", count=len(others))
            value = sum(values[brand] for brand in others)
            drill = blocks.Drill("brands")
            items.append(self._make_item(scope, words, value, total, drill))
        items += self._make_unquoted_items(scope, lapsed - set(brands), last_orders)
        no_brand = self.env["product.brand"]
        if no_brand in values:
            words = self.env._("No brand")
            drill = blocks.Drill("no_brand")
            items.append(self._make_item(scope, words, values[no_brand], total, drill))
        return items

    def _make_unquoted_items(self, scope, brands, last_orders):
        """Return the bars of lapsed brands without a quotation, last ordered first."""
        brands = sorted(brands, key=lambda brand: last_orders[brand], reverse=True)
        return [
            self._make_item(
                scope,
                brand.sudo().name,
                0,
                0,
                blocks.Drill("lapsed", brand.id),
                self.env._("lapsed"),
            )
            for brand in brands[:MAX_LAPSED]
        ]

    def _make_item(self, scope, label, value, total, drill, mark=False):
        return blocks.ShareItem(
            label=label,
            cell=blocks.money(value, scope.currency),
            share=float(value / total) if total > 0 else 0.0,
            mark=mark,
            drill=drill,
        )

    def _get_brand_mark(self, brand, last_orders, lapsed):
        if brand not in last_orders:
            return self.env._("never ordered")
        return self.env._("lapsed") if brand in lapsed else False

    # ------------------------------------------------------------------
    # What came of it
    # ------------------------------------------------------------------

    def _get_quote_figures(self, scope, total, previous, in_year):
        """Return conversion, and the difference to the 12 months before."""
        lines = [
            *self._get_conversion_lines(in_year),
            *self._get_quotes_before_line(scope, total, previous),
        ]
        return [blocks.figure(*lines)] if lines else []

    def _get_conversion_lines(self, in_year):
        """Return how many of the quotations were ordered, and how much of them."""
        groups = self.env["sale.order.line"]._read_group(
            in_year, ["state"], ["order_id:count_distinct", "crm_base_net_value:sum"]
        )
        count = sum(number for _state, number, _value in groups)
        value = sum(value for _state, _number, value in groups)
        if not count:
            return []
        ordered = {state: sums for state, *sums in groups}.get("sale", (0, 0))
        words = self.env._("of 1 quotation ordered")
        if count > 1:
            words = self.env._("of %(count)s quotations ordered", count=count)
        lines = [blocks.FigureLine(blocks.percent(ordered[0] / count), words, "small")]
        if value > 0:
            share = blocks.percent(ordered[1] / value)
            words = self.env._("of their value ordered")
            lines.append(blocks.FigureLine(share, words, "small"))
        return lines

    def _get_quotes_before_line(self, scope, total, previous):
        if previous <= 0:
            return []
        change = (total - previous) / previous
        words = self.env._(
            "on the 12 months before (%(value)s)",
            value=format_amount(previous, scope.currency),
        )
        return [
            make_change_line(
                blocks.percent(change), words, change, blocks.Drill("year_before")
            )
        ]

    # ------------------------------------------------------------------
    # Clicks
    # ------------------------------------------------------------------

    def _open(self, scope, drill):
        """Open the quoted lines: of a brand, of a lapsed one, of the year before."""
        key, value = self._check_drill(
            drill,
            brand=self._is_row_id,
            lapsed=self._is_row_id,
            no_brand=self._is_all,
            brands=self._is_all,
            year_before=self._is_all,
        )
        facets = {
            "brand": {"search_default_crm_product_brand_id": value},
            "lapsed": {"search_default_crm_product_brand_id": value},
            "no_brand": {"search_default_no_brand": 1},
        }.get(key, {"search_default_group_by_brand": 1})
        periods = {
            "lapsed": {
                "search_default_ordered": 1,
                "search_default_order_date": "custom_year_before",
            },
            "year_before": {"search_default_quotation_date": "custom_year_before"},
        }
        period = periods.get(
            key, {"search_default_quotation_date": "custom_last_12_months"}
        )
        return self._get_report_action(
            self._get_fixed_domain(scope),
            search_default_quoted=1,
            **self._get_company_context(scope),
            **facets,
            **period,
        )

    def _get_report(self):
        note = self.env._("The quotations you may read")
        if self.env.user._reads_all_crm_orders():
            note = self.env._("All quotations")
        return self._make_lines_report(
            self.env._("Quotes by Brand"),
            self._report_action,
            group_by="crm_product_brand_id",
            reading_note=note,
            terms=tuple(self._get_terms()),
        )

    def _get_terms(self):
        return [
            Term(
                self.env._("Quoted"),
                self.env._(
                    "Lines of quotations and orders by the day the quotation was made. "
                    "Cancelled ones, sections, notes, down payments and web shop carts "
                    "that were never sent do not count."
                ),
            ),
            Term(
                self.env._("Value of a line"),
                self.env._(
                    "Without tax, at the order's own rate and rounded line by line."
                ),
            ),
            Term(
                self.env._("Ordered (conversion)"),
                self.env._(
                    "Share of the quotations of the last 12 months that were "
                    "confirmed, by number and by value."
                ),
            ),
            Term(
                self.env._("Never ordered, lapsed"),
                self.env._(
                    "A brand that was quoted and never ordered; a brand that was "
                    "ordered in the 12 months before the last 12, and not since."
                ),
            ),
        ]
