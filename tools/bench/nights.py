# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The nightly job itself, run in Odoo beside one GROUP BY of the same orders."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields

from odoo.addons.crm_dashboards.nightly import month_end

from tools.console import say

# Their orders also shift the ranks of others.
ORDERING_SHARE = 0.03
# Its rows are fetched, as the night fetches them; a good index would make the GROUP BY
# cheap, not the night.
GROUP_BY = """
    SELECT partner_id, count(*), sum(amount_untaxed), min(date_order), max(date_order)
      FROM sale_order GROUP BY partner_id
"""
PLAIN = """
    SET LOCAL enable_indexonlyscan = off;
    SET LOCAL max_parallel_workers_per_gather = 0
"""


def measure_group_by(env, clock):
    """Return what one GROUP BY of all orders takes, the median of three."""
    # each has a transaction of its own
    env.cr.commit()  # pylint: disable=invalid-commit
    env.cr.execute(PLAIN)

    def group():
        env.cr.execute(GROUP_BY)
        env.cr.fetchall()

    spent = clock.measure_median(group, times=3)
    env.cr.rollback()
    say(f"{'one SQL GROUP BY':26}{spent.seconds:8.2f} s")
    return spent


class Nights:
    """Runs the job of all companies and tells of the main one."""

    def __init__(self, wholesaler, clock, group_by):
        self.env = wholesaler.env
        self.wholesaler = wholesaler
        self.clock = clock
        self.group_by = group_by
        self.figures = {}

    def run_all(self):
        """Run a first night, a quiet one, and one after some of the customers ordered.

        As of a day on which last month is closed, whichever day it is; and a quiet one
        of the days on which it is recorded anew.

        :return: dict of figures
        """
        now = fields.Datetime.now()
        for company in self.wholesaler.small | self.wholesaler.lagging:
            self._refresh(company, now)
        self._run("first_night", now)
        self._run("quiet_night", now)
        self.wholesaler.order_again(ORDERING_SHARE, now)
        self._run("changed_night", now)
        self._run("month_end_night", now, closed_after=31)
        return self.figures

    def _run(self, name, moment, **options):
        """Run the job of the main company as if it were the UTC ``moment``."""
        spent = self.clock.measure(
            lambda: self._refresh(self.env.company, moment, **options)
        )
        refresh = self.env.company.sudo().crm_metric_refresh_ids
        ratio = spent.seconds / self.group_by.seconds
        cores = spent.core_seconds / self.group_by.core_seconds
        self.figures.update(
            {
                f"{name}_s": round(spent.seconds, 2),
                f"{name}_ratio": round(ratio, 2),
                f"{name}_core_ratio": round(cores, 2),
                f"{name}_rows": refresh.changed_count,
                f"{name}_phases": dict(refresh.phase_times),
            }
        )
        say(
            f"{name:26}{spent.seconds:8.2f} s = {ratio:.2f} times, on the cores "
            f"{cores:.2f}; {refresh.changed_count} rows"
        )

    def _refresh(self, company, moment, closed_after=0):
        # each night is a transaction of its own
        self.env.cr.commit()  # pylint: disable=invalid-commit
        with (
            patch.object(fields.Datetime, "now", return_value=moment),
            patch.object(month_end, "CLOSED_AFTER_DAYS", closed_after),
        ):
            self.env["crm.metric.refresh"]._refresh_company(company)
        self.env.cr.commit()  # pylint: disable=invalid-commit


def lag_behind(refresh, message_id):
    """Have the night of a company be a day ago, and have read up to a message."""
    refresh.write(
        {
            "as_of": refresh.as_of - timedelta(days=1),
            "engagement_read_at": refresh.engagement_read_at - timedelta(days=1),
            "engagement_message_id": message_id,
        }
    )
