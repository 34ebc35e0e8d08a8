# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import NOW
from .customer_event_common import CustomerEventCase
from .search_view import SearchView

EVENTS, UPCOMING = "customer_events", "customer_upcoming"
ACTIVITIES, DUE = "customer_activities", "customer_due_amount"
DOCUMENTS = "sales_team.group_sale_salesman_all_leads"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCustomerAllSales(CustomerEventCase):
    """With *Show all sales* a timeline tells what happened in every company.

    The sister company knows the customer as Azure Sister, of the same VAT number.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        both = cls.company + cls.sister
        same = {"country_id": cls.env.ref("base.be").id, "vat": "BE0477472701"}
        cls.customer.write(same)
        cls.double = cls._create_customer(
            "Azure Sister", cls.seller, company_id=cls.sister.id, **same
        )
        cls.maker = cls._create_user("maker", DOCUMENTS, both)
        cls.own_maker = cls._create_user(
            "own_maker", "sales_team.group_sale_salesman", both
        )
        cls.seller.company_ids = both
        cls.colleague.company_ids = both
        cls.maker_here = cls._create_user("maker_here", DOCUMENTS)
        manufacturers = cls.env.ref("crm_dashboards.group_manufacturer")
        for user in (cls.maker, cls.own_maker, cls.maker_here):
            user.group_ids += manufacturers

    def setUp(self):
        super().setUp()
        self.sister_order = self._create_quiet_order(
            self.double,
            "2026-11-01",
            70,
            company=self.sister,
            user_id=self.colleague.id,
        )
        self._create_quiet_order(
            self.customer, "2026-11-02", 50, user_id=self.seller.id
        )
        self._meet(self.double, "2026-11-05 10:00:00")
        self._log(self.double, "2026-11-06 10:00:00")
        self._log(self.customer, "2026-11-07 10:00:00")
        self._plan(self.sister_order, "2026-12-01", "There", self.colleague)
        self._plan(self.customer, "2026-12-02", "Here")

    def _get_tiles(self, user, codes=False, all_sales=True):
        self.env.flush_all()
        self.env.invalidate_all()
        scope = {"customer_id": self.customer.id, "all_sales": all_sales}
        return self._as(user)["crm.dashboard.tile"].get_tiles("customer", codes, scope)

    def _open(self, code, drill=False, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        tile = self._as(user or self.maker)["crm.dashboard.tile"]
        scope = {"customer_id": self.customer.id, "all_sales": True}
        return tile.open_report(code, scope, drill)

    def _get_stories(self, code, user=None, all_sales=True):
        """Return (what happened in a word, with whom and where) of each event."""
        tile = self._get_tiles(user or self.maker, [code], all_sales)[code]
        return [
            (event["title"].split(" ")[0], event["subtitle"])
            for event in self._get_block(tile, "timeline")["events"]
        ]

    def test_timeline_of_all_companies(self):
        here = ("Call:", "Seller")
        self.assertEqual(
            [kind for kind, _who in self._get_stories(EVENTS, all_sales=False)],
            ["Call", "Call:", "Order"],
        )
        self.assertEqual(
            self._get_stories(EVENTS)[2:],
            [
                here,
                ("Call:", "Seller · Azure Sister · Sister"),
                ("Meeting:", "Azure Sister · Seller"),
                ("Order", "Seller"),
                ("Order", "Colleague · Sister"),
            ],
        )

    def test_invoices_and_notes_of_all_companies(self):
        books = self._create_books(self.sister)
        self._create_invoice(books, self.double, "2026-11-08", "2026-12-08", 70)
        lead = self.env["crm.lead"].create(
            {
                "name": "Racks",
                "type": "opportunity",
                "partner_id": self.double.id,
                "company_id": self.sister.id,
                "user_id": self.seller.id,
            }
        )
        self._post(lead, "2026-11-09 10:00:00", "On the opportunity")
        titles = [kind for kind, _who in self._get_stories(EVENTS)]
        self.assertEqual(titles[2:4], ["Note:", "Invoice"])
        before = [kind for kind, _who in self._get_stories(EVENTS, all_sales=False)]
        self.assertNotIn("Invoice", before)
        self.assertNotIn("Note:", before)

    def test_upcoming_of_all_companies(self):
        self.assertEqual(
            self._get_stories(UPCOMING, all_sales=False), [("Call:", "Seller")]
        )
        self.assertEqual(
            self._get_stories(UPCOMING),
            [
                ("Call:", f"{self.sister_order.name} · Colleague · Sister"),
                ("Call:", "Seller"),
            ],
        )

    def test_activities_of_all_companies(self):
        def count(tile):
            share = self._get_block(tile, "share")
            return {item["label"]: item["cell"]["value"] for item in share["items"]}

        tiles = {
            all_sales: self._get_tiles(self.maker, [ACTIVITIES], all_sales)[ACTIVITIES]
            for all_sales in (False, True)
        }
        self.assertEqual(count(tiles[False]), {"Calls": 1})
        self.assertEqual(count(tiles[True]), {"Calls": 2, "Meetings": 1})
        action = self._open(ACTIVITIES)
        companies = action["context"]["allowed_company_ids"]
        env = self._as(self.maker, self.env["res.company"].browse(companies))
        self.assertEqual(SearchView(env, action).aggregate("__count")["__count"], 3)

    def test_click_opens_the_record_of_another_company(self):
        drill = {"key": "order", "value": self.sister_order.id}
        action = self._open(EVENTS, drill)
        self.assertEqual(action["res_id"], self.sister_order.id)
        self.assertIn(self.sister.id, action["context"]["allowed_company_ids"])
        action = self._open(EVENTS)
        companies = action["context"]["allowed_company_ids"]
        env = self._as(self.maker, self.env["res.company"].browse(companies))
        events = env["crm.customer.event"].search(action["domain"])
        opened = {
            event.res_id: event.action_open_record()
            for event in events
            if event.res_model == "sale.order"
        }[self.sister_order.id]
        self.assertEqual(opened["context"]["allowed_company_ids"], companies)

    def test_nobody_else_gets_anything_of_another_company(self):
        """Whatever is sent: not in the group, or no access to that company."""
        for user in (self.seller, self.colleague, self.manager, self.maker_here):
            with self.subTest(user=user.name):
                off = self._get_tiles(user, all_sales=False)
                self.assertEqual(self._get_tiles(user), off)
                self.assertIn(EVENTS, off)
                self.assertNotIn("Sister", str(off))
                if user in (self.seller, self.colleague):
                    continue  # they may change the company
                with self.assertRaises(AccessError):
                    drill = {"key": "order", "value": self.sister_order.id}
                    self._open(EVENTS, drill, user)

    def test_own_documents_only_in_every_company(self):
        kinds = [who for _kind, who in self._get_stories(EVENTS, self.own_maker)]
        self.assertNotIn("Colleague · Sister", kinds)
        self.sister_order.user_id = self.own_maker
        kinds = [who for _kind, who in self._get_stories(EVENTS, self.own_maker)]
        self.assertIn("Own Maker · Sister", kinds)

    def test_what_stays_one_company_s_says_so(self):
        books = self._create_books(self.company)
        self._create_invoice(books, self.customer, "2026-11-03", "2026-12-03", 100)
        self._refresh()
        stays = "Of Wholesale only."
        off = self._get_tiles(self.maker, all_sales=False)
        self.assertNotIn(stays, str(off))
        on = self._get_tiles(self.maker)
        for code in (DUE, "customer_next_order"):  # in its head, before any figure
            self.assertEqual(self._get_block(on[code], "note")["text"], stays)
        trend = "customer_sales_trend"
        self.assertEqual(
            self._get_words(on[trend]),
            [
                "Year on year and summary are of one company: they are shown without "
                "all sales."
            ],
        )
        self.assertEqual(len(self._get_block(on[trend], "figure")["figures"]), 3)
        self.assertEqual(len(self._get_block(off[trend], "figure")["figures"]), 4)
        told = {code for code, tile in on.items() if stays in str(tile)}
        self.assertEqual(
            told,
            {
                *(DUE, "customer_at_a_glance", "customer_next_order"),
            },
        )

    def test_matched_partners_are_named_before_the_toggle_is_on(self):
        header = self._as(self.maker)["crm.dashboard.tile"].get_dashboard(
            "customer", {"customer_id": self.customer.id}
        )
        self.assertFalse(header["toggle"]["active"])
        self.assertIn("Azure Sister", header["toggle"]["hint"])
