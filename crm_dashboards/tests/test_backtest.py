# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .missing_order_common import CODE, MissingOrderCase
from .rpc_common import RpcCase

MODEL = "crm.metric.backtest"
MODULE = "odoo.addons.crm_dashboards.models.crm_metric_backtest"
FIELDS = ["month", "alert_count", "churned_count", "projected_value", "actual_value"]
LITTLE_LATE = "1 more customer is past its usual day, but not late enough to worry."
SENTENCE = "Of the orders missing on Aug 23 (1), 1 had still not come 30 days later."


class BacktestCase(MissingOrderCase):
    """Alerts of 23 August, 90 days ago: only *Lost* was late, and ordered no more."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        export = "base.group_allow_export"
        for user in (cls.seller, cls.colleague):
            user.group_ids += cls.env.ref(export)
        cls.invoicing = cls._create_user(
            "invoicing", f"base.group_user,account.group_account_invoice,{export}"
        )
        cls.reader = cls._create_user(
            "reader", f"base.group_user,account.group_account_readonly,{export}"
        )
        cls.internal = cls._create_user("internal", f"base.group_user,{export}")
        cls.portal = cls._create_user("portal", "base.group_portal")
        cls.allowed = (cls.manager, cls.colleague, cls.invoicing, cls.reader)
        cls.refused = (cls.seller, cls.internal, cls.portal)
        cls.newest = cls.env[MODEL].search([("company_id", "=", cls.company.id)])[0]


@tagged("post_install", "-at_install")
class TestBacktest(BacktestCase):
    """What became of all customers' alerts is for those who may see everybody's."""

    def test_figures(self):
        self.assertEqual(
            (self.newest.month, self.newest.alert_date, self.newest.wait_days),
            (date(2026, 11, 1), date(2026, 8, 23), 30),
        )
        self.assertEqual((self.newest.alert_count, self.newest.churned_count), (1, 1))
        # October: Late 100, Gone 2 × 200, Nobody's 2 × 50, Slow 2 × 70, Regular 3 × 30,
        # Busy 24 × 1
        self.assertEqual(self.newest.projected_month, date(2026, 10, 1))
        self.assertEqual(self.newest.actual_value, 854)

    def test_the_same_after_the_figures_of_very_many_orders(self):
        """Then they are not made beside the storing, which would take much memory."""
        before = self.env[MODEL].search([("company_id", "=", self.company.id)])
        names = [*FIELDS, "alert_risk_value", "alert_lost_value", "currency_id"]
        values = before.read(names)
        before.sudo().unlink()
        with patch(f"{MODULE}.MANY_ORDERS", 0):
            self._refresh()
        after = self.env[MODEL].search([("company_id", "=", self.company.id)])
        for row in (*values, *(found := after.read(names))):
            del row["id"]
        self.assertEqual(found, values)

    def test_alerts_of_who_is_left_out_do_not_count(self):
        individual = self._create_customer("Individual", is_company=False)
        excluded = self._create_customer("Excluded", crm_exclude_from_figures=True)
        for customer in (individual, excluded):
            self._create_rhythm(customer, "2026-06-24", 900)
        self.env[MODEL].sudo().search([]).unlink()
        self._refresh()
        newest = self.env[MODEL].search([("company_id", "=", self.company.id)])[0]
        self.assertEqual((newest.alert_count, newest.churned_count), (1, 1))

    def test_those_who_see_everybody_may_read(self):
        for user in self.allowed:
            with self.subTest(user=user.name):
                backtests = self._as(user)[MODEL]
                self.assertEqual(backtests.search([])[0], self.newest)
                self.assertEqual(backtests.search([]).company_id, self.company)
                (values,) = self.newest.with_env(backtests.env).read(["alert_count"])
                self.assertEqual(values["alert_count"], 1)

    def test_nobody_else_by_any_way(self):
        for user in self.refused:
            newest = self.newest.with_env(self._as(user))
            attempts = {
                "search": lambda newest=newest: newest.search([]),
                "count": lambda newest=newest: newest.search_count([]),
                "condition": lambda newest=newest: newest.search(
                    [("actual_value", ">", 1)]
                ),
                "read": lambda newest=newest: newest.read(FIELDS),
                "field": lambda newest=newest: newest.actual_value,
                "search_read": lambda newest=newest: newest.search_read([], FIELDS),
                "web_search_read": lambda newest=newest: newest.web_search_read(
                    [], {"actual_value": {}}
                ),
                "group": lambda newest=newest: newest._read_group(
                    [], ["month:month"], ["actual_value:sum"]
                ),
                "formatted group": lambda newest=newest: newest.formatted_read_group(
                    [], ["month:month"], ["actual_value:sum"]
                ),
                "web group": lambda newest=newest: newest.web_read_group(
                    [], ["month:month"], ["actual_value:sum"]
                ),
            }
            for name, attempt in attempts.items():
                with self.subTest(user=user.name, way=name):
                    with self.assertRaises(AccessError):
                        attempt()

    def test_export(self):
        rows = self.newest.with_env(self._as(self.colleague)).export_data(
            ["actual_value"]
        )
        self.assertEqual(rows["datas"], [[854.0]])
        for user in (self.seller, self.internal):
            newest = self.newest.with_env(self._as(user))
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                newest.export_data(FIELDS)

    def test_nobody_writes(self):
        for user in self.allowed:
            newest = self.newest.with_env(self._as(user))
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                newest.write({"alert_count": 2})

    def test_sentence_under_the_alerts(self):
        for user in self.allowed:
            with self.subTest(user=user.name):
                tile = self._get_tile(CODE, user)
                self.assertEqual(self._get_words(tile), [LITTLE_LATE, SENTENCE])

    def test_no_sentence_for_own_documents_only(self):
        tile = self._get_tile(CODE, self.seller)
        self.assertEqual(self._get_alerts(user=self.seller), ["Late"])
        self.assertEqual(self._get_words(tile), [LITTLE_LATE])
        sheet = self._open(self._export_dashboard(self.seller))["Missing Orders"]
        texts = [str(cell.value) for row in sheet.iter_rows() for cell in row]
        self.assertIn("Late", texts)
        self.assertFalse([text for text in texts if "orders missing on" in text])

    def test_no_sentence_without_alerts(self):
        # of the sister company, where nobody ordered before 13 August
        tile = self._get_tile(CODE, companies=self.sister)
        self.assertEqual(self._get_words(tile), [])


@tagged("post_install", "-at_install")
class TestBacktestCalls(BacktestCase, RpcCase):
    def test_calls_are_refused(self):
        calls = [
            ("search_read", [], FIELDS),
            ("read", self.newest.ids, FIELDS),
            ("search_count", []),
            ("formatted_read_group", [], ["month:month"], ["actual_value:sum"]),
            ("web_read_group", [], ["month:month"], ["actual_value:sum"]),
        ]
        for user in (self.seller, self.portal):
            self.authenticate(user.login, user.login)
            for method, *args in calls:
                with self.subTest(user=user.name, method=method):
                    self._check_refused(MODEL, method, *args)

    def test_those_who_see_everybody_are_let_in(self):
        self.authenticate(self.colleague.login, self.colleague.login)
        (values,) = self._call(MODEL, "read", self.newest.ids, ["alert_count"])
        self.assertEqual(values["alert_count"], 1)
