# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from odoo.addons.crm_dashboards.tests.common import NOW

from .agreement_common import AgreementCase

READER = "agreement.group_agreement_readonly"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestAgreementAccess(AgreementCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agreement = cls._create_agreement("global", ())

    def test_readers_of_agreements_and_of_the_customer_s_figures_see_them(self):
        for groups in (
            "sales_team.group_sale_salesman_all_leads",
            "account.group_account_invoice",
            "account.group_account_readonly",
        ):
            with self.subTest(groups=groups):
                name = groups.replace(".", "_")
                user = self._create_user(name, groups)
                self.assertIsNone(self._get_agreements(user))
                user.group_ids += self.env.ref(READER)
                self.assertEqual(self._get_bonus(self._get_agreements(user)), 6230)

    def test_salesperson_sees_figures_of_own_customers_only_and_is_told(self):
        tile = self._get_agreements(self.seller)
        # of every invoice, although the seller may read none
        self.assertEqual(self._get_bonus(tile), 6230)
        words = "Of all invoices of the customer."
        self.assertIn(words, self._get_all_words(tile))
        self.assertNotIn(words, self._get_all_words(self._get_agreements()))
        with self.assertRaises(AccessError):
            self._as(self.seller)["account.invoice.report"].search([])
        self.customer.user_id = self.colleague
        self.assertIsNone(self._get_agreements(self.seller))
        self.customer.user_id = False
        self.assertIsNone(self._get_agreements(self.seller))

    def test_own_customer_s_figures_are_not_those_of_its_double(self):
        """Another account manager's, or nobody's, of the same VAT number."""
        same = {"vat": "BE0477472701", "country_id": self.env.ref("base.be").id}
        self.customer.write(same)
        double = self._create_customer("Azure's Double", **same)
        self._create_agreement("global", (), partner_id=double.id)
        self.seller.company_ids = self.both
        self.seller.group_ids += self.env.ref("crm_dashboards.group_manufacturer")
        for manager in (self.env["res.users"], self.colleague):
            double.user_id = manager
            tiles = self._as(self.seller)["crm.dashboard.tile"].get_tiles(
                "customer",
                ["customer_agreements"],
                {"customer_id": self.customer.id, "all_sales": True},
            )
            self.assertFalse(tiles)

    def test_who_may_not_read_agreements_can_open_a_customer(self):
        user = self._create_user("salesman", "sales_team.group_sale_salesman")
        form = Form(self.customer.with_env(self._as(user)))
        self.assertNotIn("agreements_count", form._view["fields"])
        form = Form(self.customer.with_env(self._as(self.seller)))
        self.assertEqual(form.agreements_count, 1)

    def test_portal_and_plain_users_are_refused(self):
        for groups in ("base.group_portal", "base.group_user"):
            user = self._create_user(groups.replace(".", "_"), groups)
            with self.subTest(groups=groups), self.assertRaises(AccessError):
                self._get_agreements(user)

    def test_wizard_in_preview_gives_away_nothing_to_others(self):
        """Whoever asks the wizard himself is bound to his own rights."""
        wizard = self._as(self.seller)["agreement.settlement.create.wiz"]
        wizard = wizard.with_context(crm_dashboards_preview=True).create(
            {"date_to": "2026-11-21", "agreement_ids": self.agreement.ids}
        )
        with self.assertRaises(AccessError):
            wizard.action_create_settlement()

    def test_bonus_of_the_list_is_for_who_may_know_the_customer_s_figures(self):
        for user, bonus in ((self.manager, 6230), (self.seller, 6230)):
            agreement = self.agreement.with_env(self._as(user))
            self.assertEqual(
                (agreement.crm_bonus_now, agreement.crm_invoiced_now), (bonus, 62300)
            )
        # all may read the agreement, not all what the customer buys
        other = self._create_user("other", "sales_team.group_sale_salesman")
        other.group_ids += self.env.ref("agreement.group_agreement_user")
        agreement = self.agreement.with_env(self._as(other))
        self.assertFalse(agreement.crm_bonus_now or agreement.crm_invoiced_now)
        plain = self._create_user("plain", "base.group_user")
        plain.group_ids += self.env.ref("agreement.group_agreement_user")
        self.customer.user_id = plain
        with self.assertRaises(AccessError):
            self.agreement.with_env(self._as(plain)).read(["crm_bonus_now"])

    def test_invoices_of_another_s_customer_moved_below_count_for_nobody(self):
        """A settlement counts a company below the customer, the customer does not."""
        stranger = self.env["res.partner"].search([("name", "=", "Stranger")])
        self.assertEqual(self._get_bonus(self._get_agreements(self.seller)), 6230)
        stranger.with_user(self.seller).parent_id = self.customer
        self.assertEqual(self.customer.crm_appointed_user_id, self.seller)
        # 10% of 62 300 and 5 000
        self.assertEqual(self._get_bonus(self._get_agreements()), 6730)
        (row,) = self._get_rows(self._get_agreements(self.seller))
        self.assertFalse(row["cell"])
        agreement = self.agreement.with_env(self._as(self.seller))
        self.assertFalse(agreement.crm_bonus_now or agreement.crm_invoiced_now)
        stranger.user_id = self.seller  # as the superuser
        self.assertEqual(self._get_bonus(self._get_agreements(self.seller)), 6730)

    def test_row_opens_its_agreement(self):
        env = self._as(self.manager)
        (row,) = self._get_rows(self._get_agreements())
        scope = {"customer_id": self.customer.id}
        action = env["crm.dashboard.tile"].open_report(
            "customer_agreements", scope, row["drill"]
        )
        self.assertEqual(action["res_model"], "agreement")
        self.assertEqual(action["res_id"], self.agreement.id)

    def test_agreement_that_the_user_may_not_read_is_refused(self):
        agreement = self._create_agreement(company_id=self.sister.id)
        for user in (self.colleague, self.manager):
            tile = self._as(user)["crm.dashboard.tile"]
            with self.assertRaises(AccessError):
                tile.open_report(
                    "customer_agreements",
                    {"customer_id": self.customer.id},
                    {"key": "agreement", "value": agreement.id},
                )

    def test_drill_that_the_tile_did_not_declare_is_refused(self):
        tile = self._as(self.manager)["crm.dashboard.tile"]
        for drill in (
            {"key": "partner", "value": 1},
            {"key": "agreement", "value": "1"},
            {"key": "agreement", "value": True},
        ):
            with self.subTest(drill=drill), self.assertRaises(ValidationError):
                tile.open_report(
                    "customer_agreements", {"customer_id": self.customer.id}, drill
                )
