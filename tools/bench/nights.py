"""The nightly job itself, run in Odoo beside one GROUP BY of the same orders."""

import resource
import time
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from statistics import median
from unittest.mock import patch

from odoo import fields
from odoo.service.server import set_limit_memory_hard

from odoo.addons.crm_dashboards.models import crm_metric_refresh
from odoo.addons.crm_dashboards.models.metric_store import MetricStore

from tools.console import say, step

from .fill import Business

ORDERS_PER_CUSTOMER = 10
# Their orders also shift the ranks of others: 2 to 3 % of all rows change.
ORDERING_SHARE = 0.005
FIRST_NIGHT_BAR = 6
LATER_NIGHT_BAR = 3
MEMORY_BAR = 4
GROUP_BY = """
    SELECT sum(orders), sum(total), min(first), max(last)
      FROM (SELECT partner_id, count(*) AS orders, sum(amount_untaxed) AS total,
                   min(date_order) AS first, max(date_order) AS last
              FROM sale_order GROUP BY partner_id) AS customers
"""


def measure(env, customers):
    """Fill the database and print what its nights take, as times of one GROUP BY."""
    set_limit_memory_hard()  # as of any worker of Odoo
    business = Business(env)
    with step(f"Writing {customers} customers and {ORDERS_PER_CUSTOMER} orders each"):
        business.fill(customers, customers * ORDERS_PER_CUSTOMER)
        env.cr.commit()
    now = fields.Datetime.now()
    tomorrow = now + timedelta(days=1)
    nights = Nights(env, median(_time_group_by(env) for _again in range(3)))
    nights.run("first night", now, FIRST_NIGHT_BAR)
    nights.run("quiet night", now, LATER_NIGHT_BAR)
    business.order_again(customers, ORDERING_SHARE, now)
    nights.run("night after 0.5 % ordered", now, LATER_NIGHT_BAR)
    business.order_again(customers, ORDERING_SHARE, tomorrow)
    nights.run("the same a day later", tomorrow, LATER_NIGHT_BAR)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    say(f"{'most memory':26}{peak:8.2f} GB (bar {MEMORY_BAR})")


def _time_group_by(env):
    started = time.perf_counter()
    env.cr.execute(GROUP_BY)
    env.cr.fetchall()
    return time.perf_counter() - started


class Nights:
    """Runs the job of the company of ``env`` and prints its seconds."""

    def __init__(self, env, group_by):
        self.env = env
        self.group_by = group_by
        self._seconds = {}
        say(f"{'one SQL GROUP BY':26}{group_by:8.2f} s")

    def run(self, name, moment, bar):
        """Run the job as if it were the UTC ``moment``."""
        self._seconds.clear()
        # each night is a transaction of its own
        self.env.cr.commit()  # pylint: disable=invalid-commit
        started = time.perf_counter()
        with (
            self._steps_timed(),
            patch.object(fields.Datetime, "now", return_value=moment),
        ):
            self.env["crm.metric.refresh"]._refresh_company(self.env.company)
        self.env.cr.commit()  # pylint: disable=invalid-commit
        total = time.perf_counter() - started
        changed = self.env["crm.metric.refresh"].search([]).changed_count
        steps = ", ".join(f"{key} {spent:.1f}" for key, spent in self._seconds.items())
        times = f"{total / self.group_by:.2f} times (bar {bar})"
        say(f"{name:26}{total:8.2f} s = {times}, {changed} rows: {steps}")

    @contextmanager
    def _steps_timed(self):
        refresh = type(self.env["crm.metric.refresh"])
        backtest = type(self.env["crm.metric.backtest"])
        with ExitStack() as stack:
            for name, owner, method in (
                ("read", refresh, "_read_orders"),
                ("read", refresh, "_read_transactions"),
                ("read", refresh, "_read_customers"),
                ("compute", crm_metric_refresh, "make_columns"),
                ("store", MetricStore, "store"),
                ("back-test", backtest, "_store_missing_months"),
                ("engagement", refresh, "_store_last_engagements"),
            ):
                timed = self._timed(name, getattr(owner, method))
                stack.enter_context(patch.object(owner, method, timed))
            yield

    def _timed(self, name, function):
        def timed(*args, **kwargs):
            started = time.perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                spent = time.perf_counter() - started
                self._seconds[name] = self._seconds.get(name, 0) + spent

        return timed
