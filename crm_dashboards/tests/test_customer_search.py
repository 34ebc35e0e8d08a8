# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import DASHBOARD, DashboardCase


@tagged("post_install", "-at_install")
class TestCustomerSearch(DashboardCase):
    """A few letters find the customers that one may read."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alder = cls._create_customer(
            "Zyx Alder Wholesale", cls.seller, city="Leeds", ref="C-77"
        )
        cls.other = cls._create_customer("The Zyx Others", cls.colleague)
        cls.prospect = cls._create_customer("Zyx Prospect", cls.seller)
        cls.vendor = cls._create_customer("Zyx Vendor", cls.seller)
        cls.buyer = cls.env["res.partner"].create(
            {"name": "Amy Qwop", "parent_id": cls.alder.id, "email": "amy@zyx.example"}
        )
        cls._create_orders(
            [(cls.alder, "2026-11-02", 10), (cls.other, "2026-11-02", 5)]
        )
        cls._create_orders([(cls.prospect, "2026-11-02", 10)], state="draft")

    def _find(self, text, user=None, companies=None, dashboard=DASHBOARD):
        tiles = self._as(user or self.manager, companies)["crm.dashboard.tile"]
        return tiles.find_customers(dashboard, text)

    def _find_names(self, text, **viewer):
        return [found["name"] for found in self._find(text, **viewer)]

    def test_customers_and_prospects_those_that_begin_with_it_first(self):
        self.assertEqual(
            self._find_names("zyx"),
            ["Zyx Alder Wholesale", "Zyx Prospect", "The Zyx Others"],
        )

    def test_details_tell_city_and_contact(self):
        (found,) = self._find("zyx ald")
        self.assertEqual((found["id"], found["details"]), (self.alder.id, "Leeds"))
        for text in ("qwop", "amy@zyx"):
            (found,) = self._find(text)
            self.assertEqual(
                (found["id"], found["details"]), (self.alder.id, "Amy Qwop · Leeds")
            )
        self.assertEqual(self._find("C-77")[0]["id"], self.alder.id)

    def test_nothing_is_found_by_nothing(self):
        for text in ("", "  ", "no such customer", "%zyx%", "_yx"):
            self.assertEqual(self._find(text), [], text)
        self.assertEqual(len(self._find("  zyx  ")), 3)

    def test_archived_customers_stay_away(self):
        self.other.active = False
        self.assertNotIn("The Zyx Others", self._find_names("zyx"))

    def test_only_what_one_may_read(self):
        self.assertEqual(len(self._find("zyx", user=self.seller)), 3)
        self.other.company_id = self.sister
        self.assertNotIn("The Zyx Others", self._find_names("zyx"))
        self.manager.company_ids += self.sister
        names = self._find_names("zyx", companies=self.company | self.sister)
        self.assertIn("The Zyx Others", names)
        rule = self.env["ir.rule"].create(
            {
                "name": "Not this one",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": [("id", "!=", self.alder.id)],
            }
        )
        self.assertTrue(rule)
        # its contact may be read and leads nowhere
        self.assertEqual(self._find("qwop"), [])

    def test_a_few_of_many(self):
        many = [self._create_customer(f"Zyx {number:02}") for number in range(12)]
        self._create_orders([(customer, "2026-11-02", 1) for customer in many])
        self.assertEqual(
            self._find_names("zyx 0") + self._find_names("zyx 1"),
            [f"Zyx {number:02}" for number in range(8)] + ["Zyx 10", "Zyx 11"],
        )

    def test_who_has_no_dashboard_finds_nobody(self):
        for groups in ("base.group_portal", "base.group_user"):
            user = self._create_user(groups.replace(".", "_"), groups)
            with self.assertRaises(AccessError):
                self._find("zyx", user=user)

    def test_what_is_no_text_is_refused(self):
        for text in (None, 7, ["zyx"], {"a": 1}, True):
            with self.subTest(text=text), self.assertRaises(ValidationError):
                self._find(text)

    def test_takes_as_many_queries_for_many_as_for_one(self):
        counts = []
        for number in (1, 7):
            many = [
                self._create_customer(f"Wvu {number} {place}")
                for place in range(number)
            ]
            self._create_orders([(customer, "2026-11-02", 1) for customer in many])
            for _time in range(2):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                self.assertEqual(len(self._find(f"wvu {number}")), number)
                count = self.env.cr.sql_log_count - before
            counts.append(count)
        self.assertEqual(counts[0], counts[1])
