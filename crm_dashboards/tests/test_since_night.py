# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date

import numpy as np

from odoo.tests import tagged
from odoo.tools import SQL

from ..analytics.history import OrderHistory
from ..nightly import since_night
from ..nightly.order_fingerprint import get_fingerprint_sql, get_fingerprints
from .common import NOW
from .missing_order_common import MissingOrderCase

BY_NIGHT = ["Late", "Gone", "Nobody's"]  # by value at risk: of 100, 200 and 50 euros


@tagged("post_install", "-at_install")
class TestOrdersSinceTheNight(MissingOrderCase):
    """However the orders of a customer become others, its alert follows at once.

    What is expected here by hand is what the next night says, too.
    """

    def _check_alerts(self, *names):
        """These customers are missing: on the tile, in the report, among contacts."""
        self.env.flush_all()
        self.assertEqual(set(self._get_alerts()), set(names))
        self.assertEqual(set(self._search_missing()), set(names))
        contacts = self._as(self.manager)["res.partner"].search(
            [("crm_is_missing", "=", True)]
        )
        self.assertEqual(set(contacts.mapped("name")), set(names))

    def _check_alerts_and_night(self, *names):
        self._check_alerts(*names)
        self._refresh()
        self._check_alerts(*names)

    def _search_missing(self):
        metrics = self._as(self.manager)["crm.customer.metric"].search(
            [("is_missing", "=", True)]
        )
        self.assertTrue(all(metrics.mapped("is_missing")))
        return metrics.mapped("partner_id.name")

    def _get_orders(self, name, company=None):
        return self.env["sale.order"].search(
            [
                ("partner_id", "=", self.customers[name].id),
                ("company_id", "=", (company or self.company).id),
            ],
            order="date_order DESC",
        )

    def _get_fresh_metric(self, name):
        self.env.flush_all()
        self.env.invalidate_all()
        return self._get_metric(self.customers[name])

    def test_by_night(self):
        self.assertEqual(set(self._get_alerts()), set(BY_NIGHT))

    # ------------------------------------------------------------------
    # Orders that came
    # ------------------------------------------------------------------

    def test_order_entered_late_answers_the_alert(self):
        self._create_order(self.customers["Late"], "2026-11-19", 100)
        metric = self._get_fresh_metric("Late")
        self.assertFalse(metric.is_overdue)
        self.assertEqual(metric.days_overdue, 0)
        self.assertEqual(metric.last_order_date, date(2026, 11, 19))
        self.assertEqual(metric.expected_order_date, date(2026, 12, 3))
        self._check_alerts_and_night("Gone", "Nobody's")

    def test_order_entered_late_that_is_long_ago_is_the_last_one_of_the_alert(self):
        self._create_order(self.customers["Late"], "2026-10-14", 100)
        for _moment in ("at once", "by night"):
            metric = self._get_fresh_metric("Late")
            # gaps of 14, 14, 14, 14, 14, 2 days: the median stays 14
            self.assertEqual(metric.last_order_date, date(2026, 10, 14))
            self.assertEqual(metric.expected_order_date, date(2026, 10, 28))
            self.assertEqual(metric.days_overdue, 24)
            self.assertEqual(metric.gap_shorter_count, 6)
            self._check_alerts(*BY_NIGHT)
            self._refresh()

    def test_decision_on_such_an_alert_holds(self):
        self._create_order(self.customers["Late"], "2026-10-14", 100)
        action = self._get_fresh_metric("Late").action_not_a_loss()
        self._answer(action, reason="On holiday")
        self._check_alerts_and_night("Gone", "Nobody's")

    def test_order_of_a_day_to_come_answers_nothing_yet(self):
        self._create_order(self.customers["Late"], "2026-12-24", 100)
        self._check_alerts_and_night(*BY_NIGHT)

    def test_order_of_nothing_answers_nothing(self):
        self._create_order(self.customers["Late"], "2026-11-19", 0)
        self._create_order(self.customers["Gone"], "2026-11-19", -20)
        self._check_alerts_and_night(*BY_NIGHT)

    def test_order_in_another_company_answers_nothing(self):
        self._create_order(
            self.customers["Late"], "2026-11-19", 100, company=self.sister
        )
        self._check_alerts_and_night(*BY_NIGHT)

    def test_order_opened_again_answers_the_alert(self):
        order = self._create_order(self.customers["Late"], "2026-11-19", 100)
        order._action_cancel()
        self._refresh()
        self._check_alerts(*BY_NIGHT)
        order.state = "sale"
        self._check_alerts_and_night("Gone", "Nobody's")

    def test_order_dated_anew_answers_the_alert(self):
        self._get_orders("Late")[5].date_order = "2026-11-19 12:00:00"
        self._check_alerts_and_night("Gone", "Nobody's")

    def test_order_given_to_another_customer_answers_its_alert(self):
        order = self._get_orders("Regular")[0]
        order.partner_id = self.customers["Late"]
        order.date_order = "2026-11-14 12:00:00"
        # Regular's last one is of 31 October now, 21 days ago: overdue, not missing
        self._check_alerts_and_night("Gone", "Nobody's")
        self.assertEqual(self._get_fresh_metric("Regular").days_overdue, 7)

    # ------------------------------------------------------------------
    # Orders that changed or went
    # ------------------------------------------------------------------

    def test_changed_amount_is_what_the_alert_expects(self):
        self._get_orders("Late")[2].order_line.price_unit = 700
        for _moment in ("at once", "by night"):
            metric = self._get_fresh_metric("Late")
            self.assertEqual(metric.expected_order_value, 200)  # (5 × 100 + 700) / 6
            self._check_alerts(*BY_NIGHT)
            tile = self._get_tile("missing_orders")
            self.assertIn("450", tile["blocks"][0]["figures"][0]["label"])  # 200+200+50
            self._refresh()

    def test_cancelled_orders_leave_no_rhythm_and_no_alert(self):
        self._get_orders("Late")[:3]._action_cancel()
        self._check_alerts_and_night("Gone", "Nobody's")

    def test_cancelled_last_order_is_missing_at_once(self):
        # of 1 November; the one before is of 18 October, 34 days ago
        self._get_orders("Slow")[0]._action_cancel()
        for _moment in ("at once", "by night"):
            metric = self._get_fresh_metric("Slow")
            self.assertEqual(metric.expected_order_date, date(2026, 11, 1))
            self.assertEqual(metric.days_overdue, 20)
            self._check_alerts(*BY_NIGHT, "Slow")
            self._refresh()

    def test_deleted_orders_leave_no_alert(self):
        orders = self._get_orders("Late")
        orders._action_cancel()
        orders.unlink()
        self._check_alerts_and_night("Gone", "Nobody's")
        self.assertFalse(self._get_fresh_metric("Late").last_order_date)

    def test_orders_deleted_past_odoo_leave_no_alert(self):
        self._delete_past_odoo("Late")
        self.env.invalidate_all()
        self._check_alerts_and_night("Gone", "Nobody's")

    def test_orders_deleted_past_odoo_of_many_leave_no_alert_where_it_is_read(self):
        self._make_alerts_many()
        self._delete_past_odoo("Late")
        self.assertFalse(self._get_fresh_metric("Late").is_missing)
        self.assertEqual(set(self._get_alerts()), {"Gone", "Nobody's"})
        self._refresh()
        self._check_alerts("Gone", "Nobody's")

    def test_order_that_comes_past_odoo_answers_the_alert_of_many(self):
        self._make_alerts_many()
        order = self._create_order(self.customers["Late"], "2026-11-19", 100)
        self._forget_changes()
        self.env.cr.execute(
            "UPDATE sale_order SET date_order = %s WHERE id = %s", [NOW, order.id]
        )
        self.env.invalidate_all()
        self._check_alerts_and_night("Gone", "Nobody's")

    def _make_alerts_many(self):
        """Let the alerts of the night be too many to compare each."""
        self.patch(since_night, "MANY_ALERTS", len(BY_NIGHT))

    def _delete_past_odoo(self, name):
        self.env.cr.execute(
            "DELETE FROM sale_order WHERE id = ANY(%s)", [self._get_orders(name).ids]
        )

    def _forget_changes(self):
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM crm_customer_change")

    # ------------------------------------------------------------------
    # Customers that changed
    # ------------------------------------------------------------------

    def test_merged_customer_brings_its_orders(self):
        late, regular = self.customers["Late"], self.customers["Regular"]
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((late | regular).ids, late)
        self._check_alerts_and_night("Gone", "Nobody's")

    def test_contact_takes_its_orders_along(self):
        contact = self.env["res.partner"].create(
            {"name": "Contact", "parent_id": self.customers["Lost"].id}
        )
        self._create_rhythm(self.customers["Lost"], "2026-10-20", 10)
        self._create_order(contact, "2026-11-19", 100)
        self._refresh()
        self._check_alerts(*BY_NIGHT)
        contact.parent_id = self.customers["Late"]
        self._check_alerts("Gone", "Nobody's", "Lost")
        self.assertEqual(
            self._get_fresh_metric("Late").last_order_date, date(2026, 11, 19)
        )
        self.assertEqual(
            self._get_fresh_metric("Lost").last_order_date, date(2026, 10, 20)
        )
        self._refresh()
        self._check_alerts("Gone", "Nobody's", "Lost")

    def test_archived_customer_has_no_alert(self):
        self.customers["Late"].active = False
        self._check_alerts_and_night("Gone", "Nobody's")

    def test_company_that_became_a_contact_has_no_alert(self):
        self.customers["Late"].write(
            {"is_company": False, "parent_id": self.customers["Regular"].id}
        )
        self._check_alerts_and_night("Gone", "Nobody's")

    def test_excluded_customer_has_no_alert(self):
        self.customers["Late"].crm_exclude_from_figures = True
        self._check_alerts_and_night("Gone", "Nobody's")

    def test_customer_of_another_company_has_no_alert(self):
        self._get_orders("Late", self.sister)._action_cancel()
        self.customers["Late"].company_id = self.sister
        self._check_alerts_and_night("Gone", "Nobody's")

    def test_alert_goes_with_the_account_manager(self):
        mine = {"user": self.seller, "scope": {"account_manager": "me"}}
        self.assertEqual(self._get_alerts(**mine), ["Late"])
        self.customers["Gone"].user_id = self.seller
        self.customers["Late"].user_id = self.colleague
        self.assertEqual(self._get_alerts(**mine), ["Gone"])

    # ------------------------------------------------------------------
    # Where it shows
    # ------------------------------------------------------------------

    def test_customer_s_own_page_follows(self):
        self._create_order(self.customers["Regular"], "2026-11-18", 30)
        self.env.flush_all()
        self.env.invalidate_all()
        tiles = self._as(self.manager)["crm.dashboard.tile"].get_tiles(
            "customer",
            ["customer_next_order"],
            {"customer_id": self.customers["Regular"].id},
        )
        tile = tiles["customer_next_order"]
        line = self._get_next_order_line(tile)
        self.assertEqual(line["cell"]["value"], "2026-12-02")
        self.assertIn("the last was 3 days ago", self._get_words(tile)[0])

    def test_salesperson_sees_the_same(self):
        self._create_order(self.customers["Late"], "2026-11-19", 100)
        self.env.flush_all()
        scope = {"account_manager": "me"}
        self.assertFalse(self._get_alerts(user=self.seller, scope=scope))

    def test_total_equals_the_rows(self):
        self._create_order(self.customers["Late"], "2026-10-14", 600)
        self.env.flush_all()
        self.env.invalidate_all()
        model = self._as(self.manager)["crm.customer.metric"]
        domain = [("is_missing", "=", True)]
        ((value, risk),) = model._read_group(
            domain, [], ["expected_order_value:sum", "value_at_risk:sum"]
        )
        metrics = model.search(domain)
        # Late's 6 × 100 and 600 are 1200 / 7, besides 200 and 50
        self.assertAlmostEqual(float(value), 250 + 171.43, 2)
        self.assertAlmostEqual(float(risk), sum(metrics.mapped("value_at_risk")), 2)

    def test_alerts_that_are_recorded_are_those_shown(self):
        recorded = self.env["crm.alert"].search([("company_id", "=", self.company.id)])
        self._create_order(self.customers["Late"], "2026-10-14", 100)
        self._refresh()
        added = self.env["crm.alert"].search(
            [("company_id", "=", self.company.id), ("id", "not in", recorded.ids)]
        )
        self.assertEqual(
            [(each.partner_id.name, each.last_order_date) for each in added],
            [("Late", date(2026, 10, 14))],
        )

    def test_nothing_changed_rewrites_nothing(self):
        self._refresh()
        self.assertEqual(self.company.crm_metric_refresh_ids.changed_count, 0)

    def test_changes_that_every_night_has_seen_are_forgotten(self):
        changes = self.env["crm.customer.change"]
        before = changes.search([])
        self.customers["Late"].active = False
        noted = changes.search([]) - before
        self.assertEqual(noted.mapped("kind"), ["customer"])
        noted.date = "2026-11-01 12:00:00"
        self._refresh()
        changes._gc_seen_by_all()
        self.assertTrue(noted.exists())  # not by the sister's
        for refresh in self.env["crm.metric.refresh"].search([("as_of", "!=", False)]):
            self._refresh(refresh.company_id)
        changes._gc_seen_by_all()
        self.assertFalse(noted.exists())


@tagged("post_install", "-at_install")
class TestEngagementSinceTheNight(MissingOrderCase):
    """Who is no customer any more needs no engagement, at once."""

    def _get_needing(self):
        self.env.flush_all()
        self.env.invalidate_all()
        metrics = self._as(self.manager)["crm.customer.metric"].search(
            [("needs_engagement", "=", True)]
        )
        self.assertTrue(all(metrics.mapped("needs_engagement")))
        return set(metrics.mapped("partner_id.name")) & set(self.customers)

    def _check_without_late(self):
        self.assertEqual(self._get_needing(), set(self.customers) - {"Late"})
        self._refresh()
        self.assertEqual(self._get_needing(), set(self.customers) - {"Late"})

    def test_all_by_night(self):
        self.assertEqual(self._get_needing(), set(self.customers))

    def test_archived(self):
        self.customers["Late"].action_archive()
        self._check_without_late()

    def test_excluded_and_taken_back(self):
        self.customers["Late"].crm_exclude_from_figures = True
        self._check_without_late()
        self.customers["Late"].crm_exclude_from_figures = False
        self.assertEqual(self._get_needing(), set(self.customers))

    def test_became_a_contact(self):
        self.customers["Late"].write(
            {"is_company": False, "parent_id": self.customers["Regular"].id}
        )
        self._check_without_late()

    def test_engagement_comes_along_with_a_contact(self):
        contact = self.env["res.partner"].create(
            {"name": "Contact", "parent_id": self.customers["Gone"].id}
        )
        call = self.env.ref("mail.mail_activity_data_call")
        contact.message_post(body="Called", mail_activity_type_id=call.id)
        self.env.flush_all()
        self._refresh()
        # as if the night had been long enough after the call
        refresh = self.company.crm_metric_refresh_ids
        refresh.engagement_message_id = contact.message_ids[0].id
        self.assertEqual(self._get_needing(), set(self.customers) - {"Gone"})
        contact.parent_id = self.customers["Late"]
        self._check_without_late()

    def test_merged(self):
        late, gone = self.customers["Late"], self.customers["Gone"]
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((late | gone).ids, gone)
        self._check_without_late()


@tagged("post_install", "-at_install")
class TestOrderFingerprint(MissingOrderCase):
    """The same number in numpy and in SQL; another one for any other orders."""

    ROWS = (
        (7, 19_000, 12_345),
        (7, 19_014, 9_999_999_999_999),
        (7, 19_014, -500),
        (7, -3, 1),
        (9, 20_000, 100),
    )

    def _get_fingerprints(self, rows):
        columns = np.array(rows).T
        orders = OrderHistory.from_columns(*columns)
        found = dict(zip(orders.customer_ids, get_fingerprints(orders), strict=True))
        query = SQL(
            "SELECT day, cents FROM UNNEST(%s::int4[], %s::int4[], %s::int8[]) "
            "orders (customer_id, day, cents) WHERE customer_id = customer.id",
            *(column.tolist() for column in columns),
        )
        by_sql = dict(
            self.env.execute_query(
                SQL(
                    "SELECT customer.id, %s FROM UNNEST(%s::int4[]) customer (id)",
                    get_fingerprint_sql(query),
                    orders.customer_ids.tolist(),
                )
            )
        )
        self.assertEqual(found, by_sql)
        return found

    def test_same_in_numpy_and_in_sql(self):
        found = self._get_fingerprints(self.ROWS)
        # (20000 × 1000003 + 100) mod p = 674350591; its square mod p by hand of Python
        key = (20_000 * 1_000_003 + 100) % (2**31 - 1)
        self.assertEqual(found[9], key**2 % (2**31 - 1))

    def test_two_orders_that_swap_their_days_are_others(self):
        before = self._get_fingerprints([(1, 10, 500), (1, 20, 700)])
        self.assertNotEqual(
            self._get_fingerprints([(1, 20, 500), (1, 10, 700)]), before
        )

    def test_days_that_move_apart_are_others(self):
        before = self._get_fingerprints([(1, 10, 500), (1, 20, 500)])
        self.assertNotEqual(self._get_fingerprints([(1, 9, 500), (1, 21, 500)]), before)

    def test_no_orders_at_all(self):
        query = SQL("SELECT 1 AS day, 1::int8 AS cents WHERE FALSE")
        found = self.env.execute_query(SQL("SELECT %s", get_fingerprint_sql(query)))
        self.assertEqual(found, [(0,)])

    def test_stored_is_what_orders_have(self):
        metric = self._get_metric(self.customers["Late"])
        orders = self.env["sale.order"].search(
            [
                ("partner_id", "=", self.customers["Late"].id),
                ("company_id", "=", self.company.id),
            ]
        )
        epoch = date(1970, 1, 1)
        rows = [(1, (order.date_order.date() - epoch).days, 10_000) for order in orders]
        self.assertEqual(
            metric.sudo().order_fingerprint, self._get_fingerprints(rows)[1]
        )
