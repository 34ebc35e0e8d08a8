# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""A customer's tiles as the browser gets them, and records dated by hand."""

from odoo.exceptions import AccessError
from odoo.fields import Command

from .due_common import DueMixin
from .engagement_common import EngagementCase


class CustomerEventCase(DueMixin, EngagementCase):
    """Tiles of one customer, whom nothing but what a test makes has happened to."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.email = cls.env.ref("mail.mail_activity_data_email")
        cls.reader = cls._create_user(
            "reader", "base.group_user,account.group_account_readonly"
        )

    def _get_customer_tile(self, code, user=None, customer=None, companies=None):
        """Return one tile of the Customer Dashboard, None where absent."""
        self.env.flush_all()
        self.env.invalidate_all()
        env = self._as(user or self.manager, companies)
        scope = {"customer_id": (customer or self.customer).id}
        return env["crm.dashboard.tile"].get_tiles("customer", [code], scope).get(code)

    def _get_lines(self, code, user=None, customer=None, companies=None):
        """Return the lines of a timeline, none if the tile is empty."""
        tile = self._get_customer_tile(code, user, customer, companies)
        if tile["state"] == "empty":
            self.assertTrue(tile["message"])
            self.assertFalse(tile["blocks"])
            return []
        return self._get_block(tile, "timeline")["events"]

    def _get_texts(self, code, *args, **options):
        return [line["title"] for line in self._get_lines(code, *args, **options)]

    def _click(self, code, drill, user=None, customer=None):
        self.env.flush_all()
        self.env.invalidate_all()  # each click is a request of its own
        tile = self._as(user or self.manager)["crm.dashboard.tile"]
        scope = {"customer_id": (customer or self.customer).id}
        return tile.open_report(code, scope, drill)

    def _check_strangers_are_refused(self, code):
        """Portal and plain users get neither a tile of the customer nor its report."""
        for groups in ("base.group_portal", "base.group_user"):
            user = self._create_user(groups.replace(".", "_"), groups)
            with self.assertRaises(AccessError):
                self._get_customer_tile(code, user)
            with self.assertRaises(AccessError):
                self._click(code, False, user)

    def _count_tile_queries(self, code):
        """Return the queries of a tile once the server's caches are warm."""
        counts = []
        for _time in range(2):
            self.env.flush_all()
            self.env.invalidate_all()
            tiles = self._as(self.manager)["crm.dashboard.tile"]
            before = self.env.cr.sql_log_count
            tiles.get_tiles("customer", [code], {"customer_id": self.customer.id})
            counts.append(self.env.cr.sql_log_count - before)
        return counts[-1]

    def _post(self, document, date, body, user=None, **values):
        return document.with_user(user or self.seller).message_post(
            **{
                "body": body,
                "message_type": "comment",
                "subtype_xmlid": "mail.mt_note",
                "date": date,
                **values,
            }
        )

    @classmethod
    def _plan(cls, document, deadline, summary="", user=None, **values):
        """An activity of the seller, or of ``user``."""
        user = user or cls.seller
        return (
            document.with_user(user)
            .with_context(mail_activity_quick_update=True)
            .activity_schedule(
                "mail.mail_activity_data_call",
                deadline,
                summary,
                user_id=user.id,
                **values,
            )
        )

    def _date_creation(self, record, moment):
        self.env.flush_all()
        self.env.cr.execute(
            f"UPDATE {record._table} SET create_date = %s WHERE id = %s",
            [moment, record.id],
        )
        record.invalidate_recordset()

    @classmethod
    def _create_paid(cls, books, customer, date, amount, **values):
        """A payment of the customer, as one registers it."""
        env, company = books["env"], books["company"]
        company.transfer_account_id = books["asset_cash"]
        journal = env["account.journal"].create(
            {
                "name": "Bank",
                "type": "bank",
                "code": "BANK",
                "company_id": company.id,
                "default_account_id": books["asset_cash"].id,
            }
        )
        property_name = "property_account_receivable_id"
        customer.with_company(company)[property_name] = books["asset_receivable"]
        payment = env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": customer.id,
                "date": date,
                "amount": amount,
                "journal_id": journal.id,
                **values,
            }
        )
        payment.action_post()
        return payment

    @classmethod
    def _create_quiet_order(cls, customer, date, amount, **values):
        """A confirmed order that nothing was noted on."""
        order = cls._create_order(customer, date, amount, **values)
        order.message_ids.unlink()
        return order

    def _note_changes(self):
        """Have Odoo note tracked changes, as the end of a request does."""
        self.env.flush_all()
        self.env.cr.precommit.run()

    def _meet_privately(self, stop, **values):
        return self._meet(self.contact, stop, privacy="private", **values)

    def _link(self, activity):
        return {"activity_ids": [Command.set(activity.ids)]}
