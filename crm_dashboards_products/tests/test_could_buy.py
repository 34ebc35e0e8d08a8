# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.crm_dashboards.tests.common import NOW

from .proposals_common import ProposalsCase

CODE = "could_buy"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCouldBuy(ProposalsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._refresh()

    def _load(self, user=None, customer=None):
        env = self._as(user or self.manager)
        scope = {"customer_id": (customer or self.florist).id}
        return env["crm.dashboard.tile"].get_tiles("customer", [CODE], scope).get(CODE)

    def _get_row(self, *args, **kwargs):
        (row,) = self._get_block(self._load(*args, **kwargs), "rows")["rows"]
        return row

    def _press(self, key, user=None):
        row = self._get_row()
        tile = self._as(user or self.seller)["crm.dashboard.tile"]
        scope = {"customer_id": self.florist.id}
        return tile.run_row_action(CODE, key, row["id"], scope)

    def test_what_those_who_buy_alike_have(self):
        row = self._get_row()
        self.assertEqual(row["title"], "Ribbon")
        # the twelve besides the florist, of whom eleven buy ribbons
        self.assertEqual(
            row["subtitle"], "11 of 12 other customers who buy Pot and Vase buy it"
        )
        # five took 10 the first time and six took 20: the sixth of eleven
        proposal = self.env["crm.product.proposal"].browse(row["id"])
        self.assertEqual(proposal.quantity, 20)
        self.assertEqual(row["cell_note"], "20 Units")
        self.assertEqual(row["cell"]["value"], 20 * 3)

    def test_at_the_price_of_the_customers_pricelist(self):
        prices = self._create_prices(self.euro)
        prices.item_ids = [
            Command.create({"compute_price": "percentage", "percent_price": 50})
        ]
        self.florist.with_company(self.company).property_product_pricelist = prices
        self.assertEqual(self._get_row()["cell"]["value"], 20 * 1.5)

    def test_nothing_for_those_who_have_it_all(self):
        tile = self._load(customer=self.others[1])
        self.assertEqual(tile["state"], "empty")
        self.assertIn("at least 10 customers", tile["message"])

    def test_only_who_may_know_the_figures(self):
        self.assertEqual(self._load(self.seller)["state"], "ready")
        stranger = self._create_user("stranger", "sales_team.group_sale_salesman")
        self.assertIsNone(self._load(stranger))
        self.assertFalse(self._as(stranger)["crm.product.proposal"].search([]))

    def test_second_company(self):
        self.manager.company_ids |= self.sister
        env = self._as(self.manager, self.sister | self.company)
        scope = {"customer_id": self.florist.id}
        tile = env["crm.dashboard.tile"].get_tiles("customer", [CODE], scope)[CODE]
        self.assertEqual(tile["state"], "empty")
        self.assertIn("has not been looked for", tile["message"])

    def test_what_was_bought_meanwhile_goes_at_once(self):
        self._buy(self.florist, 0, {self.ribbon: 3})
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self._load()["state"], "empty")

    def test_new_quotation_of_ones_own(self):
        action = self._press("add")
        order = self.env["sale.order"].browse(action["res_id"])
        self.assertEqual(order.user_id, self.seller)
        self.assertEqual(order.partner_id, self.florist)
        self.assertEqual(order.state, "draft")
        self.assertEqual(order.order_line.product_id, self.ribbon)
        self.assertEqual(order.order_line.product_uom_qty, 20)
        self.assertEqual(order.order_line.price_unit, 3)

    def test_open_draft_of_the_same_user(self):
        mine, theirs = (
            self.env["sale.order"].create(
                {
                    "partner_id": self.florist.id,
                    "company_id": self.company.id,
                    "user_id": user.id,
                    "order_line": [
                        Command.create({"product_id": self.pot.id, "price_unit": 7})
                    ],
                }
            )
            for user in (self.seller, self.colleague)
        )
        action = self._press("add")
        self.assertEqual(action["res_id"], mine.id)
        self.assertEqual(mine.order_line.product_id, self.pot | self.ribbon)
        self.assertEqual(mine.order_line[0].price_unit, 7)
        self.assertEqual(theirs.order_line.product_id, self.pot)
        self._press("add")
        self.assertEqual(len(mine.order_line), 2, "It is in there.")

    def test_not_for_them_and_taken_back(self):
        proposal = self.env["crm.product.proposal"].browse(self._get_row()["id"])
        answer = self._press("not_for_them")["params"]
        self.assertEqual(answer["message"], "Ribbon is not proposed any more.")
        self.assertEqual(
            answer["undo"],
            {
                "model": "crm.product.proposal",
                "method": "action_take_back",
                "ids": proposal.ids,
            },
        )
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self._load()["state"], "empty")
        with freeze_time("2026-12-21 12:00:00"):
            self._refresh()
            self.assertTrue(proposal.exists(), "It can be taken back for good.")
            self.assertTrue(proposal.is_dismissed)
            self.assertEqual(self._load()["state"], "empty")
            proposal.with_user(self.seller).action_take_back()
            self.env.flush_all()
            self.env.invalidate_all()
            self.assertEqual(self._get_row()["title"], "Ribbon")

    def test_a_proposal_ends_after_90_days(self):
        proposal = self.env["crm.product.proposal"].browse(self._get_row()["id"])
        self.assertEqual(str(proposal.proposed_on), "2026-11-21")
        with freeze_time("2027-01-21 12:00:00"):
            self._refresh()
            self.assertEqual(str(proposal.proposed_on), "2026-11-21", "It stands.")
        with freeze_time("2027-02-19 12:00:00"):
            self.env.invalidate_all()
            self.assertEqual(self._load()["state"], "empty")

    def test_several_customers_are_no_quotation(self):
        proposals = self.env["crm.product.proposal"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertGreater(len(proposals.partner_id), 1)
        with self.assertRaises(UserError):
            proposals.with_user(self.manager).action_add_to_quotation()

    def test_strangers_are_refused(self):
        proposal = self.env["crm.product.proposal"].browse(self._get_row()["id"])
        stranger = self._create_user("stranger", "sales_team.group_sale_salesman")
        for method in ("not_for_them", "take_back", "add_to_quotation"):
            with self.assertRaises(AccessError):
                getattr(proposal.with_user(stranger), f"action_{method}")()
        with self.assertRaises(AccessError):
            proposal.with_user(self.manager).rank = 3

    def test_a_proposal_that_does_not_stand_any_more(self):
        row = self._get_row()
        self._press("not_for_them")
        tile = self._as(self.seller)["crm.dashboard.tile"]
        with self.assertRaises(ValidationError):
            tile.run_row_action(
                CODE, "add", row["id"], {"customer_id": self.florist.id}
            )

    def test_hidden_where_the_past_speaks_against_it(self):
        refresh = self.company.crm_metric_refresh_ids
        refresh.write(
            {
                "proposal_test_count": 30,
                "proposal_hit_count": 11,
                "bestseller_hit_count": 10,
            }
        )
        tile = self._load()
        self.assertEqual(tile["state"], "empty")
        self.assertIn("hardly better than the bestsellers", tile["message"])
        refresh.proposal_hit_count = 12
        tile = self._load()
        self.assertEqual(tile["state"], "ready")
        self.assertEqual(
            self._get_words(tile),
            [
                "Of five proposals 90 days ago, customers who bought something new "
                "bought 8%; of the five bestsellers 6.7%."
            ],
        )
        self.assertFalse(self._get_words(self._load(self.seller)))

    def test_the_health_page_says_that_they_are_left_out(self):
        self.manager.group_ids |= self.env.ref("base.group_system")
        refresh = self.company.crm_metric_refresh_ids
        nothing = "No alert is old enough to tell what became of it."
        self.assertEqual(self._get_health_words(), nothing, "Too few customers tell.")
        refresh.write(
            {
                "proposal_test_count": 30,
                "proposal_hit_count": 12,
                "bestseller_hit_count": 10,
            }
        )
        words = (
            f"{nothing} Of five proposals 90 days ago, customers who bought something "
            "new bought 8%; of the five bestsellers 6.7%."
        )
        self.assertEqual(self._get_health_words(), words)
        refresh.bestseller_hit_count = 11
        self.assertEqual(
            self._get_health_words(),
            words.replace("6.7%", "7.3%")
            + " That is less than 1.2 times as good: Could Buy shows no proposals.",
        )

    def _get_health_words(self):
        tile = self._as(self.manager)["crm.dashboard.tile"]
        tiles = tile.get_tiles("health", ["health_alerts"], {})
        return tiles["health_alerts"]["message"]

    def test_a_database_with_three_orders(self):
        company = self._create_company("New")
        self._create_orders(
            [(self.florist, f"2026-11-0{day}", 10) for day in (1, 2, 3)], company
        )
        self.manager.company_ids |= company
        scope = {"customer_id": self.florist.id}
        tile = self._as(self.manager, company)["crm.dashboard.tile"]
        words = "What customers could buy has not been looked for yet."
        for _night in range(2):
            content = tile.get_tiles("customer", [CODE], scope)[CODE]
            self.assertEqual((content["state"], content["message"]), ("empty", words))
            words = (
                "There is no product that at least 10 customers who buy like this one "
                "have and it lacks."
            )
            self._refresh(company)
