# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.fields import Domain

from ...nightly.periods import FIRST_MOMENT
from ..words import format_amount
from .event import Event, tell


class CrmTileDocumentsMixin(models.AbstractModel):
    """Documents that are events themselves: orders, invoices, payments."""

    _name = "crm.tile.documents.mixin"
    _inherit = "crm.tile.timeline.mixin"
    _description = "Tile With Documents"

    def _get_order_events(self, scope, limit):
        """Confirmed orders, when they were."""
        domain = self._get_document_domain(scope, "partner_id")
        domain &= self.env["sale.order"]._get_confirmed_domain(scope.companies)
        domain &= Domain("date_order", "<=", fields.Datetime.now())
        orders = self.env["sale.order"].search(
            domain, order="date_order DESC, id DESC", limit=limit
        )
        return [
            Event(
                moment=order.date_order,
                record=order,
                kind=self.env._("Order"),
                text=self._tell_amount(
                    self.env._("Order %s", order.name),
                    order.amount_total,
                    order.currency_id,
                ),
                icon="fa-shopping-cart",
                people=(self._name_user(order.user_id or order.create_uid),),
            )
            for order in orders
        ]

    def _get_invoice_events(self, scope, limit):
        """Posted invoices and credit notes, on their day."""
        today = scope.today
        domain = self._get_invoice_domain(scope)
        domain &= Domain("state", "=", "posted") & Domain("invoice_date", "<=", today)
        domain &= Domain("invoice_date", ">=", FIRST_MOMENT.date())
        invoices = self.env["account.move"].search(
            domain, order="invoice_date DESC, id DESC", limit=limit
        )
        return [self._get_invoice_event(scope, invoice) for invoice in invoices]

    def _get_invoice_event(self, scope, invoice):
        kind, name = self.env._("Invoice"), self.env._("Invoice %s", invoice.name)
        if invoice.move_type == "out_refund":
            kind = self.env._("Credit Note")
            name = self.env._("Credit note %s", invoice.name)
        return Event(
            moment=self._get_moment(scope, invoice.invoice_date),
            day=invoice.invoice_date,
            record=invoice,
            kind=kind,
            text=self._tell_amount(name, invoice.amount_total, invoice.currency_id),
            icon="fa-file-text-o",
            people=(self._name_user(invoice.invoice_user_id or invoice.create_uid),),
        )

    def _get_payment_events(self, scope, limit):
        """Payments from and to the customer, on their day."""
        if not self.env["account.payment"].has_access("read"):
            return []
        today = scope.today
        domain = self._get_document_domain(scope, "partner_id")
        domain &= Domain("state", "in", ("in_process", "paid"))
        domain &= Domain("partner_type", "=", "customer") & Domain("date", "<=", today)
        domain &= Domain("date", ">=", FIRST_MOMENT.date())
        payments = self.env["account.payment"].search(
            domain, order="date DESC, id DESC", limit=limit
        )
        words = {
            "inbound": self.env._("Payment received"),
            "outbound": self.env._("Payment sent"),
        }
        return [
            Event(
                moment=self._get_moment(scope, payment.date),
                day=payment.date,
                record=payment,
                kind=self.env._("Payment"),
                text=self._tell_amount(
                    words[payment.payment_type], payment.amount, payment.currency_id
                ),
                icon="fa-money",
                people=(self._name_user(payment.create_uid),),
            )
            for payment in payments
        ]

    def _tell_amount(self, words, amount, currency):
        return tell(words, format_amount(amount, currency))
