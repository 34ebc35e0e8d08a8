"""Posted invoices, credit notes and payments, reconciled, written in one go.

Odoo makes one of each; the others are copied in their likeness. Whatever a
posting changes is written here too: numbers without gaps, residual amounts,
matching numbers, payment states, and the links to the orders.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from . import example_rows
from .example_rows import insert, reserve_ids

OFFICE_OPENS = datetime.time(9)

MOVE_COLUMNS = [
    "id",
    "name",
    "sequence_prefix",
    "sequence_number",
    "date",
    "invoice_date_due",
    "ref",
    "partner_id",
    "commercial_partner_id",
    "invoice_partner_display_name",
    "amount_total",
    "amount_total_signed",
    "amount_total_in_currency_signed",
    "create_uid",
    "write_uid",
    "create_date",
    "write_date",
]
BILL_COLUMNS = [
    *MOVE_COLUMNS,
    "invoice_date",
    "partner_shipping_id",
    "invoice_origin",
    "payment_reference",
    "invoice_payment_term_id",
    "fiscal_position_id",
    "invoice_user_id",
    "team_id",
    "reversed_entry_id",
    "payment_state",
    "amount_untaxed",
    "amount_untaxed_signed",
    "amount_untaxed_in_currency_signed",
    "amount_residual",
    "amount_residual_signed",
]
ITEM_COLUMNS = [
    "id",
    "move_id",
    "move_name",
    "date",
    "ref",
    "partner_id",
    "name",
    "debit",
    "credit",
    "balance",
    "amount_currency",
    "create_uid",
    "write_uid",
    "create_date",
    "write_date",
]
PRODUCT_ITEM_COLUMNS = [
    *ITEM_COLUMNS,
    "invoice_date",
    "sequence",
    "product_id",
    "quantity",
    "price_unit",
    "price_subtotal",
    "price_total",
]
OPEN_ITEM_COLUMNS = [
    *ITEM_COLUMNS,
    "amount_residual",
    "amount_residual_currency",
    "reconciled",
    "matching_number",
    "full_reconcile_id",
]
TERM_ITEM_COLUMNS = [*OPEN_ITEM_COLUMNS, "invoice_date", "date_maturity"]
PAYMENT_ITEM_COLUMNS = [
    *OPEN_ITEM_COLUMNS,
    "payment_id",
    "date_maturity",
    "price_subtotal",
    "price_total",
]
PAYMENT_COLUMNS = [
    "id",
    "name",
    "date",
    "memo",
    "amount",
    "amount_company_currency_signed",
    "partner_id",
    "create_uid",
    "write_uid",
    "create_date",
    "write_date",
]
PARTIAL_COLUMNS = [
    "id",
    "debit_move_id",
    "credit_move_id",
    "full_reconcile_id",
    "amount",
    "debit_amount_currency",
    "credit_amount_currency",
    "max_date",
]


@dataclass
class Item:
    """A product on an invoice or credit note; sale_line_id of the line it bills."""

    product_id: int
    name: str
    quantity: Decimal
    price: Decimal
    sale_line_id: int | None = None

    @property
    def subtotal(self):
        return self.quantity * self.price


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
    """An invoice; a credit note where it ``credits`` one."""

    due: datetime.date | None = None
    items: list = field(default_factory=list)
    origin: str | None = None
    term_id: int | None = None
    fiscal_position_id: int | None = None
    team_id: int | None = None
    credits: "Bill | None" = None
    reason: str = ""

    @property
    def total(self):
        return sum(item.subtotal for item in self.items)

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


def write(env, bills, payments, product):
    """Write invoices and credit notes, payments, and what they settle.

    bills: list of Bill whose quantities times prices need no rounding; a credit
    note and a payment settle the invoice they belong to, as a whole, and must not
    exceed it. product: any product without taxes. Payments go to the bank account
    itself, as they do where nobody imports bank statements.
    """
    examples = _examples(env, product)
    invoices = [bill for bill in bills if not bill.credits]
    credit_notes = [bill for bill in bills if bill.credits]
    for entries, example in (
        (invoices, examples["invoice"]),
        (credit_notes, examples["credit_note"]),
        (payments, examples["payment_entry"]),
    ):
        _number(env.cr, entries, example)
    settlements = _settle(env.cr, invoices, [*credit_notes, *payments])
    for id_, payment in zip(
        reserve_ids(env.cr, "account_payment", len(payments)), payments, strict=True
    ):
        payment.payment_id = id_
    for entry in [*bills, *payments]:
        entry.user_id = entry.user_id or env.uid
    _insert_full_reconciles(env.cr, invoices, examples)
    _insert_bills(env.cr, invoices, examples, "invoice")
    _insert_bills(env.cr, credit_notes, examples, "credit_note")
    _insert_payments(env.cr, payments, examples)
    _insert_settlements(env.cr, settlements, examples)
    env.invalidate_all()


def _examples(env, product):
    """Rows of a paid invoice, a credit note for it, the payment, and their items."""
    with example_rows.forgotten(env):
        term = env.ref("account.account_payment_term_30days")
        customer = env["res.partner"].create(
            {
                "name": "Example",
                "is_company": True,
                "property_payment_term_id": term.id,
            }
        )
        invoice = env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": customer.id,
                "invoice_user_id": False,
                "ref": "Example",
                "invoice_line_ids": [
                    (0, 0, {"product_id": product.id, "quantity": 1, "price_unit": 9})
                ],
            }
        )
        invoice.action_post()
        payment = (
            env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({})
            ._create_payments()
        )
        credit_note = invoice._reverse_moves([{"date": invoice.date}])
        credit_note.action_post()
        bank = payment.move_id.line_ids.filtered("debit")
        settled = invoice.line_ids.matched_credit_ids
        records = {
            "invoice": invoice,
            "invoice_product": invoice.invoice_line_ids,
            "invoice_term": invoice.line_ids - invoice.invoice_line_ids,
            "credit_note": credit_note,
            "credit_note_product": credit_note.invoice_line_ids,
            "credit_note_term": credit_note.line_ids - credit_note.invoice_line_ids,
            "payment": payment,
            "payment_entry": payment.move_id,
            "payment_bank": bank,
            "payment_customer": payment.move_id.line_ids - bank,
            "partial": settled,
            "full": settled.full_reconcile_id,
        }
        return {name: example_rows.row_of(record) for name, record in records.items()}


def _number(cr, entries, example):
    """Give entries ids, and numbers by date; they begin anew every year."""
    entries.sort(key=lambda entry: entry.date)
    digits = len(example["name"]) - len(example["sequence_prefix"])
    cr.execute(
        "SELECT sequence_prefix, max(sequence_number) FROM account_move"
        " WHERE journal_id = %s GROUP BY sequence_prefix",
        [example["journal_id"]],
    )
    last = defaultdict(int, cr.fetchall())
    ids = reserve_ids(cr, "account_move", len(entries))
    open_ids = reserve_ids(cr, "account_move_line", len(entries))
    for entry, id_, open_id in zip(entries, ids, open_ids, strict=True):
        entry.id, entry.open_item_id = id_, open_id
        entry.prefix = example["sequence_prefix"].replace(
            example["date"][:4], str(entry.date.year)
        )
        last[entry.prefix] += 1
        entry.number = last[entry.prefix]
        entry.name = f"{entry.prefix}{entry.number:0{digits}d}"


def _settle(cr, invoices, credits):
    """Set what remains open; returns [(partial id, invoice, credit)]."""
    for invoice in invoices:
        invoice.residual = invoice.total
    settling = defaultdict(list)
    for credit in credits:
        invoice = credit.credits if isinstance(credit, Bill) else credit.bill
        invoice.residual -= credit.total
        settling[invoice.id].append(credit)
    partial_ids = iter(reserve_ids(cr, "account_partial_reconcile", len(credits)))
    full = [
        invoice for invoice in invoices if settling[invoice.id] and not invoice.residual
    ]
    full_ids = reserve_ids(cr, "account_full_reconcile", len(full))
    for invoice, id_ in zip(full, full_ids, strict=True):
        invoice.full_reconcile_id = id_
    settlements = []
    for invoice in invoices:
        partials = [
            (next(partial_ids), invoice, credit) for credit in settling[invoice.id]
        ]
        if not partials:
            continue
        invoice.matching_number = str(invoice.full_reconcile_id or f"P{partials[0][0]}")
        for _id, _invoice, credit in partials:
            credit.full_reconcile_id = invoice.full_reconcile_id
            credit.matching_number = invoice.matching_number
        settlements += partials
    return settlements


def _payment_state(bill):
    if not bill.residual:
        return "paid"
    return "partial" if bill.matching_number else "not_paid"


def _audit(entry):
    return (entry.user_id, entry.user_id, entry.posted_at, entry.posted_at)


def _move_values(entry, due, reference, signed_total):
    return (
        entry.id,
        entry.name,
        entry.prefix,
        entry.number,
        entry.date,
        due,
        reference,
        entry.partner_id,
        entry.commercial_partner_id,
        entry.partner_name,
        entry.total,
        signed_total,
        signed_total,
        *_audit(entry),
    )


def _bill_values(bill):
    signed = bill.sign * bill.total
    return (
        *_move_values(bill, bill.due, bill.reference, signed),
        bill.date,
        bill.partner_id,
        bill.origin,
        None if bill.credits else bill.name,
        bill.term_id,
        bill.fiscal_position_id,
        bill.user_id,
        bill.team_id,
        bill.credits.id if bill.credits else None,
        _payment_state(bill),
        bill.total,
        signed,
        signed,
        bill.residual,
        bill.sign * bill.residual,
    )


def _item_values(entry, id_, reference, name, balance):
    return (
        id_,
        entry.id,
        entry.name,
        entry.date,
        reference,
        entry.commercial_partner_id,
        name,
        max(balance, 0),
        max(-balance, 0),
        balance,
        balance,
        *_audit(entry),
    )


def _product_item_values(bill, item, number, id_):
    return (
        *_item_values(bill, id_, bill.reference, item.name, -bill.sign * item.subtotal),
        bill.date,
        number,
        item.product_id,
        item.quantity,
        item.price,
        item.subtotal,
        item.subtotal,
    )


def _open_item_values(entry, reference, name, balance):
    residual = entry.residual if balance > 0 else -entry.residual
    return (
        *_item_values(entry, entry.open_item_id, reference, name, balance),
        residual,
        residual,
        not residual,
        entry.matching_number,
        entry.full_reconcile_id,
    )


def _term_item_values(bill):
    name = None if bill.credits else f"{bill.reference} - {bill.name}"
    return (
        *_open_item_values(bill, bill.reference, name, bill.sign * bill.total),
        bill.date,
        bill.due,
    )


def _insert_full_reconciles(cr, invoices, examples):
    rows = ((bill.full_reconcile_id,) for bill in invoices if bill.full_reconcile_id)
    insert(cr, "account_full_reconcile", examples["full"], ["id"], rows)


def _insert_bills(cr, bills, examples, kind):
    insert(cr, "account_move", examples[kind], BILL_COLUMNS, map(_bill_values, bills))
    placed = [
        (bill, item, number) for bill in bills for number, item in enumerate(bill.items)
    ]
    ids = reserve_ids(cr, "account_move_line", len(placed))
    insert(
        cr,
        "account_move_line",
        examples[f"{kind}_product"],
        PRODUCT_ITEM_COLUMNS,
        (
            _product_item_values(*place, id_)
            for place, id_ in zip(placed, ids, strict=True)
        ),
    )
    insert(
        cr,
        "account_move_line",
        examples[f"{kind}_term"],
        TERM_ITEM_COLUMNS,
        map(_term_item_values, bills),
    )
    insert(
        cr,
        "sale_order_line_invoice_rel",
        {},
        ["invoice_line_id", "order_line_id"],
        (
            (id_, item.sale_line_id)
            for (_bill, item, _number), id_ in zip(placed, ids, strict=True)
            if item.sale_line_id
        ),
    )


def _insert_payments(cr, payments, examples):
    label = examples["payment_customer"]["name"]
    memo = examples["payment"]["memo"]
    names = {id(entry): label.replace(memo, entry.bill.name) for entry in payments}
    insert(
        cr,
        "account_payment",
        {**examples["payment"], "move_id": None},
        PAYMENT_COLUMNS,
        (
            (
                payment.payment_id,
                payment.name,
                payment.date,
                payment.bill.name,
                payment.amount,
                payment.amount,
                payment.commercial_partner_id,
                *_audit(payment),
            )
            for payment in payments
        ),
    )
    insert(
        cr,
        "account_move",
        examples["payment_entry"],
        [*MOVE_COLUMNS, "origin_payment_id"],
        (
            (
                *_move_values(payment, payment.date, payment.bill.name, payment.amount),
                payment.payment_id,
            )
            for payment in payments
        ),
    )
    # Payment and entry point at each other, so one of them comes first without.
    cr.execute(
        "UPDATE account_payment payment SET move_id = move.id FROM account_move move"
        " WHERE move.origin_payment_id = payment.id AND payment.move_id IS NULL"
    )
    insert(
        cr,
        "account_move_line",
        examples["payment_customer"],
        PAYMENT_ITEM_COLUMNS,
        (
            (
                *_open_item_values(
                    payment, payment.bill.name, names[id(payment)], -payment.amount
                ),
                payment.payment_id,
                payment.date,
                -payment.amount,
                -payment.amount,
            )
            for payment in payments
        ),
    )
    ids = reserve_ids(cr, "account_move_line", len(payments))
    insert(
        cr,
        "account_move_line",
        examples["payment_bank"],
        [
            *ITEM_COLUMNS,
            "amount_residual",
            "amount_residual_currency",
            "payment_id",
            "date_maturity",
            "price_subtotal",
            "price_total",
        ],
        (
            (
                *_item_values(
                    payment,
                    id_,
                    payment.bill.name,
                    names[id(payment)],
                    payment.amount,
                ),
                payment.amount,
                payment.amount,
                payment.payment_id,
                payment.date,
                payment.amount,
                payment.amount,
            )
            for payment, id_ in zip(payments, ids, strict=True)
        ),
    )
    insert(
        cr,
        "account_move__account_payment",
        {},
        ["invoice_id", "payment_id"],
        ((payment.bill.id, payment.payment_id) for payment in payments),
    )


def _insert_settlements(cr, settlements, examples):
    insert(
        cr,
        "account_partial_reconcile",
        examples["partial"],
        PARTIAL_COLUMNS,
        (
            (
                id_,
                invoice.open_item_id,
                credit.open_item_id,
                invoice.full_reconcile_id,
                credit.total,
                credit.total,
                credit.total,
                max(invoice.date, credit.date),
            )
            for id_, invoice, credit in settlements
        ),
    )
