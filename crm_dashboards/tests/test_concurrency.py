# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The nightly job and users at the same time, on real connections.

What these tests store is committed, and deleted again at the end: the one transaction
of other tests cannot wait for itself.
"""
# pylint: disable=invalid-commit

from contextlib import contextmanager
from unittest.mock import patch

import psycopg2.errors

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

from ..nightly.store import MetricStore

CUSTOMERS = 6


@tagged("post_install", "-at_install")
class TestConcurrency(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())
        with cls._connect() as env:
            company = env["res.company"].create(
                {"name": "Two connections", "crm_figures_tz": "UTC"}
            )
            product = env["product.product"].create(
                {"name": "Goods", "type": "service"}
            )
            cls.company_id, cls.product_id = company.id, product.id
            env.cr.commit()
        cls.addClassCleanup(cls._delete_company)

    def setUp(self):
        super().setUp()
        with self._connect() as env:
            self.partner_ids = self._create_customers(env, CUSTOMERS).ids
            for number, partner_id in enumerate(self.partner_ids):
                self._create_order(env, partner_id, 100 * (number + 1))
            env.cr.commit()
        self.addCleanup(self._delete_customers)

    # ------------------------------------------------------------------
    # Connections and records
    # ------------------------------------------------------------------

    @classmethod
    @contextmanager
    def _connect(cls):
        """Give an environment on a connection of its own, that waits for no lock."""
        with cls.registry.cursor() as cr:
            cr.execute("SET SESSION lock_timeout = '2s'")
            try:
                yield api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
            finally:
                cr.rollback()
                cr.execute("RESET lock_timeout")
                cr.commit()

    @classmethod
    def _create_customers(cls, env, number):
        return env["res.partner"].create(
            [
                {"name": f"Customer {place}", "is_company": True, "customer_rank": 1}
                for place in range(number)
            ]
        )

    @classmethod
    def _create_order(cls, env, partner_id, amount):
        line = {
            "product_id": cls.product_id,
            "price_unit": amount,
            "tax_ids": [Command.clear()],
        }
        order = (
            env["sale.order"]
            .with_company(cls.company_id)
            .create(
                {
                    "partner_id": partner_id,
                    "company_id": cls.company_id,
                    "order_line": [Command.create(line)],
                }
            )
        )
        order.action_confirm()
        return order

    def _delete_customers(self):
        with self._connect() as env:
            orders = env["sale.order"].search([("company_id", "=", self.company_id)])
            orders._action_cancel()
            orders.unlink()
            env["res.partner"].browse(self.partner_ids).exists().unlink()
            for model in ("crm.metric.refresh", "crm.month.end"):
                env[model].search([("company_id", "=", self.company_id)]).unlink()
            env.cr.commit()

    @classmethod
    def _delete_company(cls):
        with cls._connect() as env:
            env["product.product"].browse(cls.product_id).product_tmpl_id.unlink()
            company = env["res.company"].browse(cls.company_id)
            partner = company.partner_id
            company.unlink()
            partner.unlink()
            env.cr.commit()
        cls.registry.clear_all_caches()

    def _company(self, env):
        return env["res.company"].browse(self.company_id)

    def _refresh(self, env):
        return env["crm.metric.refresh"]._refresh_company(self._company(env))

    def _refresh_and_commit(self):
        with self._connect() as env:
            self._refresh(env)
            env.cr.commit()

    def _read_values(self, env):
        """Return {partner id: order value} of the stored figures."""
        metrics = env["crm.customer.metric"].search(
            [
                ("company_id", "=", self.company_id),
                ("partner_id", "in", self.partner_ids),
            ]
        )
        return {metric.partner_id.id: metric.order_value for metric in metrics}

    def _read_places(self, env):
        """Return {partner id: place in the table}; a written row has another one."""
        env.cr.execute(
            "SELECT partner_id, ctid::text FROM crm_customer_metric"
            " WHERE company_id = %s",
            [self.company_id],
        )
        return dict(env.cr.fetchall())

    @contextmanager
    def _meanwhile(self, act, times=1):
        """Let others do ``act(env)`` between what the job reads and what it writes.

        Gives a list that has an entry for each attempt of the job.
        """
        attempts = []
        save = MetricStore.save

        def save_slowly(*args, **kwargs):
            attempts.append(len(attempts))
            if len(attempts) <= times:
                with self._connect() as env:
                    act(env)
                    env.cr.commit()
            return save(*args, **kwargs)

        with patch.object(MetricStore, "save", save_slowly):
            yield attempts

    def _get_error(self, env):
        refresh = env["crm.metric.refresh"].search(
            [("company_id", "=", self.company_id)]
        )
        return refresh.error

    # ------------------------------------------------------------------
    # Tests
    # ------------------------------------------------------------------

    def test_users_save_while_the_job_has_written(self):
        """Nobody waits for the job's transaction and nothing saved is lost."""
        for _night in range(2):  # the first one inserts every row, the next updates
            with self._connect() as night, self._connect() as user:
                self.assertTrue(self._refresh(night))
                self._save_everything(user)
                user.cr.commit()
                night.cr.commit()
            self._check_saved()

    def test_job_runs_while_users_have_unsaved_changes(self):
        for _night in range(2):
            with self._connect() as night, self._connect() as user:
                self._save_everything(user)
                self.assertTrue(self._refresh(night))
                night.cr.commit()
                user.cr.commit()
            self._check_saved()

    def test_user_saves_between_what_the_job_reads_and_writes(self):
        for night in range(2):
            with self._connect() as env, self._meanwhile(self._save_everything) as seen:
                self._refresh(env)
                env.cr.commit()
                self.assertEqual(len(seen), 1)
            self._check_saved()
            with self._connect() as env:
                # what was ordered meanwhile is for the next night
                first = self.partner_ids[0]
                self.assertEqual(self._read_values(env)[first], 100 + 5 * night)

    def _save_everything(self, env):
        """Save what users do: customers, an order, settings."""
        partners = env["res.partner"].browse(self.partner_ids)
        partners.write({"comment": "Saved", "user_id": SUPERUSER_ID})
        for partner in partners:
            partner.name = f"{partner.name}!"
        company = self._company(env)
        company.crm_rfm_window_months += 1
        self.window_months = company.crm_rfm_window_months
        self._create_order(env, self.partner_ids[0], 5)
        env.flush_all()
        self.order_count = env["sale.order"].search_count(
            [("company_id", "=", self.company_id)]
        )
        self.names = partners.mapped("name")

    def _check_saved(self):
        with self._connect() as env:
            partners = env["res.partner"].browse(self.partner_ids)
            self.assertEqual(partners.mapped("name"), self.names)
            self.assertEqual(partners.user_id.ids, [SUPERUSER_ID])
            self.assertEqual(
                self._company(env).crm_rfm_window_months, self.window_months
            )
            self.assertEqual(
                env["sale.order"].search_count([("company_id", "=", self.company_id)]),
                self.order_count,
            )
            self.assertEqual(set(self._read_values(env)), set(self.partner_ids))

    def test_job_locks_no_row_that_it_does_not_change(self):
        self._refresh_and_commit()
        with self._connect() as env:
            self._create_order(env, self.partner_ids[-1], 1)
            env.cr.commit()
            before = self._read_places(env)
        with self._connect() as night, self._connect() as user:
            self._refresh(night)
            after = self._read_places(night)
            unchanged = {each for each in before if after[each] == before[each]}
            self.assertLess(len(unchanged), len(before))
            self.assertGreaterEqual(len(unchanged), CUSTOMERS - 1)
            user.cr.execute(
                "SELECT partner_id FROM crm_customer_metric"
                " WHERE company_id = %s FOR UPDATE SKIP LOCKED",
                [self.company_id],
            )
            self.assertEqual({each for (each,) in user.cr.fetchall()}, unchanged)

    def test_quiet_night_locks_nothing(self):
        self._refresh_and_commit()
        with self._connect() as night, self._connect() as user:
            self._refresh(night)
            user.cr.execute(
                "SELECT partner_id FROM crm_customer_metric"
                " WHERE company_id = %s FOR UPDATE NOWAIT",
                [self.company_id],
            )
            self.assertLessEqual(
                set(self.partner_ids), {each for (each,) in user.cr.fetchall()}
            )

    def test_killed_night_leaves_nothing_half(self):
        models = ("crm.customer.metric", "crm.metric.refresh")
        own = [("company_id", "=", self.company_id)]
        mine = [("partner_id", "in", self.partner_ids)]
        with self._connect() as env:
            partners = env["res.partner"].browse(self.partner_ids)
            partners.user_id = env.ref("base.user_admin")
            env.cr.commit()
        with self._connect() as night:
            self._refresh(night)  # and never gets to its commit
            for model in models:
                self.assertTrue(night[model].search(own), model)
            self.assertTrue(night["crm.account.manager.change"].search(mine))
        with self._connect() as env:
            for model in models:
                self.assertFalse(env[model].search(own), model)
            self.assertFalse(env["crm.account.manager.change"].search(mine))

    def test_second_job_leaves_the_company_to_the_first(self):
        with self._connect() as first, self._connect() as second:
            self.assertTrue(self._refresh(first))
            self.assertFalse(self._refresh(second))
            second.cr.rollback()
            first.cr.commit()
            self.assertTrue(self._refresh(second))

    def test_run_now_during_the_job_says_so(self):
        with self._connect() as night, self._connect() as user:
            self._refresh(night)
            settings = user["res.config.settings"].with_company(self.company_id)
            with self.assertRaisesRegex(UserError, "being made right now"):
                settings.create({}).action_refresh_figures()

    def test_serialization_failure_is_tried_again(self):
        self._refresh_and_commit()
        first = self.partner_ids[0]
        with self._connect() as env:
            self._create_order(env, first, 7)
            env.cr.commit()
        with (
            self._connect() as night,
            self._meanwhile(self._touch_figures) as seen,
            mute_logger("odoo.sql_db"),
        ):
            night["crm.metric.refresh"]._refresh_company_safely(self._company(night))
            night.cr.commit()
        self.assertEqual(len(seen), 2)
        with self._connect() as env:
            self.assertEqual(self._read_values(env)[first], 107)
            self.assertFalse(self._get_error(env))

    def test_serialization_failure_is_stored_after_the_third_attempt(self):
        self._refresh_and_commit()
        first = self.partner_ids[0]
        with self._connect() as env:
            self._create_order(env, first, 7)
            env.cr.commit()
        with (
            self._connect() as night,
            self._meanwhile(self._touch_figures, times=9) as seen,
            mute_logger("odoo.sql_db"),
        ):
            night["crm.metric.refresh"]._refresh_company_safely(self._company(night))
            night.cr.commit()
        self.assertEqual(len(seen), 3)
        with self._connect() as env:
            self.assertEqual(self._read_values(env)[first], 100)
            self.assertIn("concurrent update", self._get_error(env))

    def _touch_figures(self, env):
        env.cr.execute(
            "UPDATE crm_customer_metric SET write_uid = %s"
            " WHERE company_id = %s AND partner_id = %s",
            [SUPERUSER_ID, self.company_id, self.partner_ids[0]],
        )

    def test_customer_deleted_meanwhile_is_left_out(self):
        with self._connect() as env:
            doomed = self._create_customers(env, 1)
            env.cr.commit()
        with (
            self._connect() as night,
            self._meanwhile(
                lambda env: env["res.partner"].browse(doomed.id).unlink()
            ) as seen,
            mute_logger("odoo.sql_db"),
        ):
            night["crm.metric.refresh"]._refresh_company_safely(self._company(night))
            night.cr.commit()
        self.assertEqual(len(seen), 2)
        with self._connect() as env:
            self.assertEqual(set(self._read_values(env)), set(self.partner_ids))
            self.assertFalse(self._get_error(env))

    def test_customer_stored_meanwhile_is_tried_again(self):
        """By a refresh that ended after the night's snapshot and before its lock."""
        first = self.partner_ids[0]
        with (
            self._connect() as night,
            self._meanwhile(self._store_first) as seen,
            mute_logger("odoo.sql_db"),
        ):
            night["crm.metric.refresh"]._refresh_company_safely(self._company(night))
            night.cr.commit()
        self.assertEqual(len(seen), 2)
        with self._connect() as env:
            self.assertEqual(self._read_values(env)[first], 100)
            self.assertFalse(self._get_error(env))

    def _store_first(self, env):
        env.cr.execute(
            "INSERT INTO crm_customer_metric (company_id, partner_id) VALUES (%s, %s)",
            [self.company_id, self.partner_ids[0]],
        )

    def test_lock_in_the_way_is_noticed(self):
        """The connections of these tests do give up where a lock is in the way."""
        self._refresh_and_commit()
        with self._connect() as env:
            self._create_order(env, self.partner_ids[0], 7)
            env.cr.commit()
        with self._connect() as night, self._connect() as user:
            self._refresh(night)
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.LockNotAvailable),
            ):
                self._touch_figures(user)
