# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What is measured inside Odoo: nights and dashboards of a company filled for it."""

import json
import resource
from datetime import timedelta
from pathlib import Path

from odoo import fields
from odoo.service.server import set_limit_memory_hard
from odoo.tools import SQL

from tools.console import say, step

from . import papers
from .clock import Clock
from .company import Wholesaler
from .contacts import measure_contacts
from .dashboards import (
    ACCOUNT_MANAGER,
    CUSTOMER,
    read_dashboard,
    read_sales_dashboard,
    read_tile,
)
from .nights import Nights, lag_behind, measure_group_by
from .rows import get_last_id, vacuum

EVERYONE = {"account_manager": "all"}
IMPORTED_MAILS = 1.5  # an order
CUSTOMERS_READ = 15


def measure(env, customers, orders, path):
    """Fill the database and write what was measured as JSON into ``path``."""
    set_limit_memory_hard()  # as of any worker of Odoo
    wholesaler = Wholesaler(env)
    with step(f"Writing {customers} customers and {orders} orders"):
        wholesaler.fill(customers, orders)
        vacuum(env)
    clock = Clock(env.cr)
    figures = {"customers": customers, "orders": orders}
    group_by = measure_group_by(env, clock)
    figures["group_by_s"] = round(group_by.seconds, 2)
    figures.update(Nights(wholesaler, clock, group_by).run_all())
    vacuum(env)
    figures.update(Dashboards(wholesaler, clock).run_all())
    figures["contacts_ratio"] = measure_contacts(env(user=env.ref("base.user_admin")))
    figures["peak_gb"] = round(
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, 2
    )
    figures["sizes_mb"] = _get_sizes(env)
    Path(path).write_text(json.dumps(figures))


class Dashboards:
    """Reads dashboards of a wholesaler and tells what the server takes for them."""

    def __init__(self, wholesaler, clock):
        self.wholesaler = wholesaler
        self.clock = clock
        env = wholesaler.env
        companies = env.company | wholesaler.small | wholesaler.lagging
        context = {
            "allowed_company_ids": companies.ids,
            "lang": "en_US",
            "tz": "Europe/Brussels",
        }
        self.admin = env(user=env.ref("base.user_admin"), context=context)
        self.admin.user.company_ids |= companies
        # the one with the most customers of those with own documents only
        self.seller = self.admin(user=wholesaler.get_salesperson())
        # each measure has a transaction of its own
        env.cr.commit()  # pylint: disable=invalid-commit

    def run_all(self):
        """:return: dict of figures"""
        everyone = self._time("dashboard", self.admin, EVERYONE)
        own = self._time("dashboard_own", self.seller)
        sales, sales_own = (
            self.clock.measure(lambda env=env: read_sales_dashboard(env))
            for env in (self.admin, self.seller)
        )
        figures = {
            "dashboard_s": round(everyone.seconds, 3),
            "dashboard_own_s": round(own.seconds, 3),
            "core_s_per_dashboard": round(
                max(everyone.core_seconds, own.core_seconds), 3
            ),
            "queries": {"dashboard": everyone.queries, "own": own.queries},
            "tiles_s": self._time_tiles(),
            "sales_dashboard_s": round(sales.seconds, 2),
            "sales_dashboard_own_s": round(sales_own.seconds, 2),
            **self._time_customers(),
            "dashboard_lagging_s": round(self._time_lagging().seconds, 3),
            "dashboard_import_s": round(self._time_import().seconds, 3),
        }
        say(json.dumps(figures))
        return figures

    def _time(self, name, env, scope=None, code=ACCOUNT_MANAGER):
        spent = self.clock.measure_median(lambda: read_dashboard(env, code, scope))
        say(
            f"{name:26}{spent.seconds:8.3f} s, on the cores {spent.core_seconds:.3f}, "
            f"{spent.queries:.0f} queries"
        )
        return spent

    def _time_tiles(self):
        codes, _tiles = read_dashboard(self.admin, scope=EVERYONE)
        return {
            code: round(
                self.clock.measure_median(
                    lambda code=code: read_tile(self.admin, code, EVERYONE), times=3
                ).seconds,
                3,
            )
            for code in codes
        }

    def _time_customers(self):
        """Read the dashboards of the largest customer and of some others."""
        ids = self.wholesaler.customers
        some = ids[1 :: max(1, len(ids) // CUSTOMERS_READ)]
        spent = [
            self.clock.measure_median(
                lambda each=each: read_dashboard(
                    self.admin, CUSTOMER, {"customer_id": each}
                ),
                times=3,
            )
            for each in some
        ]
        big = self._time(
            "customer_big", self.admin, {"customer_id": ids[0]}, code=CUSTOMER
        )
        slowest = max(each.seconds for each in spent)
        say(f"{'slowest other customer':26}{slowest:8.3f} s")
        return {
            "customer_dashboard_s": round(slowest, 3),
            "customer_dashboard_big_s": round(big.seconds, 3),
        }

    def _time_lagging(self):
        """Read the main company's dashboard while another one lags far behind."""
        env = self.wholesaler.env
        refresh = self.wholesaler.lagging.sudo().crm_metric_refresh_ids
        lag_behind(refresh, get_last_id(env.cr, "mail_message") // 3)
        env.cr.commit()  # pylint: disable=invalid-commit
        return self._time("dashboard_lagging", self.admin, EVERYONE)

    def _time_import(self):
        """Read the dashboard after as many mails came as there were messages."""
        env = self.wholesaler.env
        count = int(IMPORTED_MAILS * self.wholesaler.order_count)
        with step(f"Importing {count} mails"):
            papers.import_mails(
                env,
                self.wholesaler.message_row,
                self.wholesaler.first_order,
                count,
                fields.Datetime.now() - timedelta(hours=1),
            )
            vacuum(env)
        return self._time("dashboard_import", self.admin, EVERYONE)


def _get_sizes(env):
    """Return {table or index of ours: MB}, and of the tables they are read from."""
    query = SQL(
        """
        SELECT relname, ROUND(pg_relation_size(oid) / 1048576.0, 1)::float8
          FROM pg_class
         WHERE relkind IN ('r', 'i')
           AND (relname LIKE 'crm\\_%%' OR relname LIKE '%%\\_crm\\_%%'
                OR relname IN ('sale_order', 'mail_message', 'account_move'))
           AND pg_relation_size(oid) > 1048576
         ORDER BY 2 DESC
        """
    )
    return dict(env.execute_query(query))
