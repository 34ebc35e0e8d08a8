# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .search_view import open_report
from .workbook_common import WorkbookCase

MODEL = "crm.segment.month"
AUGUST, SEPTEMBER, OCTOBER = date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31)


@tagged("post_install", "-at_install")
class TestSegmentMonths(WorkbookCase):
    """Three month ends of the company, one of its sister; today is 21 November."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager.company_ids = cls.company | cls.sister
        for user in (cls.manager, cls.seller):
            user.group_ids += cls.env.ref("base.group_allow_export")
        cls.mine = cls._create_customer("Mine", cls.seller)
        cls.theirs = cls._create_customer("Theirs", cls.colleague)
        cls.late = cls._create_customer("Late", cls.colleague)
        cls._create_order(cls.mine, "2026-11-02", 100)
        cls._add_month_end(AUGUST, {cls.mine: "loyal", cls.theirs: "at_risk"})
        cls._add_month_end(SEPTEMBER, {cls.mine: "champions", cls.theirs: "at_risk"})
        cls._add_month_end(
            OCTOBER,
            {cls.mine: "about_to_sleep", cls.late: "new", cls.theirs: False},
        )
        cls._add_month_end(OCTOBER, {cls.theirs: "hibernating"}, cls.sister)
        cls._refresh()

    @classmethod
    def _add_month_end(cls, day, segments, company=None):
        company = company or cls.company
        return cls.env["crm.month.end"].create(
            {
                "company_id": company.id,
                "currency_id": company.currency_id.id,
                "date": day,
                "as_of": "2026-11-21 02:00:00",
                "settings": {"zone": "UTC"},
                "line_ids": [
                    (
                        0,
                        0,
                        {
                            "partner_id": customer.id,
                            "recorded_partner_id": customer.id,
                            "segment": segment,
                            "due_amount": 7,
                        },
                    )
                    for customer, segment in segments.items()
                ],
            }
        )

    def _get_rows(self, user, companies=None):
        rows = self._as(user, companies)[MODEL].search([], order="date, id")
        return [
            (row.date, row.partner_id.name, row.segment_before, row.segment)
            for row in rows
        ]

    def test_segments_and_those_of_the_month_before(self):
        self.assertEqual(
            self._get_rows(self.manager),
            [
                (AUGUST, "Mine", False, "loyal"),
                (AUGUST, "Theirs", False, "at_risk"),
                (SEPTEMBER, "Mine", "loyal", "champions"),
                (SEPTEMBER, "Theirs", "at_risk", "at_risk"),
                (OCTOBER, "Mine", "champions", "about_to_sleep"),
                (OCTOBER, "Late", False, "new"),
            ],
        )

    def test_who_moved_where(self):
        groups = self._as(self.manager)[MODEL]._read_group(
            [("direction", "!=", False)],
            ["segment_before", "segment", "direction"],
            ["__count"],
        )
        self.assertEqual(
            groups,
            [
                ("champions", "about_to_sleep", "down", 1),
                ("loyal", "champions", "up", 1),
            ],
        )

    def test_month_that_was_not_kept_is_no_month_before(self):
        self.env["crm.month.end"].search(
            [("company_id", "=", self.company.id), ("date", "=", SEPTEMBER)]
        ).unlink()
        rows = {row[0]: row[2] for row in self._get_rows(self.seller)}
        self.assertEqual(rows, {AUGUST: False, OCTOBER: False})

    def test_own_customers_only(self):
        self.assertEqual(
            {name for _day, name, *_segments in self._get_rows(self.seller)}, {"Mine"}
        )

    def test_each_company_by_itself(self):
        self.assertEqual(
            self._get_rows(self.manager, self.sister),
            [(OCTOBER, "Theirs", False, "hibernating")],
        )

    def test_strangers_are_refused(self):
        internal = self._create_user("internal", "base.group_user")
        with self.assertRaises(AccessError):
            self._as(internal)[MODEL].search([])
        for user in (self.manager, self.seller):
            with self.assertRaises(AccessError):
                self._as(user)[MODEL].search([], limit=1).write({"segment": "new"})

    def test_merged_customers_stay_two_in_the_months_before(self):
        """Each goes on from its own segment; the lines are one customer's now."""
        self.env["crm.month.end.line"].search(
            [("partner_id", "=", self.theirs.id)]
        ).partner_id = self.mine
        september = [
            row[2:] for row in self._get_rows(self.seller) if row[0] == SEPTEMBER
        ]
        self.assertEqual(september, [("loyal", "champions"), ("at_risk", "at_risk")])

    # ------------------------------------------------------------------
    # From the tile, and to Excel
    # ------------------------------------------------------------------

    def _get_link(self, user=None):
        tile = self._get_tile("rfm", user, {"account_manager": "all"})
        links = [
            (block["text"], block["link"]["drill"])
            for block in self._get_blocks(tile, "text")
            if block["link"]
        ]
        return links[0] if links else None

    def _add_ranked(self):
        for number in range(5):
            customer = self._create_customer(f"Other {number}", self.seller)
            self._create_order(customer, f"2026-{6 + number:02}-02", 10 + number)
        self._refresh()
        self.env.invalidate_all()

    def test_tile_leads_there_once_a_month_has_ended(self):
        self._add_ranked()
        refresh = self.env["crm.metric.refresh"]._get_last(self.company)
        for since, words in (
            ("2026-11-21", None),  # the first month ends in nine days
            ("2026-11-08", None),
            ("2026-11-07", "How they changed since Oct 31:"),  # October was open yet
            ("2026-10-08", "How they changed since Oct 31:"),
            ("2026-10-07", "How they changed since Sep 30:"),
        ):
            refresh.recorded_since = since
            link = self._get_link()
            self.assertEqual(link and link[0], words, since)
        env = self._as(self.manager)
        report = open_report(env, "rfm", {"account_manager": "all"}, link[1])
        self.assertEqual(report.model._name, MODEL)
        self.assertEqual(len(report.search()), 6)
        report = open_report(env, "rfm", {"account_manager": "me"}, link[1])
        self.assertFalse(report.search())  # none is the manager's own

    def test_workbook(self):
        self.env["crm.metric.refresh"]._get_last(
            self.company
        ).recorded_since = "2026-08-20"
        content = self._export_report("segment_months", self.seller)
        sheet = self._open(content).worksheets[0]
        texts = [str(cell.value) for row in sheet.iter_rows() for cell in row]
        self.assertIn("Kept at the end of each month, since Aug 31.", texts)
        self.assertEqual(texts.count("Mine"), 3)
        self.assertNotIn("Theirs", texts)
