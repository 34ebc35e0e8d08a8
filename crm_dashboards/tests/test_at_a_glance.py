# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import freeze_time, tagged

from .common import NOW, DashboardCase
from .due_common import DueMixin

GLANCE = "customer_at_a_glance"
SPACE = "\N{NO-BREAK SPACE}"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestAtAGlance(DueMixin, DashboardCase):
    """What stands first on a customer's page. The day is 21 November 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._keep_busy()
        cls.customer = cls._create_customer(
            "Azure", cls.seller, phone="+32 2 290 34 90"
        )
        cls.contact = cls.env["res.partner"].create(
            {"name": "Ines Duarte", "function": "Buyer", "parent_id": cls.customer.id}
        )

    def _get_glance(self, user=None, company=None, customer=None):
        """Return ({type: block}, tile) of the customer."""
        self.env.flush_all()
        self.env.invalidate_all()
        env = self._as(user or self.seller, company)
        scope = {"customer_id": (customer or self.customer).id}
        tile = env["crm.dashboard.tile"].get_tiles("customer", [GLANCE], scope)
        tile = tile.get(GLANCE)
        return {block["type"]: block for block in tile["blocks"]} if tile else None

    def _get_figures(self, blocks):
        return {
            figure["label"]: (figure["cell"]["value"], figure["note"])
            for figure in blocks["strip"]["figures"]
        }

    def _get_facts(self, blocks):
        return {fact["label"]: fact["text"] for fact in blocks["facts"]["facts"]}

    def test_days_and_months_are_those_of_the_figures(self):
        """Where it is December for who looks, stored figures may be of November."""
        self._create_rhythm(self.customer, "2026-11-16", 100)
        self.company.crm_figures_tz = "America/New_York"
        self._refresh()
        self.manager.tz = "Europe/Brussels"
        with freeze_time("2026-12-01 03:00:00"):
            self._refresh()
            figures = self._get_figures(self._get_glance())
        self.assertEqual(figures["November so far"][0], 200)
        self.assertEqual(figures["Next order"][0], "due today")

    def test_who_orders_on_time(self):
        # on 3, 17, 31 August, 14 and 28 September, 12 and 26 October, 9 November
        self._create_rhythm(self.customer, "2026-11-16", 100)
        self._refresh()
        blocks = self._get_glance()
        # a fortnight after the 16th
        self.assertEqual(blocks["lead"]["text"], "Orders on time.")
        self.assertFalse(blocks["lead"]["tone"])
        self.assertEqual(
            blocks["lead"]["evidence"],
            f"The next order is expected on Nov 30, about 100{SPACE}€.",
        )
        # expected in nine days; nobody was ever in touch
        self.assertEqual(
            blocks["lead"]["step"],
            "Get in touch with Ines Duarte: nobody has been so far.",
        )
        figures = self._get_figures(blocks)
        self.assertEqual(
            figures["Next order"], ("Nov 30", f"about 100{SPACE}€ · every 14 days")
        )
        self.assertEqual(figures["November so far"][0], 200)  # on the 2nd and the 16th
        facts = self._get_facts(blocks)
        self.assertEqual(facts["Contact"], "Ines Duarte · Buyer")
        self.assertEqual(facts["Phone"], "+32 2 290 34 90")
        self.assertEqual(facts["Account manager"], self.seller.name)
        self.assertNotIn("Last spoke", facts)

    def test_whose_order_is_missing_and_who_owes(self):
        self._create_rhythm(self.customer, "2026-09-21", 100)
        books = self._create_books(self.company)
        self._create_invoice(books, self.customer, "2026-09-21", "2026-10-21", 121)
        self._create_invoice(books, self.customer, "2026-11-20", "2026-12-20", 50)
        self._refresh()
        blocks = self._get_glance()
        # expected on 5 October, 47 days ago
        overdue = f"121{SPACE}€"
        self.assertEqual(
            blocks["lead"]["text"],
            f"An order is missing: 47 days late, and {overdue} is overdue.",
        )
        self.assertEqual(blocks["lead"]["tone"], "negative")
        self.assertEqual(
            blocks["lead"]["step"],
            f"Call Ines Duarte about the missing order and the overdue {overdue}.",
        )
        figures = self._get_figures(blocks)
        self.assertEqual(figures["Next order"][0], "47 days late")
        self.assertEqual(figures["Due"], (171, f"{overdue} overdue"))

    def test_a_level_year_keeps_its_sign(self):
        self._create_rhythm(self.customer, "2026-11-16", 100)
        books = self._create_books(self.company)
        for month in range(1, 11):
            for year, amount in (("2025", 1000), ("2026", 950)):
                day = f"{year}-{month:02}-15"
                self._create_invoice(books, self.customer, day, day, amount)
        self._refresh()
        value, note = self._get_figures(self._get_glance())["12 months, invoiced"]
        self.assertEqual(value, 9500)
        self.assertEqual(note, "−5% on the year before")

    def test_best_and_worst_are_joined_by_but(self):
        self._create_rhythm(self.customer, "2026-11-16", 100)
        books = self._create_books(self.company)
        self._create_invoice(books, self.customer, "2026-09-21", "2026-10-21", 121)
        self._refresh()
        lead = self._get_glance()["lead"]
        self.assertEqual(lead["text"], f"Orders on time, but 121{SPACE}€ is overdue.")
        self.assertEqual(lead["mark"], f"121{SPACE}€")

    def test_an_expiring_quotation_comes_next(self):
        self._create_rhythm(self.customer, "2026-11-16", 100)
        quotation = self._create_order(
            self.customer, "2026-11-18", 300, user_id=self.seller.id
        )
        quotation.write({"state": "sent", "validity_date": "2026-11-24"})
        self._refresh()
        self.assertEqual(
            self._get_glance()["lead"]["step"],
            f"Ask Ines Duarte about {quotation.name} of 300{SPACE}€: it expires on "
            "Nov 24.",
        )

    def test_a_prospect_has_no_figures_but_a_phone(self):
        self._refresh()
        blocks = self._get_glance()
        self.assertEqual(blocks["lead"]["text"], "No order yet.")
        self.assertEqual(
            blocks["lead"]["step"],
            "Get in touch with Ines Duarte: nobody has been so far.",
        )
        self.assertEqual(self._get_figures(blocks), {"Due": (0, "nothing overdue")})
        self.assertEqual(self._get_facts(blocks)["Phone"], "+32 2 290 34 90")

    def test_an_old_talk_is_told_of(self):
        self._create_rhythm(self.customer, "2026-11-16", 100)
        call = self.env.ref("mail.mail_activity_data_call")
        with freeze_time("2026-10-05 10:00:00"):
            activity = self.customer.activity_schedule(
                activity_type_id=call.id, user_id=self.seller.id
            )
            activity.with_user(self.seller).action_feedback()
        self._refresh()
        blocks = self._get_glance()
        # 26 days of October and 21 of November
        self.assertEqual(
            self._get_facts(blocks)["Last spoke"], "Call · Oct 5 · 47 days ago"
        )
        self.assertEqual(
            blocks["lead"]["step"],
            "Get in touch with Ines Duarte: the last time is long ago.",
        )

    def test_others_customers_are_not_told_of(self):
        self._create_rhythm(self.customer, "2026-11-16", 100)
        self._refresh()
        stranger = self._create_user("stranger", "sales_team.group_sale_salesman")
        self.assertIsNone(self._get_glance(stranger))

    def test_in_a_second_company_only_its_own_orders_count(self):
        self.seller.company_ids = self.company | self.sister
        self._create_rhythm(self.customer, "2026-11-16", 100)
        self._create_order(self.customer, "2026-11-18", 7, company=self.sister)
        self._refresh()
        self._refresh(self.sister)
        lead = self._get_glance(company=self.sister)["lead"]
        self.assertEqual(
            lead["text"], "A new customer: the first order was 3 days ago."
        )
