# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.fields import Command
from odoo.tests import tagged

from .common import DashboardCase


@tagged("post_install", "-at_install")
class TestDoubtfulRates(DashboardCase):
    """A company whose currency changes, and orders whose rate cannot be right.

    One dollar is 150 yen.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.yen = cls.env.ref("base.JPY")
        cls.yen.active = True
        cls.company.currency_id = cls.dollar
        rates = cls.env["res.currency.rate"]
        rates.search([("currency_id", "in", (cls.dollar | cls.yen).ids)]).unlink()
        cls._create_rate("2026-11-01", 150, currency=cls.yen)
        cls._create_rate("2020-01-01", 150, currency=cls.yen)
        cls._create_rate("2020-01-01", 0.8, currency=cls.euro)
        cls.manager.company_ids = cls.company | cls.sister
        cls.customer = cls._create_customer("Azure", cls.manager)
        cls.late = cls._create_customer("Late", cls.manager)
        cls.in_dollars = cls._create_order(cls.customer, "2026-11-03", 100)

    def _get_words_of(self, code, **viewer):
        self.env.flush_all()
        self.env.invalidate_all()
        return " ".join(self._get_words(self._get_tile(code, **viewer)))

    def _get_sum(self, code="orders"):
        tile = self._get_tile(code)
        return self._get_block(tile, "figure")["figures"][0]["cell"]["value"]

    # ------------------------------------------------------------------
    # The company's currency changes
    # ------------------------------------------------------------------

    def test_orders_of_before_are_told_of_beside_the_sum(self):
        # 100 dollars would be 15 000 yen; at their rate of 1 they count as 100
        in_yen = self._create_order(self.customer, "2026-11-04", 3000, self.yen)
        self.assertEqual(in_yen.currency_rate, 150)
        self.assertEqual(self._get_sum(), 120)  # 100 and 3000 / 150 dollars
        self.assertNotIn("no rate to trust", self._get_words_of("orders"))
        self.company.currency_id = self.yen
        # what is in yen is worth itself now, not the 150th part
        self.assertEqual(in_yen.with_company(self.company).crm_base_net_value, 3000)
        self.assertEqual(self._get_sum(), 3100)
        for code in ("orders", "twelve_months"):
            words = self._get_words_of(code)
            self.assertIn("1 order in another currency", words)
            self.assertIn(self.in_dollars.name, words)
            self.assertNotIn(in_yen.name, words)

    def test_a_rate_into_the_former_currency_is_not_believed(self):
        in_euros = self._create_order(self.customer, "2026-11-04", 80, self.euro)
        self.assertEqual(in_euros.currency_rate, 0.8)
        self.company.currency_id = self.yen
        words = self._get_words_of("orders")
        # 80 / 0.8, taken for yen
        self.assertIn("2 orders in other currencies", words)
        self.assertIn(in_euros.name, words)
        later = self._create_order(self.customer, "2026-11-21 12:00:00", 80, self.euro)
        self.assertAlmostEqual(later.currency_rate, 0.8 / 150)
        self.assertNotIn(later.name, self._get_words_of("orders"))

    def test_stored_figures_of_before_are_left_out_until_made_anew(self):
        self._create_rhythm(self.late, "2026-10-12", 100)
        self._refresh()
        metric = self._get_metric(self.late)
        self.assertEqual((metric.order_value, metric.currency_id), (600, self.dollar))
        partner = self.late.with_user(self.manager).with_company(self.company)
        self.assertEqual(partner.crm_order_value, 600)
        triggers = self.env["ir.cron.trigger"].search_count([])
        self.company.currency_id = self.yen
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(metric.currency_id, self.dollar)  # it knows its own
        self.assertFalse(partner.crm_order_value)
        self.assertEqual(self.env["ir.cron.trigger"].search_count([]), triggers + 1)
        for code in ("missing_orders", "rfm", "needs_engagement", "customer_trend"):
            tile = self._get_tile(code)
            self.assertEqual(tile["state"], "empty")
            self.assertIn("currency was changed", tile["message"])
        settings = self.env["res.config.settings"].with_company(self.company)
        self.assertIn("currency was changed", settings.create({}).crm_refresh_summary)
        # one customer alone is not made in the new one
        refresh = self.env["crm.metric.refresh"]
        self.assertFalse(refresh._refresh_customer(self.company, self.late))
        self._refresh()
        self.env.invalidate_all()
        metric = self._get_metric(self.late)
        self.assertEqual((metric.order_value, metric.currency_id), (600, self.yen))
        refresh = refresh._get_last(self.company)
        # all seven, in dollars at a rate of 1
        self.assertEqual(refresh.unrated_order_count, 7)
        self.assertEqual(refresh.unrated_order_value, 700)
        # nobody's order is missing while the whole company is quiet
        tile = self._get_tile("missing_orders")
        self.assertEqual(tile["state"], "empty")
        self.assertIn("7 orders in other currencies", tile["message"])
        self.assertIn("7 orders", settings.create({}).crm_refresh_summary)

    def test_what_was_recorded_keeps_its_currency(self):
        self._keep_busy()
        self._create_rhythm(self.late, "2026-10-12", 100)
        self._refresh()
        recorded = {
            model: self.env[model].search([("company_id", "=", self.company.id)])
            for model in ("crm.alert", "crm.metric.backtest")
        }
        self.assertTrue(all(recorded.values()))
        self.company.currency_id = self.yen
        self.env.flush_all()
        self.env.invalidate_all()
        for model, records in recorded.items():
            self.assertEqual(records.currency_id, self.dollar, model)

    def test_a_company_without_orders_changes_its_currency_freely(self):
        self.sister.currency_id = self.yen
        self.assertFalse(self.sister.sudo().crm_currency_since)

    # ------------------------------------------------------------------
    # A currency without a rate
    # ------------------------------------------------------------------

    def test_an_order_at_a_rate_of_1_is_told_of_in_every_tile_that_counts_it(self):
        franc = self.env.ref("base.CHF")
        franc.active = True
        franc.rate_ids.unlink()
        order = self._create_order(self.customer, "2026-11-04", 40, franc)
        self.assertEqual(order.currency_rate, 1)
        self._create_rhythm(self.customer, "2026-10-12", 100)
        self._create_order(self.customer, "2026-05-12", 100)
        self._refresh()
        scope = {"customer_id": self.customer.id}
        for code in ("orders", "twelve_months"):
            self.assertIn(order.name, self._get_words_of(code))
        tiles = self._as(self.manager)["crm.dashboard.tile"]
        codes = ["customer_sales_trend", "customer_months", "customer_next_order"]
        for code, tile in tiles.get_tiles("customer", codes, scope).items():
            self.assertIn(order.name, " ".join(self._get_words(tile)), code)

    def test_a_currency_that_is_worth_the_same_is_not_told_of(self):
        balboa = self.env.ref("base.PAB")
        balboa.active = True
        balboa.rate_ids.unlink()
        self._create_rate("2020-01-01", 1, currency=balboa)
        self._create_order(self.customer, "2026-11-04", 40, balboa)
        self._refresh()
        self.assertEqual(self._get_sum(), 140)
        self.assertNotIn("no rate to trust", self._get_words_of("orders"))
        refresh = self.env["crm.metric.refresh"]._get_last(self.company)
        self.assertEqual(refresh.unrated_order_count, 0)

    def test_others_orders_are_not_told_of_to_who_may_not_read_them(self):
        self.company.currency_id = self.yen
        self._create_order(self.customer, "2026-11-05", 70, user_id=self.seller.id)
        words = self._get_words_of("orders", user=self.seller)
        self.assertNotIn("no rate to trust", words)

    # ------------------------------------------------------------------
    # Today's rates
    # ------------------------------------------------------------------

    def test_an_old_rate_and_an_unknown_one_are_called_so(self):
        self.sister.currency_id = self.yen
        self._create_order(self.customer, "2026-10-05", 300, company=self.sister)
        scope = {"account_manager": "all", "all_sales": True}
        viewer = {"scope": scope, "companies": self.company | self.sister}
        self.assertEqual(
            self._get_words_of("orders", **viewer),
            "At today's rate: 1 JPY = 0.00666667 USD",
        )
        rates = self.env["res.currency.rate"].search(
            [("currency_id", "=", self.yen.id)], order="name desc"
        )
        rates[0].unlink()
        self.assertEqual(
            self._get_words_of("orders", **viewer),
            "At today's rate: 1 JPY = 0.00666667 USD as of Jan 1, 2020",
        )
        rates[1].unlink()
        self.assertEqual(
            self._get_words_of("orders", **viewer),
            "At today's rate: 1 JPY = 1 USD, since no rate is known",
        )

    def test_a_branch_follows_the_currency_of_its_root(self):
        branch = self.env["res.company"].create(
            {"name": "Branch", "parent_id": self.company.id, "crm_figures_tz": "UTC"}
        )
        self.manager.company_ids = [Command.link(branch.id)]
        self._create_order(self.customer, "2026-11-05", 30, company=branch)
        self._refresh(branch)
        self.company.currency_id = self.yen
        self.assertTrue(branch.sudo().crm_currency_since)
        domain = branch._get_crm_figures_domain()
        self.assertFalse(self.env["crm.customer.metric"].search(domain))
