# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from contextlib import contextmanager
from unittest.mock import patch

from odoo.sql_db import Cursor
from odoo.tests import tagged
from odoo.tools import SQL

from .missing_order_common import MissingOrderCase

BADGE = {"crm_rfm_segment": {}, "crm_metric_id": {}}
ENGAGEMENTS = ("mail_message", "calendar_event")


@tagged("post_install", "-at_install")
class TestSqlFields(MissingOrderCase):
    """Reading evaluates what is asked for, by one query."""

    def setUp(self):
        super().setUp()
        partners = self.env["res.partner"].union(*self.customers.values())
        self.partners = partners.with_env(self._as(self.manager))
        self.metrics = self._get_metrics(*self.customers).with_env(self.partners.env)
        # What is known for a while, such as the rules, is not asked for again.
        for records in (self.partners, self.metrics):
            records.read(["display_name"])

    @contextmanager
    def _queries(self):
        """Give the list of the queries that are run meanwhile."""
        self.env.flush_all()
        self.env.invalidate_all()
        seen = []
        execute = Cursor.execute

        def watch(cursor, query, params=None, log_exceptions=True):
            seen.append(query.code if isinstance(query, SQL) else query)
            return execute(cursor, query, params, log_exceptions)

        with patch.object(Cursor, "execute", watch):
            yield seen

    def _about_metrics(self, queries):
        return [query for query in queries if "crm_customer_metric" in query]

    def _check_reads_no_engagement(self, queries):
        for query in queries:
            for table in ENGAGEMENTS:
                self.assertNotIn(table, query)

    def test_badge_is_read_by_one_query_without_engagements(self):
        with self._queries() as queries:
            values = self.partners.web_read(
                {"crm_rfm_segment": {}, "crm_metric_id": {}}
            )
        self.assertTrue(all(each["crm_rfm_segment"] for each in values))
        self.assertEqual(len(self._about_metrics(queries)), 1)
        self._check_reads_no_engagement(queries)

    def test_segment_of_one_record_is_read_by_one_query_for_all(self):
        with self._queries() as queries:
            segments = [partner.crm_rfm_segment for partner in self.partners]
        self.assertTrue(all(segments))
        self.assertEqual(len(self._about_metrics(queries)), 1)
        self._check_reads_no_engagement(queries)

    def test_difference_is_read_without_engagements(self):
        with self._queries() as queries:
            self.metrics.web_read({"trend_difference": {}})
        (query,) = (query for query in queries if '"trend_this_year" - ' in query)
        self._check_reads_no_engagement(queries)
        self.assertNotIn("sale_order", query)

    def test_columns_of_a_list_are_read_by_one_query(self):
        names = (
            "crm_rfm_segment",
            "crm_order_value",
            "crm_days_overdue",
            "crm_last_engagement_date",
            "crm_projected_month_value",
        )
        with self._queries() as queries:
            values = self.partners.web_read({name: {} for name in names})
        late = self.customers["Late"].id
        (row,) = (each for each in values if each["id"] == late)
        self.assertEqual((row["crm_order_value"], row["crm_days_overdue"]), (600, 26))
        asked, read = self._about_metrics(queries)
        self.assertIn("order_fingerprint", asked)  # whose orders are others by now
        self.assertIn("night_engagement_date", read)

    def test_what_is_not_asked_for_is_still_right(self):
        late = self.customers["Late"].with_env(self.partners.env)
        late.web_read({"crm_rfm_segment": {}})
        self.assertEqual(late.crm_days_overdue, 26)
        self.assertTrue(late.crm_is_missing)
        self.assertEqual(late.crm_order_value, 600)
        self.assertFalse(late.crm_last_engagement_date)
        self.assertTrue(late.crm_needs_engagement)

    def test_new_record_has_none(self):
        partner = self.env["res.partner"].new({"name": "New"})
        self.assertFalse(partner.crm_rfm_segment)
        self.assertEqual(partner.crm_order_value, 0)
        known = self.partners.new(origin=self.customers["Late"])
        self.assertEqual(known.crm_days_overdue, 26)

    def test_value_follows_what_it_is_made_from(self):
        order = self._create_order(self.customers["Late"], "2026-11-20", 100)
        self.assertEqual(order.crm_base_net_value, 100)
        order.order_line.price_unit = 130
        self.assertEqual(order.crm_base_net_value, 130)
        self.assertEqual(order.order_line.crm_base_net_value, 130)
