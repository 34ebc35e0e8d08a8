# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What runs inside Odoo's shell: a business, its nights, and what disturbs them."""

import itertools
import os
import signal
import tempfile
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import numpy as np

from odoo import fields
from odoo.sql_db import Cursor

from odoo.addons.crm_dashboards_demo.wholesaler.clock import Clock

from tools.console import say
from tools.load_orders import load

from .databases import wait_until
from .moment import at

CUSTOMERS = 120
ORDERS = 2500
TODAY = date(2026, 6, 17)  # a Wednesday
NOON = datetime(2026, 6, 17, 12)
WEEK_AGO = NOON - timedelta(days=7)


def fill(env):
    """Load a history, make figures a day before NOON, and let some order again."""
    load_text(env, make_history())
    run_night(env, NOON - timedelta(days=1))
    with at(NOON):
        order_again(env, customers(env)[:10], NOON - timedelta(hours=3))
    env.cr.commit()


def load_text(env, history):
    """Load an order history from the text of a CSV file."""
    with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
        file.write(history)
        file.flush()
        with patch.object(Clock, "today", return_value=TODAY):
            load(env, file.name)
    env.cr.commit()


def make_history():
    """Return an order history in CSV, the same each time."""
    rng = np.random.default_rng(7)
    rhythm = rng.integers(7, 60, CUSTOMERS)
    days_ago = rng.integers(1, 700, ORDERS)
    customer = rng.integers(0, CUSTOMERS, ORDERS)
    lines = ["customer_id,date,amount"]
    for number, ago, amount in zip(
        customer, days_ago, rng.gamma(2, 150, ORDERS), strict=True
    ):
        day = TODAY - timedelta(days=int(ago - ago % rhythm[number] + 1))
        lines.append(f"Customer {number:03},{day},{amount:.2f}")
    return "\n".join(lines)


def customers(env):
    return env["res.partner"].search([("name", "like", "Customer ")], order="name")


def order_again(env, partners, moment):
    """Confirm an order of each of the customers at the UTC ``moment``."""
    product = env["product.product"].search([("name", "=", "Order value")], limit=1)
    for partner in partners:
        order = env["sale.order"].create(
            {
                "partner_id": partner.id,
                "order_line": [
                    fields.Command.create({"product_id": product.id, "price_unit": 80})
                ],
            }
        )
        order.action_confirm()
        order.date_order = moment


def add_companies(env, number):
    """Add companies with a customer each, who ordered a week ago."""
    for each in range(number):
        company = env["res.company"].create({"name": f"Company {each}"})
        partner = env["res.partner"].create(
            {"name": f"Only {each}", "is_company": True, "customer_rank": 1}
        )
        order_again(
            env(context={"allowed_company_ids": company.ids}), partner, WEEK_AGO
        )
    env.cr.commit()


def add_big_customer(env, number):
    """Add a customer with four orders of 10.00 a day up to yesterday."""
    days = (TODAY - timedelta(days=1 + each // 4) for each in range(number))
    lines = [f"Big,{day},10.00" for day in days]
    load_text(env, "\n".join(["customer_id,date,amount", *lines]))


def create_people(env, number):
    """Create sales managers whose logins are their passwords."""
    manager = env.ref("sales_team.group_sale_manager")
    env["res.users"].create(
        [
            {
                "name": f"Person {each}",
                "login": f"person{each}",
                "password": f"person{each}",
                "group_ids": [fields.Command.link(manager.id)],
            }
            for each in range(number)
        ]
    )
    env.cr.commit()


def run_night(env, moment=NOON):
    """Run the nightly job as the scheduler does."""
    with at(moment):
        env["crm.metric.refresh"]._cron_refresh_metrics()
    env.cr.commit()


# ----------------------------------------------------------------------
# What disturbs a night
# ----------------------------------------------------------------------


@contextmanager
def each_statement(act):
    """Call ``act`` with the number of each statement before it is sent."""
    numbers = itertools.count(1)
    execute = Cursor.execute

    def counted_execute(self, *arguments, **options):
        act(next(numbers))
        return execute(self, *arguments, **options)

    with patch.object(Cursor, "execute", counted_execute):
        yield


def count_statements(env):
    """Run a night and print how many statements it sends."""
    numbers = []
    with each_statement(numbers.append):
        run_night(env)
    say(f"STATEMENTS {len(numbers)}")


def run_night_until_killed(env, statement):
    """Run a night whose process dies before its ``statement``-th statement."""

    def act(number):
        if number == statement:
            os.kill(os.getpid(), signal.SIGKILL)

    with each_statement(act):
        run_night(env)


def run_night_with_pause(env, statement, flag):
    """Run a night that waits before a statement until the file ``flag`` is gone."""
    flag = Path(flag)

    def act(number):
        if number == statement:
            flag.touch()
            wait_until(lambda: not flag.exists())

    with each_statement(act):
        run_night(env)


def save_often(env, times=35):
    """What users do while the night works, each in a transaction of its own."""
    partners = customers(env)
    with at(NOON):
        for number in range(times):
            partner = partners[number % len(partners)]
            partner.write({"phone": f"+32 2 {number}", "comment": f"<p>{number}</p>"})
            if number % 5 == 0:
                order_again(env, partner, NOON - timedelta(minutes=number))
            if number % 7 == 0:
                metric = partner.with_context(active_test=False).crm_metric_ids[:1]
                if metric:
                    env["crm.missing.order.decision"]._decide(
                        metric, "snooze", snoozed_until=TODAY + timedelta(days=3)
                    )
            env.cr.commit()


def delete_and_merge(env):
    """Delete customers with their orders, and merge others two by two."""
    partners = customers(env)
    with at(NOON):
        for partner in partners[20:24]:
            orders = env["sale.order"].search([("partner_id", "=", partner.id)])
            orders._action_cancel()
            orders.unlink()
            partner.unlink()
            env.cr.commit()
        for kept, gone in zip(partners[30:34], partners[40:44], strict=True):
            merge = env["base.partner.merge.automatic.wizard"].create({})
            merge._merge((kept | gone).ids, kept)
            env.cr.commit()
