# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from .common import DASHBOARD, DashboardCase


@tagged("post_install", "-at_install")
class TestQueryCounts(DashboardCase):
    """The database is asked as often for many customers as for a few."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._add_customers(11)

    @classmethod
    def _add_customers(cls, number):
        customers = cls.env["res.partner"].create(
            [
                {
                    "name": f"Customer {place}",
                    "is_company": True,
                    "customer_rank": 1,
                    "user_id": cls.seller.id,
                }
                for place in range(number)
            ]
        )
        cls._create_orders(
            [
                (customer, f"2026-{1 + place % 11:02}-15", 10)
                for place, customer in enumerate(customers)
            ]
        )
        cls._refresh()

    def _count_queries(self, user, call):
        """Return the queries of ``call(env)`` once the server's caches are warm."""
        counts = []
        for _time in range(2):
            self.env.flush_all()
            self.env.invalidate_all()
            env = self._as(user)
            before = self.env.cr.sql_log_count
            call(env)
            counts.append(self.env.cr.sql_log_count - before)
        return counts[-1]

    def _check(self, limit, call, user=None):
        user = user or self.manager
        few = self._count_queries(user, call)
        self._add_customers(44)
        many = self._count_queries(user, call)
        self.assertEqual(many, few)
        self.assertLessEqual(many, limit)

    def _get_tiles(self, *codes):
        return lambda env: env["crm.dashboard.tile"].get_tiles(
            DASHBOARD, list(codes), {"account_manager": "all"}
        )

    def test_three_tiles(self):
        self._check(20, self._get_tiles("orders", "twelve_months", "rfm"))

    def test_three_tiles_of_a_salesperson(self):
        self._check(20, self._get_tiles("orders", "twelve_months", "rfm"), self.seller)

    def _open(self, dashboard, scope):
        """Return the function that does what the browser does to open a dashboard."""

        def call(env):
            tiles = env["crm.dashboard.tile"]
            header = tiles.get_dashboard(dashboard, scope)
            codes = [tile["code"] for tile in header["tiles"]]
            contents = tiles.get_tiles(dashboard, codes, header["scope"])
            self.assertFalse(
                {
                    code: content["message"]
                    for code, content in contents.items()
                    if content["state"] == "failed"
                }
            )

        return call

    def test_account_manager_dashboard(self):
        self._check(60, self._open(DASHBOARD, {"account_manager": "all"}))

    def test_customer_dashboard(self):
        customer = self.env["crm.customer.metric"].search([], limit=1).partner_id
        self._check(60, self._open("customer", {"customer_id": customer.id}))

    def test_a_customer_s_orders_are_read_once_for_all_tiles(self):
        customer = self.env["crm.customer.metric"].search([], limit=1).partner_id
        calls = []
        for model, name in (
            ("crm.metric.refresh", "_read_customer_history"),
            ("crm.tile.sales.mixin", "_get_sums_query"),
        ):
            read = getattr(self.env.registry[model], name)

            def count(model, *args, read=read, name=name):
                calls.append(name)
                return read(model, *args)

            self.patch(self.env.registry[model], name, count)
        self._open("customer", {"customer_id": customer.id})(self._as(self.manager))
        self.assertCountEqual(calls, ["_read_customer_history", "_get_sums_query"])

    def test_header(self):
        self._check(20, lambda env: env["crm.dashboard.tile"].get_dashboard(DASHBOARD))

    def test_contacts_with_their_figures(self):
        fnames = {name: {} for name in ("name", "crm_rfm_segment", "crm_order_value")}
        self._check(
            30,
            lambda env: env["res.partner"].web_search_read(
                [("user_id", "=", self.seller.id)], fnames, order="crm_order_value desc"
            ),
        )

    def test_orders_report(self):
        fnames = {
            name: {}
            for name in ("name", "crm_base_net_value", "crm_account_manager_id")
        }
        self._check(
            30,
            lambda env: env["sale.order"].web_search_read(
                [("company_id", "=", self.company.id)], fnames
            ),
        )

    def test_nightly_job(self):
        self._check(
            60,
            lambda env: self.env["crm.metric.refresh"]._refresh_company(self.company),
        )
