# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date, datetime, timedelta

import pytz
from psycopg2.extras import execute_values

from odoo.tests import TransactionCase, tagged

from ..nightly.periods import (
    Zone,
    get_day_start,
    get_figures_zone,
    get_viewer_zone,
    get_zone_today,
)

CHANGING_AT_MIDNIGHT = (
    "Africa/Cairo",
    "America/Asuncion",
    "America/Havana",
    "America/Santiago",
    "America/Sao_Paulo",
    "Asia/Amman",
    "Asia/Beirut",
    "Asia/Damascus",
    "Atlantic/Azores",
    "Australia/Lord_Howe",
    "Pacific/Apia",
)


@tagged("post_install", "-at_install")
class TestPeriods(TransactionCase):
    """Days begin where PostgreSQL says: ten years to the next one."""

    YEARS = range(2018, 2028)

    def _find_disagreements(self, days):
        """Return the (zone, day) whose start is not its first moment to PostgreSQL.

        :param days: list of (zone, day)
        """
        zones = {name: Zone(self.env, name) for name in {name for name, _day in days}}
        self.env.cr.execute(
            "CREATE TEMPORARY TABLE day_start (zone text, day date, start timestamp)"
        )
        execute_values(
            self.env.cr._obj,
            "INSERT INTO day_start VALUES %s",
            [(name, day, get_day_start(zones[name], day)) for name, day in days],
            page_size=10000,
        )
        self.env.cr.execute(
            """
            SELECT zone, day
              FROM day_start
             WHERE timezone(zone, timezone('UTC', start)) < day
                OR timezone(zone, timezone('UTC', start - INTERVAL '1 second')) >= day
            """
        )
        return self.env.cr.fetchall()

    def test_every_first_of_a_month_in_every_zone(self):
        firsts = [date(year, month, 1) for year in self.YEARS for month in range(1, 13)]
        days = [(name, day) for name in pytz.all_timezones for day in firsts]
        self.assertGreater(len(days), 70000)
        self.assertFalse(self._find_disagreements(days))

    def test_every_day_where_clocks_change_at_midnight(self):
        first, last = date(self.YEARS[0], 1, 1), date(self.YEARS[-1], 12, 31)
        days = [
            (name, first + timedelta(days=ahead))
            for name in CHANGING_AT_MIDNIGHT
            for ahead in range((last - first).days + 1)
        ]
        self.assertFalse(self._find_disagreements(days))

    def test_day_with_two_midnights_begins_with_the_first(self):
        # Havana, 1 November 2026: at 01:00 (05:00 UTC) it becomes 00:00 again
        havana = Zone(self.env, "America/Havana")
        day = date(2026, 11, 1)
        self.assertEqual(get_day_start(havana, day), datetime(2026, 11, 1, 4))
        for moment, expected in (
            (datetime(2026, 11, 1, 3, 59, 59), date(2026, 10, 31)),
            (datetime(2026, 11, 1, 4), day),
            (datetime(2026, 11, 1, 5), day),
            (datetime(2026, 11, 2, 5), date(2026, 11, 2)),
        ):
            self.assertEqual(get_zone_today(havana, moment), expected)

    def test_day_without_midnight_begins_at_one_o_clock(self):
        # Cairo, 26 April 2024: 00:00 does not exist, clocks go from 22:00 UTC to 01:00
        cairo = Zone(self.env, "Africa/Cairo")
        start = datetime(2024, 4, 25, 22)
        self.assertEqual(get_day_start(cairo, date(2024, 4, 26)), start)
        self.assertEqual(get_zone_today(cairo, start), date(2024, 4, 26))
        before = start - timedelta(seconds=1)
        self.assertEqual(get_zone_today(cairo, before), date(2024, 4, 25))

    def test_day_that_never_was_is_empty(self):
        # Apia went from 29 to 31 December 2011
        apia = Zone(self.env, "Pacific/Apia")
        moment = datetime(2011, 12, 30, 10)
        self.assertEqual(get_day_start(apia, date(2011, 12, 30)), moment)
        self.assertEqual(get_day_start(apia, date(2011, 12, 31)), moment)
        self.assertEqual(get_zone_today(apia, moment), date(2011, 12, 31))

    def test_unknown_zone_falls_back_as_odoo_does(self):
        self.env.user.tz = "Asia/Tokyo"
        for tz in ("Nowhere/Atlantis", "'; --", "\0", 5, ["UTC"], ("UTC",), {}):
            env = self.env(context={"tz": tz})
            expected = env.tz.zone
            with self.subTest(tz=tz):
                self.assertEqual(get_viewer_zone(env).name, expected)
        self.assertEqual(
            get_viewer_zone(self.env(context={"tz": False})).name, "Asia/Tokyo"
        )

    def test_unknown_zone_of_a_company_counts_as_utc(self):
        company = self.env.company
        self.env.cr.execute(
            "UPDATE res_company SET crm_figures_tz = 'Nowhere' WHERE id = %s",
            [company.id],
        )
        company.invalidate_recordset()
        self.assertEqual(get_figures_zone(company).name, "UTC")
