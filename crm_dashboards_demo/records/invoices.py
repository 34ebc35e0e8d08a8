# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Posted invoices, credit notes and payments, reconciled, written in one go.

Odoo makes one of each; the others are copied in their likeness. Whatever a
posting changes is written here too: numbers without gaps, residual amounts,
matching numbers, payment states, and the links to the orders.
"""

from collections import defaultdict

from ..wholesaler.documents import Bill
from . import example_rows, invoice_rows
from .example_rows import reserve_ids


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
    with example_rows.unchecked(env.cr):
        invoice_rows.insert_full_reconciles(env.cr, invoices, examples)
        invoice_rows.insert_bills(env.cr, invoices, examples, "invoice")
        invoice_rows.insert_bills(env.cr, credit_notes, examples, "credit_note")
        invoice_rows.insert_payments(env.cr, payments, examples)
        invoice_rows.insert_settlements(env.cr, settlements, examples)
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
