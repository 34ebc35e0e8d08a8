# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date

from odoo.tests import TransactionCase, tagged

from ..tiles.period import COMPARISONS, PERIODS, make_facet, make_period


@tagged("post_install", "-at_install")
class TestPeriod(TransactionCase):
    """Which days a period and the one it is compared with are, by hand."""

    def _check(self, key, comparison, today, own, other):
        """Compare a period's days; each is (start, until, end)."""
        period = make_period(key, comparison, date.fromisoformat(today))
        found = (period.start, period.until, period.end)
        self.assertEqual([str(day) for day in found], own.split())
        found = (period.before_start, period.before_until, period.before_end)
        self.assertEqual([str(day) for day in found], other.split())

    def test_month(self):
        self._check(
            "month",
            "before",
            "2026-11-21",
            "2026-11-01 2026-11-22 2026-12-01",
            "2026-10-01 2026-10-22 2026-11-01",
        )
        self._check(
            "month",
            "year",
            "2026-11-21",
            "2026-11-01 2026-11-22 2026-12-01",
            "2025-11-01 2025-11-22 2025-12-01",
        )

    def test_31st_against_30_days_is_the_whole_month(self):
        self._check(
            "month",
            "before",
            "2026-10-31",
            "2026-10-01 2026-11-01 2026-11-01",
            "2026-09-01 2026-10-01 2026-10-01",
        )

    def test_29_february(self):
        self._check(
            "month",
            "year",
            "2028-02-29",
            "2028-02-01 2028-03-01 2028-03-01",
            "2027-02-01 2027-03-01 2027-03-01",
        )
        # 28 February has the day after it in the leap year before: not the same days
        self._check(
            "month",
            "year",
            "2029-02-28",
            "2029-02-01 2029-03-01 2029-03-01",
            "2028-02-01 2028-02-29 2028-03-01",
        )
        # 1 March is the 61st day of the one year and the 60th of the other
        self._check(
            "year",
            "before",
            "2028-03-01",
            "2028-01-01 2028-03-02 2029-01-01",
            "2027-01-01 2027-03-02 2028-01-01",
        )

    def test_quarter_over_the_end_of_the_year(self):
        self._check(
            "quarter",
            "before",
            "2027-02-14",
            "2027-01-01 2027-02-15 2027-04-01",
            "2026-10-01 2026-11-15 2027-01-01",
        )
        self._check(
            "last_quarter",
            "before",
            "2027-02-14",
            "2026-10-01 2027-01-01 2027-01-01",
            "2026-07-01 2026-10-01 2026-10-01",
        )
        self._check(
            "last_quarter",
            "year",
            "2027-02-14",
            "2026-10-01 2027-01-01 2027-01-01",
            "2025-10-01 2026-01-01 2026-01-01",
        )

    def test_same_days_of_a_quarter_are_those_of_its_months(self):
        # the 92nd day against the 90th: May 31 stands beside February 28
        self._check(
            "quarter",
            "before",
            "2027-05-31",
            "2027-04-01 2027-06-01 2027-07-01",
            "2027-01-01 2027-03-01 2027-04-01",
        )

    def test_a_period_that_is_over_is_compared_as_a_whole(self):
        self._check(
            "last_month",
            "before",
            "2026-03-05",
            "2026-02-01 2026-03-01 2026-03-01",
            "2026-01-01 2026-02-01 2026-02-01",
        )
        self._check(
            "last_month",
            "year",
            "2029-03-05",
            "2029-02-01 2029-03-01 2029-03-01",
            "2028-02-01 2028-03-01 2028-03-01",
        )
        self._check(
            "last_year",
            "before",
            "2027-01-01",
            "2026-01-01 2027-01-01 2027-01-01",
            "2025-01-01 2026-01-01 2026-01-01",
        )

    def test_options_of_a_date_filter(self):
        today = date(2027, 1, 15)
        for start, months, option in (
            ("2027-01-01", 1, "month"),
            ("2026-12-01", 1, "month-1"),
            ("2026-02-01", 1, "month-11"),
            ("2026-01-01", 1, "year-1,month"),
            ("2025-12-01", 1, "year-2,month-1"),
            ("2027-01-01", 3, "year,first_quarter"),
            ("2026-10-01", 3, "year-1,fourth_quarter"),
            ("2027-01-01", 12, "year"),
            ("2025-01-01", 12, "year-2"),
        ):
            start = date.fromisoformat(start)
            self.assertEqual(make_facet(start, months, today), option)

    def test_names(self):
        for key, comparison, today, names in (
            ("month", "before", "2026-11-21", ("November", "October", "Oct 1 – 21")),
            (
                "month",
                "year",
                "2026-11-21",
                ("November", "November 2025", "Nov 1 – 21, 2025"),
            ),
            (
                "last_month",
                "before",
                "2027-01-05",
                ("December", "November", "November"),
            ),
            ("quarter", "before", "2026-11-21", ("Q4", "Q3", "Jul 1 – Aug 21")),
            (
                "quarter",
                "year",
                "2026-11-21",
                ("Q4", "Q4 2025", "Oct 1 – Nov 21, 2025"),
            ),
            ("last_quarter", "before", "2027-02-01", ("Q4 2026", "Q3 2026", "Q3 2026")),
            ("year", "before", "2026-11-21", ("2026", "2025", "Jan 1 – Nov 21, 2025")),
        ):
            period = make_period(key, comparison, date.fromisoformat(today))
            found = (
                period.get_name(self.env),
                period.get_before_name(self.env),
                period.get_same_days(self.env),
            )
            with self.subTest(key=key, comparison=comparison):
                plain = tuple(each.replace("\u2009", " ") for each in found)
                self.assertEqual(plain, names)

    def test_the_last_step_counts_all(self):
        """A line ends where the period and the other one end, however long they are."""
        for day in ("2026-10-31", "2027-02-28", "2028-02-29", "2027-03-31"):
            today = date.fromisoformat(day)
            for key in PERIODS:
                for comparison in COMPARISONS:
                    period = make_period(key, comparison, today)
                    steps = period.get_steps()
                    own = [step.until for step in steps if step.until]
                    others = [day for *_rest, day in steps if day]
                    with self.subTest(day=day, key=key, comparison=comparison):
                        self.assertEqual(own[-1], period.until)
                        self.assertEqual(others[-1], period.before_end)
                        self.assertEqual(own, sorted(own))
                        self.assertEqual(others, sorted(others))
                        self.assertLessEqual(len(steps), 31)

    def test_steps_of_a_month_against_a_shorter_one(self):
        steps = make_period("month", "before", date(2026, 3, 30)).get_steps()
        self.assertEqual([step.number for step in steps], list(range(1, 32)))
        by_number = {step.number: step for step in steps}
        self.assertEqual(by_number[28].before_until, date(2026, 3, 1))
        self.assertIsNone(by_number[29].before_until)
        self.assertEqual(by_number[30].until, date(2026, 3, 31))
        self.assertIsNone(by_number[31].until)
