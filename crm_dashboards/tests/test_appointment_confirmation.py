# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from ast import literal_eval

from lxml import etree

from odoo.tests import tagged

from .appointment_common import FIELD, PARTNER, TILE, TILES, AppointmentCase

WAITS = (
    "Your appointment as account manager waits for confirmation: figures of this "
    "customer follow then."
)


@tagged("post_install", "-at_install")
class TestConfirmation(AppointmentCase):
    """Who waits is told so, and those who may confirm."""

    def setUp(self):
        super().setUp()
        self._sign_in(self.seller)
        self._write(self.big, user_id=self.seller.id)

    def test_the_tiles_say_so(self):
        tiles = self._get_tiles_of(self.seller, self.big)
        self.assertEqual(
            {code: (tiles[code]["state"], tiles[code]["message"]) for code in tiles},
            dict.fromkeys(TILES, ("empty", WAITS)),
        )
        # Of a customer that one does not claim, nothing is told.
        self.assertEqual(self._get_tiles_of(self.rival, self.big), {})

    def test_the_header_says_so(self):
        header = self._get_header(self.seller, self.big)
        self.assertEqual(header["notice"], WAITS)
        self.assertNotIn("confirm_account_manager", self._get_keys(header))
        self.assertFalse(self._get_header(self.seller, self.mine)["notice"])
        self.assertFalse(self._get_header(self.rival, self.big)["notice"])

    def test_dashboard_of_the_account_manager_counts(self):
        self.assertEqual(
            self._get_board(self.seller)["notice"],
            "Your appointment as account manager of 1 customer waits for "
            "confirmation: its figures follow then.",
        )
        other = self.env[PARTNER].search([("name", "=", "Other 0")])
        order = self.env["sale.order"].search([("partner_id", "=", other.id)])
        order.user_id = self.colleague
        self._sign_in(self.seller)
        self._write(other, user_id=self.seller.id)
        self.assertEqual(
            self._get_board(self.seller)["notice"],
            "Your appointment as account manager of 2 customers waits for "
            "confirmation: their figures follow then.",
        )
        self.assertFalse(self._get_board(self.rival)["notice"])

    def test_those_who_may_confirm_are_told(self):
        header = self._get_header(self.manager, self.big)
        self.assertEqual(
            header["notice"], "Seller waits for confirmation as account manager."
        )
        self.assertIn("confirm_account_manager", self._get_keys(header))
        waiting = self.env[PARTNER]._crm_get_waiting_domain()
        self.assertEqual(self.env[PARTNER].search(waiting), self.big)
        self.assertEqual(
            self._get_board(self.manager)["notice"],
            "The account manager of 1 customer waits for your confirmation. Filter "
            "Contacts by “Account Manager to Confirm”.",
        )
        header = self._get_header(self.manager, self.mine)
        self.assertFalse(header["notice"])
        self.assertNotIn("confirm_account_manager", self._get_keys(header))

    def test_one_button_confirms(self):
        self._sign_in(self.colleague)
        # the dashboard of a contact is its customer's
        self._do(TILE, "run_customer_action", self.buyer.id, "confirm_account_manager")
        self.assertEqual(self.big[FIELD], self.seller)
        self._check_open(self.big)
        self.assertEqual(
            self._get_notes(self.big),
            [
                ("Colleague", "Confirmed Seller as account manager."),
                (
                    "Seller",
                    "Seller waits for confirmation as account manager: the figures of "
                    "this customer follow then.",
                ),
            ],
        )

    def test_the_button_is_for_all_documents_users(self):
        reader = self._create_user(
            "reader", "base.group_partner_manager,account.group_account_invoice"
        )
        for user in (self.seller, self.rival, reader):
            self._sign_in(user)
            self._check_refused(PARTNER, "action_confirm_account_manager", self.big.ids)
        self.assertFalse(self.big[FIELD])

    def test_confirmed_once(self):
        self._sign_in(self.colleague)
        for _time in range(2):
            self._do(PARTNER, "action_confirm_account_manager", self.big.ids)
        self.assertEqual(len(self._get_notes(self.big)), 2)

    def test_writing_the_same_again_is_no_news(self):
        self._write(self.big, user_id=self.seller.id)
        self.assertEqual(len(self._get_notes(self.big)), 1)
        self._check_closed(self.big)

    def test_all_documents_user_writes_the_same(self):
        self._sign_in(self.colleague)
        self._write(self.big, user_id=self.seller.id)
        self._check_open(self.big)

    def test_filter_of_contacts(self):
        partners = self.env[PARTNER].with_user(self.manager)
        arch = etree.fromstring(partners.get_view(view_type="search")["arch"])
        (node,) = arch.xpath("//filter[@name='crm_waiting_account_manager']")
        domain = literal_eval(node.get("domain"))
        self.assertEqual(partners.search(domain), self.big)

    def _get_keys(self, header):
        return [action["key"] for action in header["actions"]]
