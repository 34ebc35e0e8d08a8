# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from xml.etree import ElementTree

from odoo.tests import tagged

from ..tiles.words import format_amount
from .test_customer_trend import TrendCase

SPARKLINES = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}sparkline"


@tagged("post_install", "-at_install")
class TestSparklines(TrendCase):
    """24 months up to yesterday, each from the 21st of a month to the 20th."""

    def _get_sparks(self, **viewer):
        return {row["title"]: row["spark"] for row in self._get_rows(**viewer)}

    def _make_months(self, **values):
        """Return 24 months of nothing, and amounts by their place: m6, m18."""
        return [values.get(f"m{place}", 0.0) for place in range(24)]

    def test_months_of_each_customer(self):
        sparks = self._get_sparks(user=self.manager)
        self.assertEqual(
            {name: spark["values"] for name, spark in sparks.items()},
            {
                # 10 June is in the month from 21 May on, the seventh
                "Up": self._make_months(m6=1000.0, m18=1200.0),
                "Level": self._make_months(m6=1000.0, m18=1100.0),
                "Down": self._make_months(m6=1000.0, m18=700.0, m19=-200.0),
                "New": self._make_months(m12=300.0),
                "Lost": self._make_months(m11=400.0),
            },
        )
        tones = {name: spark["tone"] for name, spark in sparks.items()}
        self.assertEqual(
            (tones["Up"], tones["Level"], tones["Down"]),
            ("positive", "neutral", "negative"),
        )

    def test_months_add_up_to_both_years(self):
        for row in self._get_rows(user=self.manager):
            metric = self.env["crm.customer.metric"].browse(row["id"])
            months = row["spark"]["values"]
            self.assertEqual(sum(months[:12]), metric.trend_last_year, row["title"])
            self.assertEqual(sum(months[12:]), metric.trend_this_year, row["title"])

    def test_line_is_told_in_words(self):
        spark = self._get_sparks(user=self.manager)["New"]
        nothing, now, most = (
            format_amount(value, self.company.currency_id) for value in (0, 25, 300)
        )
        self.assertEqual(
            spark["label"],
            f"24 months: {nothing} a month in the first year, {now} in the last, "
            f"{most} at most.",
        )

    def test_own_customers_are_whole(self):
        """As their years are: facts of the customer, whoever made the invoices."""
        sparks = self._get_sparks(user=self.seller)
        self.assertEqual(set(sparks), {"Up", "Lost"})
        self.assertEqual(
            sparks["Up"]["values"], self._make_months(m6=1000.0, m18=1200.0)
        )

    def test_from_orders_in_another_company(self):
        sparks = self._get_sparks(user=self.manager, companies=self.sister)
        self.assertEqual(
            {name: spark["values"] for name, spark in sparks.items()},
            {
                "Up": self._make_months(m6=10.0),
                "Down": self._make_months(m18=20.0),
            },
        )

    def test_popover_of_the_badge(self):
        metric = self._get_metric(self.customers["Down"])
        tiles = self._as(self.colleague)["crm.dashboard.tile"]
        spark = tiles.get_rfm_explanation(metric.id)["spark"]
        self.assertEqual(
            spark["values"], self._make_months(m6=1000.0, m18=700.0, m19=-200.0)
        )

    def test_no_line_without_a_trend(self):
        silent = self._create_customer("Silent", self.seller)
        self._create_order(silent, "2026-06-01", 10)
        self._refresh()
        metric = self._get_metric(silent)
        tiles = self._as(self.manager)["crm.dashboard.tile"]
        self.assertFalse(tiles.get_rfm_explanation(metric.id)["spark"])

    def test_at_a_glance(self):
        tiles = self._as(self.manager)["crm.dashboard.tile"]
        scope = {"customer_id": self.customers["Up"].id}
        code = "customer_at_a_glance"
        tile = tiles.get_tiles("customer", [code], scope)[code]
        (year,) = (
            figure
            for figure in self._get_block(tile, "strip")["figures"]
            if figure["spark"]
        )
        self.assertEqual(year["cell"]["value"], 1200)
        self.assertEqual(
            year["spark"]["values"], self._make_months(m6=1000.0, m18=1200.0)
        )

    def test_workbook_draws_them_over_their_numbers(self):
        content = self._export_dashboard(self.manager)
        sheet = self._open(content)["Customer Trend"]
        (header,) = (
            row
            for row in sheet.iter_rows()
            if "By Month" in [cell.value for cell in row]
        )
        labels = [cell.value for cell in header]
        first = labels.index("By Month") + 1
        self.assertEqual(labels[first], "Month 1 of 24")
        self.assertEqual(labels[first + 23], "Month 24 of 24")
        rows = {}
        for row in sheet.iter_rows(min_row=header[0].row + 1):
            # the list behind See More, further below, names the customers again
            months = [cell.value for cell in row[first : first + 24]]
            rows.setdefault(row[0].value, months)
        self.assertEqual(rows["Up"], self._make_months(m6=1000, m18=1200))
        parts = self._read_parts(content, "xl/worksheets/")
        drawn = [
            each
            for part in parts
            for each in ElementTree.fromstring(part).iter(SPARKLINES)
        ]
        self.assertEqual(len(drawn), 5)
