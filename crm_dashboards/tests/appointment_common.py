# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Customers of two salespeople with own documents, and all that tells of them."""

from odoo.fields import Command

from .common import DASHBOARD, NOW, DashboardCase
from .due_common import DueMixin
from .rpc_common import RpcCase

# models whose rows are facts of a customer
FACTS = (
    "crm.customer.metric",
    "crm.segment.change",
    "crm.due.line",
    "crm.engagement",
    "crm.missing.order.decision",
    "crm.reactivation",
)
TOTALS = {"crm.customer.metric": "order_value:sum", "crm.due.line": "date_due:max"}
FIGURES = ("crm_order_value", "crm_rfm_segment", "crm_last_order_date")
# tiles of figures that not every reader of the customer may know
TILES = ("customer_next_order", "customer_due_amount")
PARTNER = "res.partner"
FIELD = "crm_appointed_user_id"
TILE = "crm.dashboard.tile"
EVERYTHING = {
    *FACTS,
    *(f"{model} in groups" for model in TOTALS),
    *TILES,
    "badge",
    "read",
    "search",
    "group",
    "export",
}


class AppointmentCase(DueMixin, DashboardCase, RpcCase):
    """*Big* is the rival's, as are its orders; *Mine* is the seller's.

    Both may edit, merge and export contacts, as Odoo lets every salesperson.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rival = cls._create_user("rival", "sales_team.group_sale_salesman")
        for user in (cls.seller, cls.rival, cls.colleague):
            for group in ("base.group_partner_manager", "base.group_allow_export"):
                user.group_ids += cls.env.ref(group)
        cls.books = cls._create_books(cls.company)
        cls.big = cls._create_customer("Big", cls.rival, email="same@b.example")
        cls.buyer = cls._create_customer(
            "Buyer", is_company=False, customer_rank=0, parent_id=cls.big.id
        )
        cls.mine = cls._create_customer("Mine", cls.seller, email="same@b.example")
        cls._order_monthly(cls.buyer, cls.rival)
        cls._order_monthly(cls.mine, cls.seller)
        for place in range(4):
            other = cls._create_customer(f"Other {place}", cls.colleague)
            cls._create_order(other, f"2026-0{place + 5}-01", 50)
        for customer, user in ((cls.big, cls.rival), (cls.mine, cls.seller)):
            cls._create_facts(customer, user)
        cls._pass_night()

    @classmethod
    def _order_monthly(cls, customer, user):
        for month in range(4, 11):
            cls._create_order(
                customer, f"2026-{month:02}-05", 100, user_id=user.id or False
            )

    @classmethod
    def _create_facts(cls, customer, user):
        """One row in each model of facts that neither is computed at night."""
        cls._create_invoice(
            cls.books,
            customer,
            "2026-10-01",
            "2026-11-01",
            500,
            invoice_user_id=user.id,
        )
        note = customer.with_user(user)._message_log(body="Called").sudo()
        note.mail_activity_type_id = cls.env.ref("mail.mail_activity_data_call")
        note.date = NOW
        common = {"partner_id": customer.id, "company_id": cls.company.id}
        cls.env["crm.segment.change"].create(
            {
                **common,
                "date": "2026-11-20",
                "segment_from": "new",
                "segment_to": "promising",
                "cause": "orders",
            }
        )
        cls.env["crm.missing.order.decision"].create(
            {**common, "decision": "not_a_loss", "reason": "On holiday"}
        )
        cls.env["crm.reactivation"].create(
            {**common, "kind": "activity", "last_order_date": "2026-10-05"}
        )

    @classmethod
    def _pass_night(cls):
        cls._refresh()
        cls.env.flush_all()
        cls.env.invalidate_all()

    # ------------------------------------------------------------------
    # What people do
    # ------------------------------------------------------------------

    def _sign_in(self, user):
        self.env.flush_all()
        self.authenticate(user.login, user.login)

    def _do(self, model, method, *args, **kwargs):
        """Return what a call of the user answers, with nothing old in the cache."""
        result = self._call(model, method, *args, **kwargs)
        self.env.invalidate_all()
        return result

    def _write(self, partner, **values):
        self._do(PARTNER, "write", partner.ids, values)

    def _create(self, **values):
        return self.env[PARTNER].browse(self._do(PARTNER, "create", [values]))

    def _merge(self, source, target):
        model = "base.partner.merge.automatic.wizard"
        values = {
            "partner_ids": [Command.set((source | target).ids)],
            "dst_partner_id": target.id,
        }
        wizard = self._do(model, "create", [values])
        self._do(model, "action_merge", wizard)
        self.assertFalse(source.exists())

    # ------------------------------------------------------------------
    # What they see
    # ------------------------------------------------------------------

    def _get_seen(self, user, customer):
        """Return the ways, of EVERYTHING, in which a user sees facts of a customer."""
        self._sign_in(user)
        about = [("partner_id", "=", customer.id)]
        seen = {
            model
            for model in FACTS
            if self._call(model, "search_read", about, ["partner_id"])
        }
        for model, total in TOTALS.items():
            groups = self._call(model, "formatted_read_group", about, [], [total])
            if groups[0][total]:
                seen.add(f"{model} in groups")
        return seen | self._get_seen_fields(customer) | self._get_seen_tiles(customer)

    def _get_seen_fields(self, customer):
        me = [("id", "=", customer.id)]
        (values,) = self._call(PARTNER, "read", customer.ids, FIGURES)
        totals = self._call(
            PARTNER, "formatted_read_group", me, [], ["crm_order_value:sum"]
        )
        exported = self._call(PARTNER, "export_data", customer.ids, FIGURES[1:])
        ways = {
            "read": any(values[name] for name in FIGURES),
            "search": any(
                self._call(PARTNER, "search_count", [*me, (name, "!=", False)])
                for name in FIGURES
            ),
            "group": totals[0]["crm_order_value:sum"],
            "export": any(exported["datas"][0]),
        }
        return {way for way, is_open in ways.items() if is_open}

    def _get_seen_tiles(self, customer):
        scope = {"customer_id": customer.id}
        results = self._call(TILE, "get_tiles", "customer", TILES, scope)
        header = self._call(TILE, "get_dashboard", "customer", scope)
        seen = {code for code in results if results[code]["state"] == "ready"}
        return seen | ({"badge"} if header["customer"]["badge"] else set())

    def _check_closed(self, customer, user=None):
        self.assertEqual(self._get_seen(user or self.seller, customer), set())

    def _check_open(self, customer, user=None):
        """Check that each way is open: one that never is would prove nothing."""
        self.assertEqual(self._get_seen(user or self.seller, customer), EVERYTHING)

    def _get_notes(self, customer):
        """Return (author, words) of the notes on a customer."""
        self.env.invalidate_all()
        return [
            (note.author_id.name, note.preview)
            for note in customer.message_ids
            if note.preview and note.preview != "Called"
        ]

    def _get_tiles_of(self, user, customer):
        self._sign_in(user)
        return self._call(
            TILE, "get_tiles", "customer", TILES, {"customer_id": customer.id}
        )

    def _get_header(self, user, customer):
        self._sign_in(user)
        return self._call(
            TILE, "get_dashboard", "customer", {"customer_id": customer.id}
        )

    def _get_board(self, user):
        self._sign_in(user)
        return self._call(TILE, "get_dashboard", DASHBOARD)
