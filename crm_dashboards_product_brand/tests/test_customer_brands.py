# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.fields import Command, Domain
from odoo.tests import freeze_time, tagged

from odoo.addons.crm_dashboards.tests.common import NOW

from .brands_common import NO_BRAND, BrandsCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCustomerBrands(BrandsCase):
    def test_brands_by_value_with_no_brand_last(self):
        tile = self._get_brands()
        # of 800 + 400 + 300 + 500 = 2000
        self.assertEqual(
            [
                (item["label"], item["cell"]["value"], item["share"])
                for item in self._get_block(tile, "share")["items"]
            ],
            [
                ("Lago", 800, 0.4),
                ("Muuto", 400, 0.2),
                ("Vitra", 300, 0.15),
                ("Kartell", 0, 0),
                (NO_BRAND, 500, 0.25),
            ],
        )
        self.assertEqual(
            self._get_items(tile)["Lago"]["cell"],
            {"value": 800, "unit": "money", "currency_id": self.euro.id},
        )
        self.assertEqual(
            self._get_block(tile, "note")["text"],
            "2,000\N{NO-BREAK SPACE}€ in 12 months",
        )

    def test_brands_quoted_but_never_ordered_and_lapsed_ones_are_marked(self):
        items = self._get_items(self._get_brands())
        marks = {label: item["mark"] for label, item in items.items()}
        self.assertEqual(
            marks,
            {
                "Lago": False,
                "Vitra": False,  # ordered in both years
                "Muuto": "never ordered",
                "Kartell": "lapsed",
                NO_BRAND: False,
            },
        )

    def test_lapsed_brand_that_is_quoted_keeps_its_value(self):
        self._create_quotation("2026-11-01", {"Kartell": 100})
        item = self._get_items(self._get_brands())["Kartell"]
        self.assertEqual((item["mark"], item["cell"]["value"]), ("lapsed", 100))

    def test_brand_ordered_again_or_last_ordered_long_ago_is_not_lapsed(self):
        self.old_order.date_order = "2024-11-20 12:00:00"  # more than 24 months ago
        self._create_quotation("2026-11-01", {"Kartell": 100})
        self.assertFalse(self._get_items(self._get_brands())["Kartell"]["mark"])
        self.old_order.date_order = "2024-11-23 12:00:00"
        items = self._get_items(self._get_brands())
        self.assertEqual(items["Kartell"]["mark"], "lapsed")
        self._create_quotation(
            "2026-11-02",
            {"Kartell": 10},
            state="sale",
            date_order="2026-11-02 12:00:00",
        )
        self.assertFalse(self._get_items(self._get_brands())["Kartell"]["mark"])

    def test_conversion_in_count_and_value(self):
        lines = self._get_lines(self._get_brands())
        self.assertAlmostEqual(lines["of 3 quotations ordered"], 1 / 3)
        self.assertAlmostEqual(lines["of their value ordered"], 900 / 2000)

    def test_difference_to_the_12_months_before(self):
        # 2000 against 1000 + 600
        figures = self._get_block(self._get_brands(), "figure")["figures"]
        self.assertEqual(figures[-1]["cell"]["value"], 0.25)
        self.assertEqual(figures[-1]["direction"], "up")
        self.assertEqual(
            figures[-1]["label"],
            "on the 12 months before (1,600\N{NO-BREAK SPACE}€)",
        )

    def test_quotations_count_on_the_day_they_were_made(self):
        """An order of this year that was quoted before belongs to the year before."""
        self.old_order.date_order = "2026-11-20 12:00:00"
        values = self._get_values(self._get_brands())
        self.assertEqual(values["Vitra"], 300)
        self.assertNotIn("Kartell", values)  # ordered, so not lapsed any more

    def test_year_begins_a_day_after_the_same_day_in_the_viewer_s_zone(self):
        self._create_quotation("2025-11-21 22:59:59", {"Lago": 1})
        inside = self._create_quotation("2025-11-21 23:00:00", {"Lago": 10})
        self.manager.tz = "Europe/Brussels"  # an hour ahead in November
        self.assertEqual(self._get_values(self._get_brands())["Lago"], 810)
        self.manager.tz = "UTC"
        self.assertEqual(self._get_values(self._get_brands())["Lago"], 800)
        self.assertTrue(inside)

    def test_sections_notes_and_down_payments_are_out(self):
        self.draft.order_line = [
            Command.create({"display_type": "line_section", "name": "Section"}),
            Command.create({"display_type": "line_note", "name": "Note"}),
            Command.create(
                {
                    "name": "Down payment",
                    "is_downpayment": True,
                    "product_uom_qty": 1,
                    "price_unit": 100,
                    "tax_ids": [Command.clear()],
                }
            ),
        ]
        values = self._get_values(self._get_brands())
        self.assertEqual(values[NO_BRAND], 500)
        self.assertEqual(sum(values.values()), 2000)
        lines = self.draft.order_line
        self.assertEqual(
            lines.mapped("crm_is_quoted"), [True, True, False, False, False]
        )

    def test_carts_never_sent_are_out(self):
        """Where there is a web shop, which these tests have not."""
        line = self.env["sale.order.line"]
        model = self.env.registry["sale.order.line"]
        cart_is_out = Domain("state", "!=", "draft") | Domain(
            "order_id.website_id", "=", False
        )
        for has_shop in (False, True):
            with patch.object(model, "_has_web_shop", lambda self, has=has_shop: has):
                domain = line._get_quoted_domain()
            self.assertEqual(
                str(list(cart_is_out))[1:-1] in str(list(domain)), has_shop
            )

    def test_usual_orders_never_sent_are_out(self):
        proposed = self._create_quotation("2026-11-02", {"Lago": 10})
        self.assertEqual(self._get_values(self._get_brands())["Lago"], 810)
        proposed.crm_is_usual_order = True
        self.assertEqual(self._get_values(self._get_brands())["Lago"], 800)
        self.assertEqual(proposed.order_line.mapped("crm_is_quoted"), [False])
        proposed.action_quotation_sent()
        self.assertEqual(self._get_values(self._get_brands())["Lago"], 810)
        self.assertEqual(proposed.order_line.mapped("crm_is_quoted"), [True])

    def test_more_brands_than_fit_are_one_line(self):
        brands = self.env["product.brand"].create(
            [{"name": f"Small {number}"} for number in range(5)]
        )
        for brand in brands:
            self.products[brand.name] = self._create_product(brand)
        self._create_quotation("2026-11-02", {brand.name: 10 for brand in brands})
        values = self._get_values(self._get_brands())
        # Lago, Muuto, Vitra and three small ones; two more make 20
        self.assertEqual(values["2 more brands"], 20)
        self.assertEqual(sum(values.values()), 2050)
        self.assertEqual(list(values)[-3:], ["2 more brands", "Kartell", NO_BRAND])

    def test_credit_larger_than_the_rest_has_no_shares(self):
        self._create_quotation("2026-11-02", {NO_BRAND: -3000})
        tile = self._get_brands()
        self.assertEqual(self._get_values(tile)[NO_BRAND], -2500)
        self.assertEqual(
            {each["share"] for each in self._get_items(tile).values()}, {0}
        )
        self.assertNotIn("of their value ordered", self._get_lines(tile))

    def test_line_counts_at_its_order_s_own_rate(self):
        self._create_rate("2026-01-01", 2)
        order = self._create_quotation(
            "2026-11-02", {"Muuto": 50, "Lago": 0.33}, currency=self.dollar
        )
        self.assertEqual(order.currency_rate, 2)
        self._create_rate("2026-11-10", 4)  # later rates change nothing
        values = self._get_values(self._get_brands())
        self.assertEqual(values["Muuto"], 425)
        self.assertAlmostEqual(values["Lago"], 800.17)  # rounded line by line
        self.assertEqual(order.order_line.mapped("crm_base_net_value"), [25, 0.17])

    def test_show_all_sales_adds_the_user_s_other_companies(self):
        self.sister.currency_id = self.dollar
        self._create_rate("2026-01-01", 2)
        self._create_quotation("2026-11-02", {"Vitra": 100}, company=self.sister)
        self.assertEqual(self._get_values(self._get_brands())["Vitra"], 300)
        self.manager.company_ids = self.both
        tile = self._get_brands(all_sales=True)
        self.assertEqual(self._get_values(tile)["Vitra"], 300)  # not a manufacturer
        self.manager.group_ids += self.env.ref("crm_dashboards.group_manufacturer")
        tile = self._get_brands(all_sales=True)
        self.assertEqual(self._get_values(tile)["Vitra"], 350)
        self.assertIn(
            "At today's rate: 1 USD = 0.5 EUR as of Jan 1", self._get_words(tile)
        )
        self.manager.company_ids = self.company
        tile = self._get_brands(all_sales=True)
        self.assertEqual(self._get_values(tile)["Vitra"], 300)

    def test_second_company_has_its_own_quotations(self):
        self._create_quotation("2026-11-02", {"Vitra": 100}, company=self.sister)
        self.manager.company_ids = self.both
        tile = self._get_brands(companies=self.sister | self.company)
        self.assertEqual(self._get_values(tile), {"Vitra": 100})

    def test_hidden_without_quotation(self):
        customer = self._create_customer("Nobody", self.seller)
        tile = self._get_brands(customer=customer)
        self.assertEqual(tile["state"], "empty")
        self.assertEqual(tile["message"], "No quotation in the last 12 months.")
        self._create_quotation("2026-11-02", {"Lago": 1}, partner=customer)
        self.assertEqual(self._get_brands(customer=customer)["state"], "ready")

    def test_prospect_has_the_tile(self):
        prospect = self.env["res.partner"].create({"name": "New", "is_company": True})
        self._create_quotation("2026-11-02", {"Lago": 40}, partner=prospect)
        tile = self._get_brands(customer=prospect)
        self.assertEqual(self._get_values(tile), {"Lago": 40})
        self.assertEqual(self._get_items(tile)["Lago"]["mark"], "never ordered")
        self.assertEqual(self._get_lines(tile)["of 1 quotation ordered"], 0)

    def test_salesperson_of_own_documents_sees_those_and_is_told(self):
        self.draft.user_id = self.colleague
        tile = self._get_brands(user=self.seller)
        values = self._get_values(tile)
        self.assertNotIn("Muuto", values)
        self.assertEqual(values["Lago"], 600)
        self.assertEqual(self._get_words(tile), ["Of the orders you may read."])
        self.assertFalse(self._get_words(self._get_brands()))

    def test_who_sees_the_tile(self):
        for groups in (
            "sales_team.group_sale_salesman_all_leads",
            "account.group_account_invoice",
            "account.group_account_readonly",
        ):
            with self.subTest(groups=groups):
                user = self._create_user(groups.replace(".", "_"), groups)
                self.assertEqual(self._get_values(self._get_brands(user))["Lago"], 800)
        for groups in ("base.group_portal", "base.group_user"):
            user = self._create_user(groups.replace(".", "_"), groups)
            with self.subTest(groups=groups), self.assertRaises(AccessError):
                self._get_brands(user)

    def test_other_customers_cost_no_query(self):
        self._get_brands()
        for extra in (0, 10):
            for number in range(extra):
                stranger = self._create_customer(f"Stranger {number}")
                self._create_quotation("2026-11-02", {"Lago": 1}, partner=stranger)
            self.env.flush_all()
            self.env.invalidate_all()
            with self.subTest(extra=extra), self.assertQueryCount(27):
                self._get_brands()
