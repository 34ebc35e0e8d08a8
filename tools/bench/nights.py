# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The nightly job itself, run in Odoo beside one GROUP BY of the same orders."""

import resource
import time
from datetime import timedelta
from statistics import median
from unittest.mock import patch

from odoo import fields
from odoo.service.server import set_limit_memory_hard

from tools.console import say, step

from .contacts import measure_contacts
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
    measure_contacts(env(user=env.ref("base.user_admin")))
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
        say(f"{'one SQL GROUP BY':26}{group_by:8.2f} s")

    def run(self, name, moment, bar):
        """Run the job as if it were the UTC ``moment``."""
        # each night is a transaction of its own
        self.env.cr.commit()  # pylint: disable=invalid-commit
        started = time.perf_counter()
        with patch.object(fields.Datetime, "now", return_value=moment):
            self.env["crm.metric.refresh"]._refresh_company(self.env.company)
        self.env.cr.commit()  # pylint: disable=invalid-commit
        total = time.perf_counter() - started
        refresh = self.env["crm.metric.refresh"].search([])
        phases = ", ".join(f"{key} {spent:.1f}" for key, spent in refresh.phase_times)
        times = f"{total / self.group_by:.2f} times (bar {bar})"
        say(
            f"{name:26}{total:8.2f} s = {times}, {refresh.changed_count} rows: {phases}"
        )
