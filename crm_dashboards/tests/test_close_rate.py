# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import NOW
from .search_view import open_report
from .test_close_rate_outcome import OutcomeCase
from .workbook_common import WorkbookCase

PERIODS = ("this_month", "last_month", "last_90_days")
FIGURES = ("__count", "expected_revenue:sum", "crm_close_rate:avg")
SHEET = "Closed Opportunities"


@freeze_time(NOW)
class CloseRateCase(WorkbookCase, OutcomeCase):
    """Opportunities of three account managers in two companies; it is 21 November."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        both = cls.company | cls.sister
        for user in (cls.manager, cls.seller, cls.colleague):
            user.company_ids = both
        cls.env["crm.team"].create(
            {
                "name": "North",
                "company_id": False,
                "user_id": cls.manager.id,
                "member_ids": [(4, cls.seller.id)],
            }
        )
        cls.mine = cls._create_customer("Mine", cls.seller)
        cls.buyer = cls.env["res.partner"].create(
            {"name": "Buyer", "parent_id": cls.mine.id}
        )
        cls.theirs = cls._create_customer("Theirs", cls.colleague)
        cls.nobodys = cls._create_customer("Nobody's")
        for company, factor in ((cls.company, 1), (cls.sister, 10)):
            cls._create_pipeline(company, factor)

    @classmethod
    def _create_pipeline(cls, company, factor):
        def values(name, customer, revenue, user):
            return {
                "name": name,
                "partner_id": customer and customer.id,
                "expected_revenue": revenue * factor,
                "user_id": user and user.id,
                "company_id": company.id,
            }

        def won(date, *which):
            cls._create_lead(
                cls.signed, probability=100, date_closed=date, **values(*which)
            )

        def lost(date, reason, *which, **others):
            cls._create_lost(date, reason, **values(*which), **others)

        won("2026-11-01 00:00:00", "First second", cls.mine, 100, cls.seller)
        lost("2026-10-31 23:59:59", None, "Last", cls.mine, 200, cls.seller)
        lost("2026-11-10", cls.duplicate, "Twice", cls.buyer, 300, cls.seller)
        won("2026-11-20 10:00:00", "Yesterday", cls.theirs, 400, cls.colleague)
        lost("2026-11-15", cls.price, "Not read", cls.mine, 500, cls.colleague)
        cls._create_lead(
            cls.no_decision,
            date_last_stage_update="2026-11-05",
            **values("Asleep", cls.nobodys, 600, None),
        )
        won("2026-11-18", "No customer", None, 700, cls.seller)
        # 90 days ago with today is 24 August
        won("2026-08-24 00:00:00", "Ninetieth day", cls.mine, 800, cls.seller)
        won("2026-08-23 23:59:59", "Too old", cls.mine, 900, cls.seller)
        # neither closed nor an opportunity
        cls._create_lead(**values("Open", cls.mine, 1000, cls.seller))
        cls._create_lead(
            probability=30,
            active=False,
            date_closed="2026-11-11",
            **values("Archived", cls.mine, 1000, cls.seller),
        )
        lost("2026-11-12", None, "A lead", cls.mine, 1000, cls.seller, type="lead")

    def _get_close_rate(self, period="this_month", user=None, **viewer):
        scope = {"account_manager": viewer.pop("account_manager", "all")}
        scope["tabs"] = {"close_rate": period}
        return self._get_tile("close_rate", user, scope, **viewer)

    def _read_ring(self, tile):
        """Return ({outcome: count}, rate) of the doughnut."""
        ring = self._get_block(tile, "chart")
        counts = {
            point["drill"]["value"]: point["cell"]["value"] for point in ring["points"]
        }
        return counts, ring["center"]["cell"]["value"]


@tagged("post_install", "-at_install")
class TestCloseRate(CloseRateCase):
    def test_counts_and_rate_by_hand(self):
        expected = {
            # First second, Yesterday, No customer; Not read; Twice, Asleep
            "this_month": ((3, 1, 2), 3 / 4),
            "last_month": ((0, 1, 0), 0),
            # and Ninetieth day; Last
            "last_90_days": ((4, 2, 2), 4 / 6),
        }
        for period, (numbers, rate) in expected.items():
            with self.subTest(period=period):
                counts, shown = self._read_ring(self._get_close_rate(period))
                self.assertEqual(tuple(counts.values()), numbers)
                self.assertEqual(list(counts), ["positive", "negative", "neutral"])
                self.assertAlmostEqual(shown, rate)

    def test_tones_are_green_red_and_grey(self):
        ring = self._get_block(self._get_close_rate(), "chart")
        self.assertEqual(
            [(point["label"], point["tone"]) for point in ring["points"]],
            [
                ("Positive", "positive"),
                ("Negative", "negative"),
                ("Neutral", "neutral"),
            ],
        )

    def test_tabs_begin_with_this_month(self):
        for scope in ({}, {"tabs": {"close_rate": "never"}}):
            tile = self._get_tile("close_rate", scope=scope)
            tabs = [(tab["key"], tab["active"]) for tab in tile["tabs"]]
            self.assertEqual(
                tabs,
                [("this_month", True), ("last_month", False), ("last_90_days", False)],
            )

    def test_latest_closed_come_first(self):
        rows = self._get_block(self._get_close_rate(), "rows")["rows"]
        self.assertEqual(
            [(row["title"], row["cell"]["value"], row["cell_note"]) for row in rows],
            [
                ("Yesterday", 400, "Won"),
                ("No customer", 700, "Won"),
                ("Not read", 500, "Lost"),
                ("Twice", 300, "Lost"),
                ("Asleep", 600, "No decision"),
            ],
        )
        self.assertEqual(
            [row["subtitle"] for row in rows],
            [
                "Theirs · yesterday",
                "Nov 18",
                "Mine · Nov 15",
                "Mine · Nov 10",  # the customer of the contact
                "Nobody's · Nov 5",
            ],
        )
        self.assertEqual(
            [row["avatar"] for row in rows[:2]],
            [
                {"user_id": self.colleague.id, "name": "Colleague"},
                {"user_id": self.seller.id, "name": "Seller"},
            ],
        )
        self.assertEqual(rows[4]["avatar"], {"user_id": False, "name": "Unassigned"})
        self.assertEqual(rows[0]["cell"]["currency_id"], self.euro.id)

    def test_scope_follows_the_customer_s_account_manager(self):
        expected = {
            # First second, Twice, Not read of Mine, and what has no customer
            self.seller.id: (2, 1, 1),
            self.colleague.id: (1, 0, 0),
            "none": (0, 0, 1),
            "team": (2, 1, 1),
        }
        for manager, numbers in expected.items():
            with self.subTest(manager=manager):
                tile = self._get_close_rate(account_manager=manager)
                counts, _rate = self._read_ring(tile)
                self.assertEqual(tuple(counts.values()), numbers)

    def test_salesperson_counts_own_documents_and_is_told_so(self):
        tile = self._get_close_rate(user=self.seller)
        counts, rate = self._read_ring(tile)
        self.assertEqual(tuple(counts.values()), (2, 0, 1))
        self.assertEqual(rate, 1)
        self.assertEqual(self._get_words(tile), ["Of the opportunities you may read."])
        self.assertFalse(self._get_words(self._get_close_rate()))

    def test_lead_without_company_counts_for_the_company_that_looks(self):
        self._create_lost("2026-11-20", company_id=False)
        for company in (self.company, self.sister):
            tile = self._get_close_rate(companies=company | self.company)
            counts, _rate = self._read_ring(tile)
            self.assertEqual(counts["negative"], 2)

    def test_days_are_those_of_the_viewer(self):
        self.manager.tz = "Asia/Tokyo"  # 31 October 23:59:59 is November there
        counts, _rate = self._read_ring(self._get_close_rate())
        self.assertEqual(tuple(counts.values()), (3, 2, 2))

    def test_only_neutral_ones_make_no_rate(self):
        counts, rate = self._read_ring(self._get_close_rate(account_manager="none"))
        self.assertEqual(counts, {"positive": 0, "negative": 0, "neutral": 1})
        self.assertIs(rate, False)

    def test_empty_period_says_why_and_keeps_its_tabs(self):
        tile = self._get_close_rate("last_month", account_manager="none")
        self.assertEqual(tile["state"], "empty")
        self.assertEqual(
            tile["message"],
            "No opportunity was closed last month. "
            "Only customers without account manager are shown.",
        )
        self.assertEqual(len(tile["tabs"]), 3)

    def test_reader_of_accounts_has_no_such_tile(self):
        reader = self._create_user(
            "reader", "base.group_user,account.group_account_readonly"
        )
        self.assertIsNone(self._get_close_rate(user=reader))

    def test_portal_and_plain_users_are_refused(self):
        self._check_strangers_are_refused("close_rate")

    def test_takes_few_queries(self):
        self._check_query_count("close_rate", 14)


@tagged("post_install", "-at_install")
class TestCloseRateReport(CloseRateCase):
    """Tile, report and workbook show the same number, whoever looks."""

    def test_manager_sees_one_number(self):
        for manager in ("all", "me", "team", "none", self.seller.id):
            with self.subTest(manager=manager):
                self._check_one_number(self.manager, account_manager=manager)

    def test_salesperson_with_own_documents_sees_one_number(self):
        self._check_one_number(self.seller)

    def test_second_company_sees_one_number(self):
        for companies in (self.sister, self.sister | self.company):
            for user in (self.manager, self.seller):
                with self.subTest(companies=len(companies), user=user.name):
                    self._check_one_number(user, companies=companies)

    def test_viewer_far_from_greenwich_sees_one_number(self):
        for zone in ("Asia/Tokyo", "America/Los_Angeles"):
            self.manager.tz = zone
            self._check_one_number(self.manager)

    def _check_one_number(self, user, account_manager="all", companies=None):
        for period in PERIODS:
            tile = self._get_close_rate(
                period, user, account_manager=account_manager, companies=companies
            )
            scope = {
                "account_manager": account_manager,
                "tabs": {"close_rate": period},
            }
            env = self._as(user, companies)
            report = open_report(env, "close_rate", scope)
            if tile["state"] == "empty":
                self.assertFalse(report.search())
                continue
            counts, rate = self._read_ring(tile)
            figures = report.aggregate(*FIGURES)
            self.assertEqual(figures["__count"], sum(counts.values()))
            self.assertAlmostEqual(figures["crm_close_rate:avg"] or 0, rate or 0)
            self._check_workbook(report, user, companies, figures)
            for outcome, number in counts.items():
                drill = {"key": "outcome", "value": outcome}
                segment = open_report(env, "close_rate", scope, drill)
                self.assertEqual(segment.aggregate("__count")["__count"], number)
                self.assertEqual(
                    set(segment.search().mapped("crm_outcome")),
                    {outcome} if number else set(),
                )

    def _check_workbook(self, report, user, companies, figures):
        content = self._export_report(
            "close_rate", user, companies, domain=report.get_plain_domain()
        )
        sheet = self._open(content)[SHEET]
        rows = self._read_records(sheet, "Outcome Date")
        self.assertEqual(len(rows), figures["__count"])
        revenue = sum(row["Expected Revenue"] or 0 for row in rows)
        self.assertAlmostEqual(revenue, figures["expected_revenue:sum"])
        header, column = self._get_column(sheet, "Expected Revenue", "Outcome Date")
        total = sheet.cell(self._find_row(sheet, "Total"), column).value
        self.assertAlmostEqual(total, figures["expected_revenue:sum"])

    def test_numbers_by_hand(self):
        report = open_report(self._as(self.manager), "close_rate")
        figures = report.aggregate(*FIGURES)
        # 100 + 300 + 400 + 500 + 600 + 700
        self.assertEqual(figures["__count"], 6)
        self.assertEqual(figures["expected_revenue:sum"], 2600)
        self.assertEqual(figures["crm_close_rate:avg"], 0.75)

    def test_only_the_company_is_fixed(self):
        action = self._as(self.manager)["crm.dashboard.tile"].open_report(
            "close_rate",
            {"account_manager": "me", "tabs": {"close_rate": "last_month"}},
        )
        self.assertEqual(
            {term[0] for term in action["domain"] if term != "&"},
            {"company_id", "active"},
        )
        self.assertEqual(
            {
                key: value
                for key, value in action["context"].items()
                if key.startswith("search_default_")
            },
            {
                "search_default_closed": 1,
                "search_default_opportunities": 1,
                "search_default_outcome_date": "month-1",
                "search_default_my_customers": 1,
            },
        )

    def test_report_groups_by_account_manager(self):
        report = open_report(self._as(self.manager), "close_rate")
        groups = report.model.formatted_read_group(
            list(report.get_domain()), ["crm_account_manager_id"], ["__count"]
        )
        self.assertEqual(
            {
                group["crm_account_manager_id"]
                and group["crm_account_manager_id"][1]: (group["__count"])
                for group in groups
            },
            {"Seller": 4, "Colleague": 1, False: 1},
        )

    def test_row_opens_its_opportunity(self):
        row = self._get_block(self._get_close_rate(), "rows")["rows"][0]
        tile = self._as(self.manager)["crm.dashboard.tile"]
        action = tile.open_report("close_rate", {}, row["drill"])
        self.assertEqual(action["res_model"], "crm.lead")
        self.assertEqual(action["res_id"], row["id"])
        self.assertEqual(action["views"], [(False, "form")])

    def test_row_of_another_s_opportunity_is_refused(self):
        lead = self.env["crm.lead"].search(
            [("name", "=", "Yesterday"), ("company_id", "=", self.company.id)]
        )
        tile = self._as(self.seller)["crm.dashboard.tile"]
        with self.assertRaises(AccessError):
            tile.open_report("close_rate", {}, {"key": "lead", "value": lead.id})

    def test_drill_that_the_tile_did_not_declare_is_refused(self):
        tile = self._as(self.manager)["crm.dashboard.tile"]
        for drill in (
            {"key": "outcome", "value": "pending"},
            {"key": "outcome", "value": ["positive"]},
            {"key": "outcome", "value": {}},
            {"key": "outcome", "value": None},
            {"key": "lead", "value": "1"},
            {"key": "lead", "value": True},
            {"key": "stage", "value": 1},
        ):
            with self.subTest(drill=drill), self.assertRaises(ValidationError):
                tile.open_report("close_rate", {}, drill)
