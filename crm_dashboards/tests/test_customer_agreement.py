# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import random
from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from .common import NOW
from .customer_page import CustomerPage
from .history_common import HistoryCase
from .tile_figures import read_figures

RHYTHMS = (1, 2, 7, 7, 10, 14, 21, 30, 45, 90)
REGULARITIES = (0, 0.1, 0.6)  # how far a gap may be from the usual one
SILENCES = (0, 1, 1, 2, 3, 12)  # usual gaps since the last order


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCustomerAgreement(HistoryCase):
    """On no page do two places say different things of the same."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.varied = [cls._create_varied(number) for number in range(24)]
        cls._refresh()

    @classmethod
    def _create_varied(cls, number):
        """A customer of a rhythm, a regularity and a silence that others have not."""
        dice = random.Random(number)
        manager = dice.choice([cls.seller, cls.colleague, None])
        customer = cls._create_customer(f"Varied {number}", manager)
        usual = RHYTHMS[number % len(RHYTHMS)]
        spread = REGULARITIES[number % len(REGULARITIES)]
        silence = usual * SILENCES[number % len(SILENCES)] * dice.uniform(0.7, 1.3)
        day = fields.Date.to_date(NOW[:10]) - timedelta(days=round(silence))
        rows = []
        for _order in range(dice.choice([1, 2, 4, 5, 13, 16])):
            amount = round(dice.lognormvariate(6, 1), 2)
            rows.append((customer, str(day), amount))
            gap = usual * dice.uniform(1 - spread, 1 + spread)
            day -= timedelta(days=max(round(gap), 1))
        if number % 5 == 0:
            rows.append((customer, str(day + timedelta(days=3)), -20))
        cls._create_orders(rows[::-1])
        return customer

    def _check_pages(self, user, company, customers):
        """Look at every page of a user who may see the customer's figures."""
        env = self._as(user, company)
        told = 0
        for customer in customers:
            self.env.flush_all()
            self.env.invalidate_all()
            with self.subTest(
                customer=customer.name, user=user.name, company=company.name
            ):
                page = CustomerPage(self, env, customer)
                page.check()
                told += page.is_ready("customer_next_order")
        return told

    def test_every_page_of_a_manager(self):
        customers = [*self.customers.values(), *self.varied]
        self.assertGreater(self._check_pages(self.manager, self.company, customers), 25)

    def test_every_page_in_a_second_company(self):
        self._check_pages(self.manager, self.sister, list(self.customers.values()))

    def test_every_page_of_own_documents(self):
        customers = [*self.customers.values(), *self.varied]
        own = [each for each in customers if each.user_id == self.seller]
        self.assertGreater(self._check_pages(self.seller, self.company, own), 5)

    def test_account_manager_s_tiles_say_what_the_customer_s_page_says(self):
        env = self._as(self.manager)
        tiles = env["crm.dashboard.tile"].get_tiles(
            "account_manager",
            ["missing_orders", "customer_trend"],
            {"account_manager": "all"},
        )
        for row in self._get_block(tiles["missing_orders"], "rows")["rows"]:
            page = self._open_page(env, row)
            line, *_month = page.get_lines("customer_next_order")
            self.assertEqual(row["cell_note"], line["cell"]["value"])
            self.assertIn(f"about {page.format(row['cell']['value'])}", line["label"])
            rhythm, _dot, evidence = page.metric.missing_reason.partition(" · ")
            self.assertTrue(row["subtitle"].endswith(rhythm))
            self.assertTrue(row["cell_hint"].startswith(evidence))
        for row in self._get_block(tiles["customer_trend"], "rows")["rows"]:
            page = self._open_page(env, row)
            line = page.get_line("customer_sales_trend", "year on year")
            self.assertEqual(row["cell"]["value"], line["cell"]["value"])

    def _open_page(self, env, row):
        metric = env["crm.customer.metric"].browse(row["id"])
        page = CustomerPage(self, env, metric.partner_id)
        badge = page.tiles["customer_next_order"]["blocks"]
        (own,) = (block for block in badge if block["type"] == "rows")
        self.assertEqual(own["rows"][0]["badge"], row["badge"])
        return page


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestAllSalesAgreement(HistoryCase):
    """With all sales, a tile adds all companies up or says that it does not."""

    def test_each_tile_adds_up_or_says_so(self):
        self.manager.group_ids += self.env.ref("crm_dashboards.group_manufacturer")
        order = self.env["sale.order"].search(
            [
                ("partner_id", "=", self.customer.id),
                ("company_id", "=", self.sister.id),
            ],
            limit=1,
        )
        self._plan(order, "2026-12-01", "There", self.colleague)
        tiles = self._as(self.manager)["crm.dashboard.tile"]
        scope = {"customer_id": self.customer.id}
        alone = tiles.get_tiles("customer", False, scope)
        both = tiles.get_tiles("customer", False, {**scope, "all_sales": True})
        self.assertEqual(set(alone), set(both))
        added, of_one = set(), set()
        for code, tile in both.items():
            if f"Of {self.company.name} only." in str(tile):
                of_one.add(code)
                self.assertEqual(self._read(tile), self._read(alone[code]), code)
            elif (tile["state"], alone[code]["state"]) != ("empty", "empty"):
                added.add(code)
                self.assertNotEqual(self._read(tile), self._read(alone[code]), code)
                self.assertNotIn("next order", str(self._get_words(tile)))
        self.assertIn("customer_next_order", of_one)
        self.assertIn("customer_sales_trend", added)

    def _read(self, tile):
        """Return what a tile shows in figures, rows and events."""
        return [
            *read_figures(tile),
            *(
                block
                for block in tile["blocks"]
                if block["type"] in ("rows", "timeline")
            ),
        ]
