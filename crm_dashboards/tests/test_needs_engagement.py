# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .engagement_common import EngagementCase
from .search_view import SearchView
from .workbook_common import WorkbookCase

CODE = "needs_engagement"
EVERYONE = {"account_manager": "all"}


class NeedsEngagementCase(EngagementCase):
    """Customers engaged 5, 30, 31 and 400 days ago, and one never."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        both = cls.company | cls.sister
        (cls.manager | cls.seller).company_ids = both
        cls.customers = {"Azure": cls.customer}
        for name, manager in (
            ("Month", cls.seller),
            ("Late", cls.seller),
            ("Ages", cls.colleague),
            ("Never", None),
        ):
            cls.customers[name] = cls._create_customer(name, manager)
        cls.person = cls._create_customer("Person", cls.seller, is_company=False)
        cls._create_order(cls.person, "2026-11-01", 10)
        cls._refresh()
        cls._refresh(cls.sister)
        for name, date in (
            ("Azure", "2026-11-16 09:00:00"),
            ("Month", "2026-10-22 00:00:00"),
            ("Late", "2026-10-21 23:59:59"),
            ("Ages", "2025-10-17 09:00:00"),
        ):
            cls._log_call(cls.customers[name], date)

    @classmethod
    def _log_call(cls, customer, date):
        customer.with_user(cls.manager).message_post(
            body="Talk", mail_activity_type_id=cls.call.id, date=date
        )
        cls.env.invalidate_all()  # what was read before was read by another request

    def _get_rows(self, **viewer):
        tile = self._get_tile(CODE, **viewer)
        return self._get_block(tile, "rows")["rows"]

    def _get_names(self, **viewer):
        return [row["title"] for row in self._get_rows(**viewer)]

    def _open_report(self, drill=False, user=None, scope=None, companies=None):
        tile = self._as(user or self.manager, companies)["crm.dashboard.tile"]
        return tile.open_report(CODE, scope or EVERYONE, drill)

    def _get_report(self, **viewer):
        viewer_env = self._as(viewer.get("user", self.manager), viewer.get("companies"))
        return SearchView(viewer_env, self._open_report(**viewer))


@tagged("post_install", "-at_install")
class TestTile(NeedsEngagementCase):
    def test_most_recently_spoken_to_come_first_and_never_last(self):
        """30 days ago is not more than 30 days; a person is no ledger customer."""
        late, ages, never = self._get_rows()
        self.assertEqual(
            [late["title"], ages["title"], never["title"]], ["Late", "Ages", "Never"]
        )
        self.assertEqual(late["subtitle"], "Call · Oct 21")
        self.assertEqual(late["cell"], {"value": 31, "unit": "days"})
        self.assertEqual(ages["subtitle"], "Call · Oct 17, 2025")
        self.assertEqual(ages["cell"], {"value": 400, "unit": "days"})
        self.assertEqual(never["subtitle"], "never")
        self.assertFalse(never["cell"]["value"])
        self.assertEqual(late["avatar"]["name"], self.seller.name)
        self.assertEqual(never["avatar"]["name"], "Unassigned")

    def test_note_tells_how_many_and_since_when(self):
        note = self._get_block(self._get_tile(CODE), "note")
        self.assertEqual(note["text"], "3 · more than 30 days")

    def test_days_are_a_setting(self):
        self.company.crm_engagement_days = 5
        self.assertEqual(self._get_names(), ["Month", "Late", "Ages", "Never"])
        self.company.crm_engagement_days = 4
        self.assertEqual(self._get_names()[0], "Azure")
        self.company.crm_engagement_days = 400
        self.assertEqual(self._get_names(), ["Never"])

    def test_what_is_logged_counts_at_once(self):
        self._log_call(self.customers["Never"], "2026-11-21 11:00:00")
        self.assertEqual(self._get_names(), ["Late", "Ages"])
        self._log_call(self.customers["Ages"], "2026-10-01 11:00:00")
        self.assertEqual(self._get_names(), ["Late", "Ages"])
        self.assertEqual(self._get_rows()[1]["cell"]["value"], 51)

    def test_without_anybody_it_says_why(self):
        for customer in self.customers.values():
            self._log_call(customer, "2026-11-20 09:00:00")
        tile = self._get_tile(CODE)
        self.assertEqual(tile["state"], "empty")
        self.assertIn("30 days", tile["message"])
        tile = self._get_tile(CODE, scope={"account_manager": self.manager.id})
        self.assertTrue(
            tile["message"].startswith(
                "None of the company's customers is assigned to Manager."
            )
        )

    def test_five_rows_at_most(self):
        for number in range(6):
            self._create_customer(f"More {number}", self.seller)
        self._refresh()
        self.assertEqual(len(self._get_rows()), 5)
        note = self._get_block(self._get_tile(CODE), "note")
        self.assertEqual(note["text"].split()[0], "9")

    def test_badge_is_that_of_the_customer(self):
        orders = [
            (customer, f"2026-0{month}-10", 100)
            for month, customer in enumerate(self.customers.values(), start=1)
        ]
        self._create_orders(orders)
        self._refresh()
        for row in self._get_rows():
            metric = self.env["crm.customer.metric"].browse(row["id"])
            self.assertEqual(row["badge"]["segment"], metric.segment)


@tagged("post_install", "-at_install")
class TestOneNumber(NeedsEngagementCase, WorkbookCase):
    """Tile, report and its workbook show the same customers, whoever looks."""

    def test_whoever_looks_at_whose_customers(self):
        seen = {
            "all": ["Late", "Ages", "Never"],
            "me": [],
            "none": ["Never"],
            self.seller.id: ["Late"],
            self.colleague.id: ["Ages"],
        }
        for account_manager, names in seen.items():
            with self.subTest(account_manager=account_manager):
                self._check(names, scope={"account_manager": account_manager})

    def test_salesperson_sees_own_customers(self):
        self._check(["Late"], user=self.seller)

    def test_second_company_has_engagements_of_its_own(self):
        """A call on an order of one company is none of the other's."""
        never = self.customers["Never"]
        order = self._create_order(never, "2026-11-19", 10)
        self._log_call(order, "2026-11-20 09:00:00")
        self._check(["Late", "Ages"])
        self._check(["Late", "Ages", "Never"], companies=self.sister | self.company)
        self._check(["Late"], user=self.seller, companies=self.sister)

    def test_viewer_s_zone_moves_nobody(self):
        """Days follow the zone of figures: 23:59:59 is the next day in Tokyo."""
        self.manager.tz = "Asia/Tokyo"
        self._check(["Late", "Ages", "Never"])

    def test_zone_of_figures_moves_the_day(self):
        self.company.crm_figures_tz = "Asia/Tokyo"  # there, Late was on the 22nd
        self._check(["Ages", "Never"])

    def _check(self, names, **viewer):
        tile = self._get_tile(CODE, **viewer)
        search = self._get_report(**viewer)
        report = search.search()
        ordered = report.sorted(lambda metric: names.index(metric.partner_id.name))
        self.assertEqual(ordered.partner_id.mapped("name"), names)
        if not names:
            self.assertEqual(tile["state"], "empty")
            return
        rows = self._get_block(tile, "rows")["rows"]
        self.assertEqual([row["title"] for row in rows], names)
        self.assertEqual([row["id"] for row in rows], ordered.ids)
        for row, metric in zip(rows, ordered, strict=True):
            days = metric.last_engagement_date and metric.days_since_engagement
            self.assertEqual(row["cell"]["value"], days)
        note = self._get_block(tile, "note")
        self.assertEqual(note["text"].split()[0], str(len(names)))
        self._check_workbook(names, search, **viewer)

    def _check_workbook(self, names, search, user=None, scope=None, companies=None):
        """The list's button sends the list's domain."""
        content = self._export_report(
            CODE, user, companies, domain=list(search.get_domain())
        )
        records = self._read_records(self._open(content)["Needs Engagement"])
        self.assertEqual([record["Customer"] for record in records], names)

    def test_report_s_facet_can_be_taken_away(self):
        action = self._open_report(scope={"account_manager": "me"})
        self.assertEqual(
            [tuple(term) for term in action["domain"]],
            [("company_id", "=", self.company.id)],
        )
        self.assertEqual(action["context"]["search_default_needs_engagement"], 1)
        self.assertEqual(action["context"]["search_default_my_customers"], 1)
        self.assertEqual(action["context"]["crm_dashboards_report"], CODE)

    def test_note_opens_the_report_and_a_row_its_customer(self):
        note = self._get_block(self._get_tile(CODE), "note")
        self.assertEqual(
            self._open_report(note["drill"])["res_model"], "crm.customer.metric"
        )
        row = self._get_rows()[0]
        action = self._open_report(row["drill"])
        self.assertEqual(action["res_model"], "res.partner")
        self.assertEqual(action["res_id"], self.customers["Late"].id)

    def test_row_of_a_customer_deleted_meanwhile_says_so(self):
        metric = self._get_metric(self.customers["Late"])
        drill = {"key": "customer", "value": metric.id}
        metric.sudo().unlink()
        with self.assertRaisesRegex(ValidationError, "any more"):
            self._open_report(drill)

    def test_no_ids_are_refused(self):
        tile = self._as(self.manager)["crm.dashboard.tile"]
        for odd in (0, -1, 2**31, True, "1"):
            with self.subTest(odd=odd), self.assertRaises(ValidationError):
                self._open_report({"key": "customer", "value": odd})
            with self.subTest(odd=odd), self.assertRaises(ValidationError):
                tile.run_row_action(CODE, "log_engagement", odd)

    def test_other_drills_are_refused(self):
        for drill in (
            {"key": "customer", "value": True},
            {"key": "customer", "value": "1"},
            {"key": "all", "value": 7},
            {"key": "segment", "value": "champions"},
        ):
            with self.assertRaises(ValidationError):
                self._open_report(drill)

    def test_row_of_somebody_else_s_customer_stays_closed(self):
        metric = self._get_metric(self.customers["Ages"])
        drill = {"key": "customer", "value": metric.id}
        with self.assertRaises(AccessError):
            self._open_report(drill, user=self.seller)


@tagged("post_install", "-at_install")
class TestPartnerFields(NeedsEngagementCase):
    def _partners(self, user=None):
        ids = [customer.id for customer in self.customers.values()] + [self.person.id]
        return self._as(user or self.manager)["res.partner"].browse(ids)

    def test_last_engagement_is_read(self):
        late = self.customers["Late"].with_env(self._as(self.manager))
        self.assertEqual(str(late.crm_last_engagement_date), "2026-10-21 23:59:59")
        self.assertEqual(late.crm_last_engagement_type_id, self.call)
        self.assertEqual(late.crm_last_engagement_user_id, self.manager)
        self.assertTrue(late.crm_needs_engagement)
        never = self.customers["Never"].with_env(late.env)
        self.assertFalse(never.crm_last_engagement_date)
        self.assertTrue(never.crm_needs_engagement)

    def test_last_engagement_is_searched_sorted_and_grouped(self):
        partners = self._partners()
        among = [("id", "in", partners.ids)]
        found = partners.search(
            [*among, ("crm_needs_engagement", "=", True)],
            order="crm_last_engagement_date desc, id",
        )
        self.assertEqual(found.mapped("name"), ["Late", "Ages", "Never"])
        unset = partners.search([*among, ("crm_last_engagement_date", "=", False)])
        self.assertEqual(set(unset.mapped("name")), {"Never", "Person"})
        groups = partners.formatted_read_group(
            among, ["crm_last_engagement_type_id"], ["__count"]
        )
        counts = {
            group["crm_last_engagement_type_id"]: group["__count"] for group in groups
        }
        self.assertEqual(counts, {(self.call.id, "Call"): 4, False: 2})

    def test_who_has_no_figures_needs_nothing(self):
        """A contact and a newcomer have no row of figures."""
        newcomer = self._create_customer("Newcomer", self.seller)
        for partner in (newcomer, self.contact, self.person):
            with self.subTest(partner=partner.name):
                partner = partner.with_env(self._as(self.manager))
                self.assertFalse(partner.crm_needs_engagement)
                found = partner.search(
                    [("id", "=", partner.id), ("crm_needs_engagement", "=", True)]
                )
                self.assertFalse(found)

    def test_salesperson_sees_own_customers_only(self):
        partners = self._partners(self.seller)
        found = partners.search(
            [("id", "in", partners.ids), ("crm_needs_engagement", "=", True)]
        )
        self.assertEqual(found.mapped("name"), ["Late"])
        ages = self.customers["Ages"].with_env(partners.env)
        self.assertFalse(ages.crm_last_engagement_date)
