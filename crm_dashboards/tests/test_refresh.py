# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import random
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from unittest.mock import patch

import pytz

from odoo import fields
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from ..nightly.store import MetricStore
from .common import NOW, DashboardCase
from .slow_rfm import segments, window_figures

STORE = "odoo.addons.crm_dashboards.nightly.store"
TODAY = date(2026, 11, 21)


class RefreshCase(DashboardCase):
    def _read_rows(self):
        """Return {partner id: (place in the table, its values)} of the company.

        Writing a row, with whatever values, gives it another place.
        """
        self.env.cr.execute(
            """
            SELECT metric.partner_id, metric.ctid::text,
                   to_jsonb(metric) - 'write_date' - 'write_uid'
              FROM crm_customer_metric metric
             WHERE metric.company_id = %s
            """,
            [self.company.id],
        )
        return {partner: (place, row) for partner, place, row in self.env.cr.fetchall()}

    def _get_refresh(self, company=None):
        return self.env["crm.metric.refresh"].search(
            [("company_id", "=", (company or self.company).id)]
        )


@tagged("post_install", "-at_install")
class TestGeneratedHistory(RefreshCase):
    """250 customers of all kinds against an independent slow computation."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.crm_figures_tz = "Europe/Brussels"
        cls.dollar_prices = cls._create_prices(cls.dollar)
        cls._create_rate("2020-01-01", 1.25)
        cls._generate(random.Random(20261121))

    @classmethod
    def _generate(cls, dice):
        customers = cls.env["res.partner"].create(
            [
                {
                    "name": f"Customer {number}",
                    "is_company": number % 20 != 1,
                    "customer_rank": 0 if number % 20 == 2 else 1,
                    "crm_exclude_from_figures": number % 50 == 3,
                }
                for number in range(250)
            ]
        )
        contacts = cls.env["res.partner"].create(
            [
                {"name": f"Buyer {number}", "parent_id": customer.id}
                for number, customer in enumerate(customers[:60])
            ]
        )
        orders = []
        for customer in customers:
            buyers = customer | contacts.filtered(
                lambda each, parent=customer: each.parent_id == parent
            )
            for moment in cls._generate_moments(dice):
                orders.append(cls._generate_order(dice, dice.choice(buyers), moment))
                if len(orders) % 9 == 0:  # a second one on that day
                    orders.append(cls._generate_order(dice, customer, moment))
        amounts = [order.pop("amount") for order in orders]
        records = cls.env["sale.order"].with_company(cls.company).create(orders)
        cls.env.flush_all()
        cls.env.cr.execute_values(
            """
            UPDATE sale_order SET amount_untaxed = value
              FROM (VALUES %s) AS amount (id, value)
             WHERE sale_order.id = amount.id
            """,
            list(zip(records.ids, amounts, strict=True)),
        )
        records.invalidate_recordset()
        customers[-10:].active = False
        cls.customers = customers

    @classmethod
    def _generate_moments(cls, dice):
        """Regulars of different rhythms, lapsed ones and newcomers."""
        now = datetime(2026, 11, 24)
        if dice.random() < 0.15:
            yield now - timedelta(days=dice.random() * 60)
            return
        rhythm = dice.choice([21, 45, 90, 400])
        lapsed_days = dice.choice([0, 0, 0, 250])
        moment = now - timedelta(days=lapsed_days + dice.random() * rhythm)
        while moment > datetime(2024, 8, 1):
            yield moment
            moment -= timedelta(days=rhythm * (0.5 + dice.random()))

    @classmethod
    def _generate_order(cls, dice, buyer, moment):
        dollars = dice.random() < 0.1
        return {
            "partner_id": buyer.id,
            "company_id": cls.company.id,
            "date_order": moment.replace(microsecond=0),
            "state": dice.choices(["sale", "cancel", "draft"], [18, 1, 1])[0],
            "pricelist_id": dollars and cls.dollar_prices.id,
            "amount": dice.choice(
                [0, -35, 100, 100, 250, dice.randint(1, 10**5) / 100]
            ),
        }

    def _read_order_rows(self):
        """Return (partner id, day number, cents) of the orders of ledger customers.

        Record by record, in decimals: none of it is shared with the nightly job.
        """
        zone = pytz.timezone(self.company.crm_figures_tz)
        rows = []
        for order in self.env["sale.order"].search(
            [("company_id", "=", self.company.id), ("state", "=", "sale")]
        ):
            customer = order.partner_id.commercial_partner_id
            if (
                order.date_order <= fields.Datetime.now()
                and customer.active
                and customer.is_company
                and customer.customer_rank
                and not customer.crm_exclude_from_figures
            ):
                moment = pytz.utc.localize(order.date_order).astimezone(zone)
                rate = Decimal(repr(order.currency_rate)) or 1
                cents = 100 * Decimal(repr(order.amount_untaxed)) / rate
                rows.append(
                    (
                        customer.id,
                        (moment.date() - date(1970, 1, 1)).days,
                        int(cents.quantize(Decimal(1), ROUND_HALF_UP)),
                    )
                )
        return rows

    def test_stored_segments_equal_an_independent_computation(self):
        self._refresh()
        rows, today = self._read_order_rows(), (TODAY - date(1970, 1, 1)).days
        figures = window_figures(rows, today)
        expected = {
            self.env["res.partner"].browse(customer): {
                "segment": segment,
                "scores": tuple(scores),
                "orders": figures[customer][1],
                "value": figures[customer][2] / 100,
            }
            for customer, (*scores, segment) in segments(rows, today).items()
        }
        stored = self.env["crm.customer.metric"].search(
            [("company_id", "=", self.company.id), ("segment", "!=", False)]
        )
        self.assertGreater(len(expected), 150)
        self.assertEqual(len({each["segment"] for each in expected.values()}), 10)
        self.assertEqual(
            {
                metric.partner_id: {
                    "segment": metric.segment,
                    "scores": (
                        metric.recency_score,
                        metric.frequency_score,
                        metric.monetary_score,
                        metric.frequency_monetary_score,
                    ),
                    "orders": metric.order_count,
                    "value": metric.order_value,
                }
                for metric in stored
            },
            expected,
        )

    def test_second_run_writes_no_row(self):
        self._refresh()
        rows = self._read_rows()
        self._refresh()
        self.assertEqual(self._read_rows(), rows)
        self.assertEqual(self._get_refresh().changed_count, 0)
        self.assertGreater(len(rows), 200)

    def test_what_is_stored_is_compared_some_customers_at_a_time(self):
        """The first, the last and those whose place is between are found and gone."""
        self._refresh()
        before = self._read_rows()
        partners = self.env["res.partner"].browse(sorted(before))
        changed, gone = partners[0] | partners[70] | partners[-1], partners[1:3]
        self._call(changed)
        gone.action_archive()
        with patch(f"{STORE}.READ_AT_ONCE", 7):
            self._refresh()
            self.assertEqual(self._get_refresh().changed_count, 5)
            after = self._read_rows()
            self._refresh()
            self.assertEqual(self._get_refresh().changed_count, 0)
        self.assertEqual(set(before) - set(after), set(gone.ids))
        written = {each for each in after if after[each][0] != before[each][0]}
        self.assertEqual(written, set(changed.ids))

    def test_quiet_day_writes_only_what_changed(self):
        self._refresh()
        before = self._read_rows()
        with freeze_time("2026-11-22 12:00:00"):
            self._refresh()
        after = self._read_rows()
        written = {each for each in after if after[each][0] != before[each][0]}
        changed = {each for each in after if after[each][1] != before[each][1]}
        self.assertEqual(written, changed)
        self.assertEqual(self._get_refresh().changed_count, len(changed))
        self.assertGreater(len(after), len(changed))

    def test_row_with_any_column_emptied_is_made_anew(self):
        self._refresh()
        self._call(self.env["res.partner"].browse(list(self._read_rows())[-9:]))
        self._refresh()
        rows = self._read_rows()
        columns = MetricStore(self.env, self.company, 2).values
        emptied = {}  # {partner id: column}
        for column in columns:
            partner = next(
                partner
                for partner, (_place, row) in rows.items()
                if row[column] is not None and partner not in emptied
            )
            emptied[partner] = column
            self.env.cr.execute(
                SQL(
                    """
                    UPDATE crm_customer_metric SET %s = NULL
                     WHERE company_id = %s AND partner_id = %s
                    """,
                    SQL.identifier(column),
                    self.company.id,
                    partner,
                )
            )
        self._refresh()
        after = self._read_rows()
        for partner, column in emptied.items():
            with self.subTest(column=column):
                self.assertEqual(after[partner][1], rows[partner][1])
        self.assertEqual(self._get_refresh().changed_count, len(columns))

    def _call(self, partners):
        for partner in partners.with_user(self.env.ref("base.user_admin")):
            partner.message_post(
                body="Called",
                message_type="notification",
                mail_activity_type_id=self.env.ref("mail.mail_activity_data_call").id,
                date="2026-11-02 10:00:00",
            )

    def test_one_order_changes_its_customer_and_few_others(self):
        self._refresh()
        before = self._read_rows()
        customer = self.customers[0]
        self._create_order(customer, "2026-11-21", 10)
        self._refresh()
        after = self._read_rows()
        written = {each for each in after if after[each][0] != before[each][0]}
        self.assertIn(customer.id, written)
        self.assertEqual(
            written, {each for each in after if after[each][1] != before[each][1]}
        )
        self.assertLess(len(written), len(after) / 2)


@tagged("post_install", "-at_install")
class TestPopulation(RefreshCase):
    """Who is compared with the others, and who is left out and why."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customers = cls.env["res.partner"]
        for number in range(6):
            cls.customers += cls._create_customer(f"Company {number}")
        cls.first = cls.customers[0]
        cls._create_orders(
            [
                (customer, f"2026-0{number + 1}-10", 100 * (number + 1))
                for number, customer in enumerate(cls.customers)
            ]
        )

    def _add(self, amount=50, **values):
        customer = self._create_customer(**{"name": "Another", **values})
        self._create_order(customer, "2026-11-01", amount)
        return customer

    def test_customers_left_out_are_told_why(self):
        individual = self._add(is_company=False)
        never_invoiced = self._add(customer_rank=0)
        excluded = self._add(crm_exclude_from_figures=True)
        self._refresh()
        for customer, reason in (
            (individual, "individual"),
            (never_invoiced, "never_invoiced"),
            (excluded, "excluded"),
            (self.first, False),
        ):
            metric = self._get_metric(customer)
            self.assertEqual(metric.left_out_reason, reason)
            self.assertEqual(bool(metric.segment), not reason)
        self.assertEqual(self._get_metric(individual).order_value, 50)

    def test_settings_admit_individuals_and_never_invoiced(self):
        individual = self._add(is_company=False)
        never_invoiced = self._add(customer_rank=0)
        both = self._add(is_company=False, customer_rank=0)
        prospect = self._create_customer("Never ordered either", customer_rank=0)
        self.company.crm_include_individuals = True
        self._refresh()
        self.assertFalse(self._get_metric(individual).left_out_reason)
        self.assertTrue(self._get_metric(individual).segment)
        self.assertEqual(self._get_metric(both).left_out_reason, "never_invoiced")
        self.company.crm_include_never_invoiced = True
        self._refresh()
        for customer in (individual, never_invoiced, both):
            self.assertFalse(self._get_metric(customer).left_out_reason)
            self.assertTrue(self._get_metric(customer).segment)
        self.assertFalse(self._get_metric(prospect))

    def test_archived_partner_and_own_companies_have_no_row(self):
        self._create_order(self.sister.partner_id, "2026-11-01", 100)
        self.sister.partner_id.write({"is_company": True, "customer_rank": 1})
        self._refresh()
        self.assertTrue(self._get_metric(self.first))
        self.assertFalse(self._get_metric(self.sister.partner_id))
        self.first.active = False
        self._refresh()
        self.assertFalse(self._get_metric(self.first))
        self.first.active = True
        self._refresh()
        self.assertTrue(self._get_metric(self.first).segment)

    def test_customer_of_one_company_has_no_row_in_another(self):
        own = self._add(company_id=self.company.id)
        self._refresh()
        self._refresh(self.sister)
        self.assertTrue(self._get_metric(own))
        self.assertFalse(self._get_metric(own, self.sister))

    def test_orders_of_contacts_count_for_their_company(self):
        contact = self._create_customer(
            "Buyer", is_company=False, parent_id=self.first.id
        )
        branch = self._create_customer("Branch", parent_id=self.first.id)
        self._create_order(contact, "2026-11-01", 7)
        self._create_order(branch, "2026-11-02", 11)
        self._refresh()
        metric = self._get_metric(self.first)
        # 100 of January and 7 of the buyer; the branch is a company of its own
        self.assertEqual(metric.order_value, 107)
        self.assertEqual(metric.last_order_date, date(2026, 11, 1))
        self.assertEqual(self._get_metric(branch).order_value, 11)
        self.assertFalse(self._get_metric(contact))

    def test_deleted_customer_s_row_goes(self):
        newcomer = self._add()
        self._refresh()
        metric = self._get_metric(newcomer)
        self.assertTrue(metric)
        orders = self.env["sale.order"].search([("partner_id", "=", newcomer.id)])
        orders.action_cancel()
        orders.unlink()
        newcomer.unlink()
        self._refresh()
        self.assertFalse(metric.exists())

    def test_customer_without_orders_left_loses_segment(self):
        order = self.env["sale.order"].search([("partner_id", "=", self.first.id)])
        self._refresh()
        self.assertTrue(self._get_metric(self.first).segment)
        order._action_cancel()
        self._refresh()
        metric = self._get_metric(self.first)
        self.assertFalse(metric.segment or metric.order_total_count)
        self.assertFalse(metric.last_order_date)

    def test_fewer_than_five_customers_have_no_segment(self):
        self.customers[4:].crm_exclude_from_figures = True
        self._refresh()
        metric = self._get_metric(self.first)
        self.assertEqual(metric.order_value, 100)
        self.assertFalse(metric.segment)
        self.assertFalse(metric.left_out_reason)
        self.customers[4].crm_exclude_from_figures = False
        self._refresh()
        self.assertTrue(self._get_metric(self.first).segment)

    def test_company_without_orders_has_figures_of_nobody(self):
        self.assertTrue(self._refresh(self.sister))
        refresh = self._get_refresh(self.sister)
        self.assertEqual(refresh.as_of, fields.Datetime.to_datetime(NOW))
        self.assertFalse(refresh.error)
        self.assertFalse(
            self.env["crm.customer.metric"].search(
                [("company_id", "=", self.sister.id), ("order_total_count", ">", 0)]
            )
        )

    def test_each_company_counts_its_own_orders(self):
        self._create_order(self.first, "2026-11-01", 5000, company=self.sister)
        self._refresh()
        self._refresh(self.sister)
        self.assertEqual(self._get_metric(self.first).order_value, 100)
        self.assertEqual(self._get_metric(self.first, self.sister).order_value, 5000)


@tagged("post_install", "-at_install")
class TestFigures(RefreshCase):
    """What is stored of a customer, worked out by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("Customer")

    def _get_figures(self):
        self._refresh()
        return self._get_metric(self.customer)

    def test_window_begins_after_the_same_day_24_months_ago(self):
        self._create_orders(
            [
                (self.customer, "2024-11-21", 1),  # just out of the window
                (self.customer, "2024-11-22", 10),
                (self.customer, "2026-11-21 12:00:00", 100),  # this second
                (self.customer, "2026-11-21 12:00:01", 1000),  # not yet
            ]
        )
        metric = self._get_figures()
        self.assertEqual(metric.order_value, 110)
        self.assertEqual(metric.order_count, 2)
        self.assertEqual(metric.order_total_count, 3)
        self.assertEqual(metric.first_order_date, date(2024, 11, 21))
        self.assertEqual(metric.last_order_date, TODAY)
        self.company.crm_rfm_window_months = 1  # from 22 October on
        self._create_order(self.customer, "2026-10-22", 5)
        self.assertEqual(self._get_figures().order_value, 105)

    def test_order_of_nothing_or_less_counts_in_value_only(self):
        self._create_orders(
            [
                (self.customer, "2026-10-01", 100),
                (self.customer, "2026-11-01", 0),
                (self.customer, "2026-11-02", -30),
            ]
        )
        metric = self._get_figures()
        self.assertEqual(metric.order_value, 70)
        self.assertEqual((metric.order_count, metric.order_total_count), (1, 1))
        self.assertEqual(metric.last_order_date, date(2026, 10, 1))

    def test_other_currency_counts_at_the_rate_of_the_order(self):
        self._create_rate("2026-01-01", 1.25)
        self._create_rate("2026-11-01", 1.6)
        self._create_order(self.customer, "2026-10-31", 100, self.dollar)
        self._create_order(self.customer, "2026-11-01", 100, self.dollar)
        # 100 / 1.25 + 100 / 1.6 euros
        self.assertEqual(self._get_figures().order_value, 80 + 62.5)
        self.assertEqual(self._get_refresh().unrated_order_count, 0)

    def test_orders_without_a_rate_are_counted(self):
        self.env["res.currency.rate"].search(
            [("currency_id", "=", self.dollar.id)]
        ).unlink()
        self._create_order(self.customer, "2026-10-31", 100, self.dollar)
        self._create_order(self.customer, "2026-10-31", 100)
        self.assertEqual(self._get_figures().order_value, 200)
        self.assertEqual(self._get_refresh().unrated_order_count, 1)

    def test_day_is_that_of_the_company_s_zone(self):
        self._create_order(self.customer, "2026-11-19 23:30:00", 1)
        self.assertEqual(self._get_figures().last_order_date, date(2026, 11, 19))
        self.company.crm_figures_tz = "Europe/Brussels"
        self.assertEqual(self._get_figures().last_order_date, date(2026, 11, 20))
        self.company.crm_figures_tz = "America/New_York"
        self.assertEqual(self._get_figures().last_order_date, date(2026, 11, 19))

    def test_today_is_that_of_the_company_s_zone(self):
        """At 23:30 UTC on the 30th it is December in Brussels, not in London."""
        self.company.crm_rfm_window_months = 1
        self._create_order(self.customer, "2026-10-31", 10)
        with freeze_time("2026-11-30 23:30:00"):
            self.company.crm_figures_tz = "Europe/London"
            self.assertEqual(self._get_figures().order_count, 1)
            self.company.crm_figures_tz = "Europe/Brussels"
            # from 2 November on
            self.assertEqual(self._get_figures().order_count, 0)

    def test_fixed_cutoffs_by_hand(self):
        customers = self.customer
        for number in range(4):
            customers += self._create_customer(f"Other {number}")
        # days of recency, orders, value of each
        histories = [
            (30, 16, 15000),
            (31, 8, 1500),
            (60, 4, 499),
            (240, 2, 1),
            (241, 1, 9),
        ]
        for customer, (recency, count, value) in zip(customers, histories, strict=True):
            last = TODAY - timedelta(days=recency)
            orders = [(customer, str(last), value - (count - 1) * 0.01)]
            orders += [(customer, str(last), 0.01)] * (count - 1)
            self._create_orders(orders)
        self.company.crm_rfm_method = "cutoffs"
        self._refresh()
        # up to 30 days R 5, to 60 R 4, to 120 R 3, to 240 R 2; 2, 4, 8, 16 orders and
        # 500, 1500, 5000, 15000 euros are the first of F, M 2 … 5; FM their mean, up
        expected = [
            (5, 5, 5, 5, "champions"),
            (4, 4, 3, 4, "loyal"),
            (4, 3, 1, 2, "potential_loyalist"),
            (2, 2, 1, 2, "hibernating"),
            (1, 1, 1, 1, "hibernating"),
        ]
        for customer, scores in zip(customers, expected, strict=True):
            metric = self._get_metric(customer)
            self.assertEqual(
                (
                    metric.recency_score,
                    metric.frequency_score,
                    metric.monetary_score,
                    metric.frequency_monetary_score,
                    metric.segment,
                ),
                scores,
            )
