# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Orders, invoices, credit notes and payments as they are to be written."""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal

OFFICE_OPENS = datetime.time(9)


@dataclass
class Line:
    """One product of an order; prices in the company's currency, without tax.

    id: of the sale.order.line, 0 where there is none.
    """

    product_id: int
    name: str
    quantity: Decimal
    price: Decimal
    from_price_list: bool
    id: int = 0

    @property
    def subtotal(self):
        return self.quantity * self.price


@dataclass
class Order:
    """A confirmed order to be written; times are naive UTC."""

    partner_id: int
    date_order: datetime.datetime
    lines: list
    user_id: int | None = None
    team_id: int | None = None
    create_date: datetime.datetime | None = None
    payment_term_id: int | None = None
    fiscal_position_id: int | None = None
    opportunity_id: int | None = None
    delivered: bool = False
    invoiced: bool = False
    id: int = 0
    name: str = ""

    @property
    def amount(self):
        return sum(line.subtotal for line in self.lines)


@dataclass
class Entry:
    """A posted journal entry on a customer's account."""

    partner_id: int
    commercial_partner_id: int
    partner_name: str
    date: datetime.date
    user_id: int | None = None
    id: int = 0
    name: str = ""
    prefix: str = ""
    number: int = 0
    open_item_id: int = 0
    residual: Decimal = Decimal(0)
    matching_number: str | None = None
    full_reconcile_id: int | None = None

    @property
    def posted_at(self):
        return datetime.datetime.combine(self.date, OFFICE_OPENS)


@dataclass
class Bill(Entry):
    """An invoice of lines of an order; a credit note where it ``credits`` one."""

    due: datetime.date | None = None
    lines: list = field(default_factory=list)
    origin: str | None = None
    term_id: int | None = None
    fiscal_position_id: int | None = None
    team_id: int | None = None
    credits: "Bill | None" = None
    reason: str = ""

    @property
    def total(self):
        return sum(line.subtotal for line in self.lines)

    @property
    def sign(self):
        """Of the customer's debt."""
        return -1 if self.credits else 1

    @property
    def reference(self):
        if self.credits:
            return f"Reversal of: {self.credits.name}, {self.reason}"
        return self.origin


@dataclass
class Payment(Entry):
    """Money received for one invoice."""

    bill: Bill | None = None
    amount: Decimal = Decimal(0)
    payment_id: int = 0

    @property
    def total(self):
        return self.amount
