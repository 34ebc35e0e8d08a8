from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.crm_dashboards.nightly.periods import (
    get_day_start,
    get_viewer_zone,
    get_zone_today,
)
from odoo.addons.crm_dashboards.tiles import blocks

MAX_BRANDS = 6  # quoted ones; the others in one line
MAX_LAPSED = 3  # that were not even quoted
ORDERED = Domain("state", "=", "sale")


class CrmDashboardTile(models.Model):
    _inherit = "crm.dashboard.tile"

    @api.model
    def _get_brands_domain(self, scope):
        """Return the domain of the quoted lines of ``scope``, of any time."""
        return self._get_brands_fixed_domain(scope) & Domain("is_quoted", "=", True)

    @api.model
    def _get_brands_fixed_domain(self, scope):
        """Return what no facet of the report takes away: companies and customer."""
        companies = self._get_companies(scope)
        return Domain("company_id", "in", companies.ids) & self._get_customer_domain(
            scope, "order_partner_id"
        )

    @api.model
    def _get_brand_years(self):
        """Return the UTC moments at which the last 12 months and those before begin.

        Today is the last day of the 12 months.
        """
        zone = get_viewer_zone(self.env)
        today = get_zone_today(zone)
        start, before = (
            get_day_start(zone, today + relativedelta(months=-months, days=1))
            for months in (12, 24)
        )
        return start, before

    @api.model
    def _tile_customer_brands(self, scope):
        """What was quoted in the last 12 months by brand, and what came of it."""
        line = self.env["sale.order.line"]
        domain = self._get_brands_domain(scope)
        start, before = self._get_brand_years()
        in_year = domain & Domain("quotation_date", ">=", start)
        values = dict(
            line._read_group(in_year, ["product_brand_id"], ["base_net_value:sum"])
        )
        last_orders = dict(
            line._read_group(domain & ORDERED, ["product_brand_id"], ["order_date:max"])
        )
        lapsed = {
            brand
            for brand, moment in last_orders.items()
            if brand and before <= moment < start
        }
        items = self._get_brand_items(values, last_orders, lapsed)
        if not items:
            return self._empty(self.env._("No quotation in the last 12 months."))
        ((previous,),) = line._read_group(
            domain
            & Domain("quotation_date", ">=", before)
            & Domain("quotation_date", "<", start),
            [],
            ["base_net_value:sum"],
        )
        total = float(sum(values.values()))
        return self._ready(
            self._get_brands_note(total),
            {"type": "share", "items": items},
            *self._get_quote_figures(total, float(previous or 0), in_year),
            *self._get_rates_text(scope),
            *self._get_reading_note(),
        )

    @api.model
    def _get_brands_note(self, total):
        currency = self.env.company.currency_id
        words = self.env._(
            "%(total)s in 12 months", total=blocks.format_amount(total, currency)
        )
        return blocks.note(words)

    # ------------------------------------------------------------------
    # Brands
    # ------------------------------------------------------------------

    @api.model
    def _get_brand_items(self, values, last_orders, lapsed):
        """Return the bars: the largest brands, lapsed ones, *No brand* last.

        :param values: {brand: value of its quoted lines of the last 12 months}
        :param last_orders: {brand: moment of the last order ever}
        :param lapsed: set of brands
        """
        total = sum(values.values())
        brands = [brand for brand in values if brand]
        brands.sort(key=lambda brand: (-values[brand], brand.sudo().name))
        items = [
            self._make_brand_item(
                brand.sudo().name,
                values[brand],
                total,
                blocks.drill("brand", brand.id),
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
            drill = blocks.drill("brands")
            items.append(self._make_brand_item(words, value, total, drill))
        items += self._get_unquoted_items(lapsed - set(brands), last_orders)
        no_brand = self.env["product.brand"]
        if no_brand in values:
            words = self.env._("No brand")
            drill = blocks.drill("no_brand")
            items.append(self._make_brand_item(words, values[no_brand], total, drill))
        return items

    @api.model
    def _get_unquoted_items(self, brands, last_orders):
        """Return the bars of lapsed brands without a quotation, last ordered first."""
        brands = sorted(brands, key=lambda brand: last_orders[brand], reverse=True)
        return [
            self._make_brand_item(
                brand.sudo().name,
                0,
                0,
                blocks.drill("lapsed", brand.id),
                self.env._("lapsed"),
            )
            for brand in brands[:MAX_LAPSED]
        ]

    @api.model
    def _make_brand_item(self, label, value, total, drill, mark=False):
        return {
            "label": label,
            "cell": blocks.money(value, self.env.company.currency_id),
            "share": float(value / total) if total > 0 else 0.0,
            "mark": mark,
            "drill": drill,
        }

    @api.model
    def _get_brand_mark(self, brand, last_orders, lapsed):
        if brand not in last_orders:
            return self.env._("never ordered")
        return self.env._("lapsed") if brand in lapsed else False

    # ------------------------------------------------------------------
    # What came of it
    # ------------------------------------------------------------------

    @api.model
    def _get_quote_figures(self, total, previous, in_year):
        """Return conversion, and the difference to the 12 months before."""
        lines = [
            *self._get_conversion_lines(in_year),
            *self._get_quotes_before_line(total, previous),
        ]
        return [blocks.figure(*lines)] if lines else []

    @api.model
    def _get_conversion_lines(self, in_year):
        """Return how many of the quotations were ordered, and how much of them."""
        groups = self.env["sale.order.line"]._read_group(
            in_year, ["state"], ["order_id:count_distinct", "base_net_value:sum"]
        )
        count = sum(number for _state, number, _value in groups)
        value = sum(value for _state, _number, value in groups)
        if not count:
            return []
        ordered = {state: sums for state, *sums in groups}.get("sale", (0, 0))
        words = self.env._("of 1 quotation ordered")
        if count > 1:
            words = self.env._("of %(count)s quotations ordered", count=count)
        lines = [blocks.figure_line(blocks.percent(ordered[0] / count), words, "small")]
        if value > 0:
            share = blocks.percent(ordered[1] / value)
            words = self.env._("of their value ordered")
            lines.append(blocks.figure_line(share, words, "small"))
        return lines

    @api.model
    def _get_quotes_before_line(self, total, previous):
        if previous <= 0:
            return []
        change = (total - previous) / previous
        direction = "up" if change > 0 else "down" if change < 0 else "level"
        tones = {"up": "positive", "down": "negative", "level": "muted"}
        words = self.env._(
            "on the 12 months before (%(value)s)",
            value=blocks.format_amount(previous, self.env.company.currency_id),
        )
        return [
            blocks.figure_line(
                blocks.percent(change),
                words,
                "small",
                tones[direction],
                direction,
                blocks.drill("year_before"),
            )
        ]

    # ------------------------------------------------------------------
    # Clicks
    # ------------------------------------------------------------------

    @api.model
    def _open_customer_brands(self, scope, drill):
        """Open the quoted lines: of a brand, of a lapsed one, of the year before."""
        key, value = self._check_drill(
            drill,
            brand=self._is_row_id,
            lapsed=self._is_row_id,
            no_brand=lambda value: value is True,
            brands=lambda value: value is True,
            year_before=lambda value: value is True,
        )
        facets = {
            "brand": {"search_default_product_brand_id": value},
            "lapsed": {"search_default_product_brand_id": value},
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
            "crm_dashboards_product_brand.sale_order_line_action_brands_report",
            self._get_brands_fixed_domain(scope),
            search_default_quoted=1,
            **self._get_company_context(scope),
            **facets,
            **period,
        )
