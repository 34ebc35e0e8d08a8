# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import math
from unittest.mock import patch

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, new_test_user, tagged

from ..nightly.store import OF_THE_NIGHT
from .common import NOW
from .search_view import SearchView
from .test_refresh import STORE, RefreshCase

# tiles of figures that not every reader of the customer may know
STORED = {"customer_next_order", "customer_due_amount"}


class CustomerCase(RefreshCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.crm_trend_source = "orders"
        cls.baker = cls._create_customer("Baker", cls.seller, phone="0123")
        cls.contact = cls._create_customer(
            "Buyer", is_company=False, customer_rank=0, parent_id=cls.baker.id
        )
        cls._create_orders(
            [
                (cls.baker, "2025-10-05", 80),
                (cls.baker, "2026-08-05", 90),
                (cls.contact, "2026-10-05", 100),
                (cls.baker, "2026-10-25", 40),
                (cls.baker, "2026-11-05", 30),
            ]
        )
        cls.others = cls.env["res.partner"]
        for number in range(4):
            other = cls._create_customer(f"Other {number}", cls.colleague)
            cls._create_orders([(other, f"2026-0{number + 5}-01", 10)])
            cls.others += other
        cls._refresh()

    def _tiles(self, customer=None, user=None, companies=None, codes=False, **scope):
        env = self._as(user or self.manager, companies)
        customer = customer or self.baker
        return env["crm.dashboard.tile"].get_tiles(
            "customer", codes, {"customer_id": customer.id, **scope}
        )

    def _header(self, customer=None, user=None, companies=None, **scope):
        env = self._as(user or self.manager, companies)
        customer = customer or self.baker
        return env["crm.dashboard.tile"].get_dashboard(
            "customer", {"customer_id": customer.id, **scope}
        )

    def _figures(self, tile):
        return [
            line["cell"]["value"] for line in self._get_block(tile, "figure")["figures"]
        ]


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCustomerDashboard(CustomerCase):
    """One customer, with figures worked out by hand."""

    def test_who_has_a_dashboard(self):
        prospect = self._create_customer("Prospect", customer_rank=0)
        self.env["crm.lead"].create(
            {"name": "Idea", "type": "opportunity", "partner_id": prospect.id}
        )
        nobody = self._create_customer("Vendor", customer_rank=0, supplier_rank=1)
        own = self.company.partner_id
        kinds = [
            partner.with_user(self.manager).crm_dashboard_kind
            for partner in (self.baker, self.contact, prospect, nobody, own)
        ]
        self.assertEqual(kinds, ["customer", "customer", "prospect", False, False])

    def test_sales_of_the_month_count_contacts(self):
        tile = self._tiles()["customer_sales_trend"]
        # November 30; 1–21 October 100 by the buyer; October 140 in all;
        # 30 / 100 − 1 = −70%; last 12 months 260 after 80: +225%
        now, change, before, year = self._figures(tile)
        self.assertEqual((now, before), (30, 140))
        self.assertAlmostEqual(change, -0.7)
        self.assertAlmostEqual(year, 2.25)

    def test_months_stand_beside_the_year_before(self):
        chart = self._get_block(self._tiles()["customer_months"], "chart")
        found = {
            point["key"]: (point["value"], point["previous"])
            for point in chart["points"]
            if point["value"] or point["previous"]
        }
        self.assertEqual(
            found,
            {
                "2026-08-01": (90, 0),
                "2026-10-01": (140, 80),
                "2026-11-01": (30, 0),
            },
        )

    def test_report_of_a_month_shows_the_same(self):
        env = self._as(self.manager)["crm.dashboard.tile"]
        action = env.open_report(
            "customer_months",
            {"customer_id": self.baker.id},
            {"key": "month", "value": "2026-10-01"},
        )
        report = SearchView(self._as(self.manager), action)
        total = report.aggregate("crm_base_net_value:sum")["crm_base_net_value:sum"]
        self.assertEqual(total, 140)

    def test_projection_is_the_month_so_far_and_the_usual_rate(self):
        tile = self._tiles()["customer_next_order"]
        # 30 so far; 260 in the 365 days before today; the rhythm (gaps 304, 61, 20,
        # 11) leaves nothing of it unexpected
        metric = self._get_metric(self.baker)
        self.assertAlmostEqual(metric.daily_sales, 260 / 365, 9)
        refresh = self.env["crm.metric.refresh"]._get_last(self.company)
        # all customers are scaled to what the company is expected to add
        cents = metric.daily_sales * refresh.month_scale
        projected = metric.projected_month_value
        self.assertIn(
            round(100 * projected) - 3000, (math.floor(cents), math.ceil(cents))
        )
        # so far, still to come, and both together
        month = self._get_blocks(tile, "figure")[1]["figures"]
        so_far, rest, whole, *_change = [line["cell"]["value"] for line in month]
        self.assertEqual((so_far, whole), (30, projected))
        self.assertAlmostEqual(so_far + rest, whole, 2)
        partner = self.baker.with_user(self.manager)
        self.assertEqual(partner.crm_projected_month_value, projected)

    def test_first_order_is_no_rate(self):
        newcomer = self._create_customer("Newcomer")
        self._create_order(newcomer, "2026-11-20", 1000)
        self._refresh()
        metric = self._get_metric(newcomer)
        # 1000.00 in a day, but of one order: far from 1000.00 a day, or in 90 days
        self.assertGreater(metric.daily_sales, 0)
        self.assertLess(metric.daily_sales, 1000 / 90)
        self.assertGreaterEqual(metric.projected_month_value, 1000)

    def test_child_contact_shows_its_company(self):
        header = self._header(self.contact)
        self.assertEqual(header["customer"]["id"], self.baker.id)
        self.assertEqual(
            header["customer"]["notice"],
            f"{self.contact.name} belongs to Baker: these are the figures of the "
            "company.",
        )
        self.assertFalse(self._header()["customer"]["notice"])
        self.assertEqual(
            self._tiles(self.contact)["customer_months"],
            self._tiles()["customer_months"],
        )

    def test_without_orders_the_widgets_say_why(self):
        prospect = self._create_customer("Prospect", customer_rank=0)
        tiles = self._tiles(prospect)
        for code in (
            "customer_sales_trend",
            "customer_next_order",
            "customer_months",
        ):
            self.assertEqual(tiles[code]["state"], "empty")
            self.assertTrue(tiles[code]["message"])

    def test_own_documents_only(self):
        self.env["sale.order"].search([("partner_id", "=", self.baker.id)]).write(
            {"user_id": self.colleague.id}
        )
        # the buyer's order has no salesperson, so the seller may read it
        tile = self._tiles(user=self.seller)["customer_sales_trend"]
        self.assertEqual(self._figures(tile)[:3][::2], [0, 100])
        # of a colleague's customer nothing is told, not even that there is nothing
        for other in (self.others[0], self._create_customer("New", self.colleague)):
            tiles = self._tiles(other, user=self.seller)
            self.assertFalse(STORED & set(tiles), other.name)

    def test_no_access_at_all(self):
        plain = new_test_user(self.env, "crm_dashboards_plain", "base.group_user")
        portal = new_test_user(self.env, "crm_dashboards_portal", "base.group_portal")
        for user in (plain, portal):
            for call in (self._tiles, self._header):
                with self.assertRaises(AccessError):
                    call(user=user)

    def test_buttons(self):
        env = self._as(self.manager)["crm.dashboard.tile"]
        keys = [button["key"] for button in self._header()["actions"]]
        self.assertIn("call", keys)
        self.assertNotIn("mail", keys)
        self.assertIn("usual_order", keys)
        with self.assertRaises(ValidationError):
            env.run_customer_action(self.baker.id, "unlink")

    def test_who_has_no_phone_can_get_one(self):
        """The number is the customer's own, else one of its people."""
        person = self.env["res.partner"].create(
            {"name": "Ann", "parent_id": self.baker.id, "phone": "0456"}
        )
        for of_company, of_person, detail in (
            ("0123", "0456", "0123"),
            (False, "0456", "0456"),
            (False, False, False),
        ):
            self.baker.phone, person.phone = of_company, of_person
            first = self._header()["actions"][0]
            self.assertEqual(first["detail"], detail)
        self.assertEqual(first["key"], "add_phone")
        env = self._as(self.manager)["crm.dashboard.tile"]
        action = env.run_customer_action(self.baker.id, "add_phone")
        self.assertEqual(action["res_id"], self.baker.id)

    def test_without_customer_nothing_is_told(self):
        tile = self._as(self.manager)["crm.dashboard.tile"]
        for call in (
            lambda scope: tile.get_dashboard("customer", scope),
            lambda scope: tile.get_tiles("customer", False, scope),
            lambda scope: tile.open_report("customer_events", scope),
            lambda scope: tile.run_row_action(
                "customer_products", "quote", self.product.id, scope
            ),
            lambda scope: tile.export_dashboard("customer", scope),
        ):
            for scope in (None, {}, {"customer_id": False}, [1], "customer", 1):
                with self.subTest(scope=scope), self.assertRaises(ValidationError):
                    call(scope)

    def test_tabs_are_remembered(self):
        env = self._as(self.manager)["crm.dashboard.tile"]
        scope = {"customer_id": self.baker.id, "tabs": {"problems": "open"}}
        env.save_preference("customer", {"scope": scope})
        self.assertEqual(self._header()["scope"]["tabs"], {"problems": "open"})


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCustomerRefresh(CustomerCase):
    def _refresh_customer(self, user=None):
        env = self._as(user or self.manager)["crm.dashboard.tile"]
        return env.refresh_customer(self.baker.id)

    def test_full_run_afterwards_writes_nothing_but_the_month(self):
        self._create_order(self.baker, "2026-11-20", 500)
        before = self._read_rows()
        self.assertTrue(self._refresh_customer()["stored"])
        after = self._read_rows()
        self.assertEqual(self._get_metric(self.baker).month_value, 530)
        self.assertNotEqual(before[self.baker.id], after[self.baker.id])
        for other in self.others:
            self.assertEqual(before[other.id], after[other.id])
        self._refresh()
        self.assertEqual(
            self._leave_out_month(self._read_rows()), self._leave_out_month(after)
        )

    def test_one_of_many_customers_is_read_at_once(self):
        """A night reads what is stored in slices, in which one customer is once."""
        self._create_order(self.baker, "2026-11-20", 500)
        before = self._read_rows()
        with patch(f"{STORE}.READ_AT_ONCE", 1):
            self.assertTrue(self._refresh_customer()["stored"])
        self.assertEqual(self._get_metric(self.baker).month_value, 530)
        self.assertEqual(set(before), set(self._read_rows()))

    def test_header_says_of_when_the_figures_of_this_customer_are(self):
        def read_as_of(customer):
            self.env.invalidate_all()
            scope = {"customer_id": customer.id}
            tiles = self._as(self.manager)["crm.dashboard.tile"]
            return tiles.get_dashboard("customer", scope)["as_of"]["date"]

        night = read_as_of(self.baker)
        with freeze_time("2026-11-21 15:00:00"):
            self._refresh_customer()
            self.assertEqual(read_as_of(self.baker), "2026-11-21 15:00:00")
            self.assertEqual(read_as_of(self.others[0]), night)
        with freeze_time("2026-11-22 02:00:00"):
            self._refresh()
            self.assertEqual(read_as_of(self.baker), "2026-11-22 02:00:00")

    def test_month_stays_as_of_the_night(self):
        projected = self._get_metric(self.baker).projected_month_value
        self._create_order(self.baker, "2026-11-20", 500)
        self._refresh_customer()
        self.env.invalidate_all()
        metric = self._get_metric(self.baker)
        self.assertEqual(metric.projected_month_value, projected)
        self.assertEqual(metric.month_value_before_today, 30)
        newcomer = self._create_customer("Newcomer", self.seller)
        self._create_order(newcomer, "2026-11-20", 70)
        self._as(self.manager)["crm.dashboard.tile"].refresh_customer(newcomer.id)
        self.assertEqual(self._get_metric(newcomer).month_value, 70)
        self.assertFalse(self._get_metric(newcomer).projected_month_value)

    def _leave_out_month(self, rows):
        """Return {partner id: values of its row but those of the night alone}."""
        return {
            partner: {name: row[name] for name in row if name not in OF_THE_NIGHT}
            for partner, (_place, row) in rows.items()
        }

    def test_salesperson_refreshes_own_customer(self):
        self._create_order(self.baker, "2026-11-20", 500)
        self.assertTrue(self._refresh_customer(self.seller)["stored"])
        self.assertEqual(self._get_metric(self.baker).month_value, 530)

    def test_refresh_of_nobody_is_refused_and_touches_no_figures(self):
        rows = self._read_rows()
        for odd in (None, False, 0, [], {}):
            with self.subTest(odd=odd), self.assertRaises(ValidationError):
                self._as(self.seller)["crm.dashboard.tile"].refresh_customer(odd)
        with self.assertRaises(ValueError):
            self.env["crm.metric.refresh"]._refresh_customer(
                self.company, self.env["res.partner"]
            )
        self.assertEqual(self._read_rows(), rows)

    def test_archived_customer_loses_its_figures_alone(self):
        self.baker.active = False
        rows = self._read_rows()
        self._refresh_customer()
        self.assertEqual(set(rows) - set(self._read_rows()), {self.baker.id})


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestAllSales(CustomerCase):
    """A wholesaler is a company: the manufacturer sees the customer in all of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.country = cls.env.ref("base.be")
        cls.baker.write({"vat": "BE0477472701", "country_id": cls.country.id})
        cls.double = cls._create_customer("Bakery", country_id=cls.country.id)
        cls.double.vat = "BE 0477.472.701"
        cls.stranger = cls._create_customer("Stranger", country_id=cls.country.id)
        cls.stranger.vat = "/"
        cls._create_orders(
            [
                (cls.double, "2026-11-06", 7),
                (cls.baker, "2026-11-06", 11),
                (cls.stranger, "2026-11-06", 1000),
            ],
            cls.sister,
        )
        cls.maker = cls._create_user(
            "maker",
            "sales_team.group_sale_salesman_all_leads",
            cls.company + cls.sister,
        )
        cls.maker.group_ids += cls.env.ref("crm_dashboards.group_manufacturer")

    def _month(self, user, **scope):
        tile = self._tiles(user=user, codes=["customer_sales_trend"], **scope)
        return self._figures(tile["customer_sales_trend"])[0]

    def test_manufacturer_sees_all_companies(self):
        self.assertTrue(self._header(user=self.maker)["toggle"])
        self.assertEqual(self._month(self.maker), 30)
        # 30 here, 11 there, and 7 of the partner with the same VAT number
        self.assertEqual(self._month(self.maker, all_sales=True), 48)
        hint = self._header(user=self.maker, all_sales=True)["toggle"]["hint"]
        self.assertIn("Bakery", hint)
        self.assertNotIn("Stranger", hint)

    def test_other_country_is_another_customer(self):
        self.double.country_id = self.env.ref("base.fr")
        self.assertEqual(self._month(self.maker, all_sales=True), 41)

    def test_other_currency_is_converted(self):
        self.sister.currency_id = self.dollar
        self._create_rate("2026-01-01", 2.0)
        # 18 dollars of the sister are 9 euros
        self.assertEqual(self._month(self.maker, all_sales=True), 39)
        tile = self._tiles(user=self.maker, all_sales=True)["customer_sales_trend"]
        self.assertTrue(any("0.5" in words for words in self._get_words(tile)))

    def test_others_never_get_another_company(self):
        self.assertFalse(self._header()["toggle"])
        self.assertEqual(self._month(self.manager, all_sales=True), 30)
        self.maker.company_ids = [Command.set(self.company.ids)]
        self.assertFalse(self._header(user=self.maker)["toggle"])
        self.assertEqual(self._month(self.maker, all_sales=True), 30)
