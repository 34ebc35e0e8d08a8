# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import NOW, DashboardCase
from .search_view import SearchView


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCustomerProducts(DashboardCase):
    """A baker buys flour every ten days, and salt too until a month ago."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.flour, cls.salt = map(cls._create_product, ("Flour", "Salt"))
        cls.baker = cls._create_customer("Baker", cls.seller)
        for day in ("2026-09-22", "2026-10-02", "2026-10-12", "2026-10-22"):
            cls._buy(cls.baker, day, {cls.flour: 100, cls.salt: 30})
        cls._buy(cls.baker, "2026-11-01", {cls.flour: 100})
        cls._buy(cls.baker, "2026-11-11", {cls.flour: 100, cls.product: 5})

    @classmethod
    def _create_product(cls, name):
        return cls.env["product.product"].create(
            {"name": name, "type": "service", "taxes_id": [Command.clear()]}
        )

    @classmethod
    def _buy(cls, customer, day, prices, company=None, **values):
        lines = [
            Command.create(
                {
                    "product_id": product.id,
                    "product_uom_qty": 2,
                    "price_unit": price / 2,
                    "tax_ids": [Command.clear()],
                }
            )
            for product, price in prices.items()
        ]
        return cls._create_orders(
            [(customer, day, 0)],
            company,
            **{"order_line": lines, "user_id": cls.seller.id, **values},
        )

    def _load(self, user=None, customer=None, **scope):
        env = self._as(user or self.manager)
        scope = {"customer_id": (customer or self.baker).id, **scope}
        tile = env["crm.dashboard.tile"]
        return tile.get_tiles("customer", ["customer_products"], scope)[
            "customer_products"
        ]

    def _get_rows(self, *args, **kwargs):
        tile = self._load(*args, **kwargs)
        self.assertEqual(tile["state"], "ready")
        return self._get_block(tile, "rows")["rows"]

    def test_each_day_of_a_product_counts(self):
        """Fewer products bought than before are no quiet time of a company."""
        for number in range(1, 20):
            day = fields.Date.to_date("2026-09-22") - timedelta(days=10 * number)
            self._buy(self.baker, str(day), {self.flour: 100, self.salt: 30})
        self.assertEqual([row["title"] for row in self._get_rows()], ["Salt"])

    def test_a_product_left_out_since_it_was_due(self):
        (row,) = self._get_rows()
        self.assertEqual(row["title"], "Salt")
        self.assertEqual(row["subtitle"], "every 10 days, last Oct 22")
        self.assertEqual(row["cell"]["value"], 30.0)
        note = self._get_block(self._load(), "note")
        self.assertIn("1 product · about", note["text"])

    def test_products_of_the_highest_value_first(self):
        sugar = self._create_product("Sugar")
        for day in ("2026-09-20", "2026-09-30", "2026-10-10", "2026-10-20"):
            self._buy(self.baker, day, {sugar: 40})
        self.assertEqual(
            [(row["title"], row["cell"]["value"]) for row in self._get_rows()],
            [("Sugar", 40.0), ("Salt", 30.0)],
        )

    def test_no_news_of_a_customer_that_ordered_nothing_since(self):
        silent = self._create_customer("Silent", self.seller)
        for day in ("2026-09-22", "2026-10-02", "2026-10-12", "2026-10-22"):
            self._buy(silent, day, {self.flour: 100, self.salt: 30})
        self.assertEqual(self._load(customer=silent)["state"], "empty")

    def test_returned_goods_and_orders_dated_ahead_are_no_orders_since(self):
        silent = self._create_customer("Silent", self.seller)
        for day in ("2026-09-22", "2026-10-02", "2026-10-12", "2026-10-22"):
            self._buy(silent, day, {self.flour: 100, self.salt: 30})
        self._buy(silent, "2026-11-10", {self.product: -5})
        self._buy(silent, "2026-11-25", {self.product: 5})
        self.assertEqual(self._load(customer=silent)["state"], "empty")
        self._buy(silent, "2026-11-12", {self.product: 5})
        rows = self._get_rows(customer=silent)
        self.assertEqual([row["title"] for row in rows], ["Flour", "Salt"])

    def test_bought_again_it_is_no_news_any_more(self):
        self._buy(self.baker, "2026-11-20", {self.salt: 30})
        tile = self._load()
        self.assertEqual(tile["state"], "empty")
        self.assertIn("No product with a rhythm", tile["message"])

    def test_a_product_not_sold_any_more_is_not_offered(self):
        self.salt.sale_ok = False
        self.assertEqual(self._load()["state"], "empty")

    def test_quotations_cancelled_orders_and_down_payments_do_not_count(self):
        self._buy(self.baker, "2026-11-20", {self.salt: 30}, state="draft")
        self._buy(self.baker, "2026-11-20", {self.salt: 30}, state="cancel")
        payment = self._buy(self.baker, "2026-11-20", {self.salt: 30})
        payment.order_line.is_downpayment = True
        self.assertEqual([row["title"] for row in self._get_rows()], ["Salt"])

    def test_a_customer_without_orders(self):
        tile = self._load(customer=self._create_customer("New", self.seller))
        self.assertEqual(tile["state"], "empty")
        self.assertIn("no ordered product", tile["message"])

    def test_own_documents_and_other_companies(self):
        self.assertEqual(
            [row["title"] for row in self._get_rows(self.seller)], ["Salt"]
        )
        # of a colleague: the seller does not see that salt was bought again
        self._buy(self.baker, "2026-11-20", {self.salt: 30}, user_id=self.colleague.id)
        self.assertEqual(
            [row["title"] for row in self._get_rows(self.seller)], ["Salt"]
        )
        self.assertEqual(self._load()["state"], "empty")

    def test_another_company_counts_for_itself(self):
        self._buy(self.baker, "2026-11-20", {self.salt: 30}, self.sister)
        self.assertEqual([row["title"] for row in self._get_rows()], ["Salt"])

    def test_a_click_opens_what_was_ordered(self):
        env = self._as(self.manager)
        tile = env["crm.dashboard.tile"]
        scope = {"customer_id": self.baker.id}
        (row,) = self._get_rows()
        action = tile.open_report("customer_products", scope, row["drill"])
        lines = SearchView(env, action).search()
        self.assertEqual(lines.product_id, self.salt)
        self.assertEqual(sum(lines.mapped("crm_base_net_value")), 4 * 30.0)
        action = tile.open_report("customer_products", scope)
        lines = SearchView(env, action).search()
        self.assertEqual(sum(lines.mapped("crm_base_net_value")), 6 * 100 + 4 * 30 + 5)

    def test_a_quotation_with_it_as_many_as_last_time(self):
        env = self._as(self.seller)
        action = env["crm.dashboard.tile"].run_row_action(
            "customer_products", "quote", self.salt.id, {"customer_id": self.baker.id}
        )
        quotation = env["sale.order"].with_context(**action["context"]).create({})
        self.assertEqual(quotation.partner_id, self.baker)
        self.assertEqual(quotation.order_line.product_id, self.salt)
        self.assertEqual(quotation.order_line.product_uom_qty, 2)
        self.assertEqual(quotation.state, "draft")
        with self.assertRaises(ValidationError):
            env["crm.dashboard.tile"].run_row_action(
                "customer_products",
                "quote",
                self._create_product("Never bought").id,
                {"customer_id": self.baker.id},
            )

    def test_a_quotation_with_a_product_ordered_in_another_company(self):
        sugar = self._create_product("Sugar")
        self._buy(self.baker, "2026-09-22", {sugar: 40}, self.sister)
        maker = self._create_user(
            "maker",
            "sales_team.group_sale_salesman_all_leads",
            self.company + self.sister,
        )
        maker.group_ids += self.env.ref("crm_dashboards.group_manufacturer")
        action = self._as(maker)["crm.dashboard.tile"].run_row_action(
            "customer_products",
            "quote",
            sugar.id,
            {"customer_id": self.baker.id, "all_sales": True},
        )
        (line,) = action["context"]["default_order_line"]
        self.assertEqual(line[2]["product_id"], sugar.id)
