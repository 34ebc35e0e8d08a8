# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The rows of posted invoices, credit notes and payments, table by table.

Every function takes ``examples``: {what: row} of the entries that Odoo made.
"""

from .example_rows import insert, reserve_ids


def insert_full_reconciles(cr, invoices, examples):
    """One row for each invoice that nothing is left of."""
    rows = (
        {"id": bill.full_reconcile_id} for bill in invoices if bill.full_reconcile_id
    )
    insert(cr, "account_full_reconcile", examples["full"], rows)


def insert_bills(cr, bills, examples, kind):
    """Journal entries of invoices or credit notes, and their links to orders."""
    insert(cr, "account_move", examples[kind], map(_bill_values, bills))
    placed = [
        (bill, line, number) for bill in bills for number, line in enumerate(bill.lines)
    ]
    ids = reserve_ids(cr, "account_move_line", len(placed))
    insert(
        cr,
        "account_move_line",
        examples[f"{kind}_product"],
        (
            _product_item_values(*place, id_)
            for place, id_ in zip(placed, ids, strict=True)
        ),
    )
    insert(
        cr,
        "account_move_line",
        examples[f"{kind}_term"],
        map(_term_item_values, bills),
    )
    insert(
        cr,
        "sale_order_line_invoice_rel",
        {},
        (
            {"invoice_line_id": id_, "order_line_id": line.id}
            for (_bill, line, _number), id_ in zip(placed, ids, strict=True)
            if line.id
        ),
    )


def insert_payments(cr, payments, examples):
    """Payments, their journal entries, and their links to invoices."""
    example = examples["payment"]
    label = examples["payment_customer"]["name"]
    insert(
        cr,
        "account_payment",
        {**example, "move_id": None},
        map(_payment_values, payments),
    )
    insert(
        cr,
        "account_move",
        examples["payment_entry"],
        map(_payment_entry_values, payments),
    )
    # Payment and entry point at each other, so one of them comes first without.
    cr.execute(
        "UPDATE account_payment payment SET move_id = move.id FROM account_move move"
        " WHERE move.origin_payment_id = payment.id AND payment.move_id IS NULL"
    )
    names = [label.replace(example["memo"], payment.bill.name) for payment in payments]
    insert(
        cr,
        "account_move_line",
        examples["payment_customer"],
        map(_payment_item_values, payments, names),
    )
    ids = reserve_ids(cr, "account_move_line", len(payments))
    insert(
        cr,
        "account_move_line",
        examples["payment_bank"],
        map(_bank_item_values, payments, names, ids),
    )
    insert(
        cr,
        "account_move__account_payment",
        {},
        (
            {"invoice_id": payment.bill.id, "payment_id": payment.payment_id}
            for payment in payments
        ),
    )


def insert_settlements(cr, settlements, examples):
    """What settles what; settlements: [(partial id, invoice, credit)]."""
    insert(
        cr,
        "account_partial_reconcile",
        examples["partial"],
        (
            {
                "id": id_,
                "debit_move_id": invoice.open_item_id,
                "credit_move_id": credit.open_item_id,
                "full_reconcile_id": invoice.full_reconcile_id,
                "amount": credit.total,
                "debit_amount_currency": credit.total,
                "credit_amount_currency": credit.total,
                "max_date": max(invoice.date, credit.date),
            }
            for id_, invoice, credit in settlements
        ),
    )


def _audit(entry):
    return {
        "create_uid": entry.user_id,
        "write_uid": entry.user_id,
        "create_date": entry.posted_at,
        "write_date": entry.posted_at,
    }


def _move_values(entry, due, reference, signed_total):
    return {
        "id": entry.id,
        "name": entry.name,
        "sequence_prefix": entry.prefix,
        "sequence_number": entry.number,
        "date": entry.date,
        "invoice_date_due": due,
        "ref": reference,
        "partner_id": entry.partner_id,
        "commercial_partner_id": entry.commercial_partner_id,
        "invoice_partner_display_name": entry.partner_name,
        "amount_total": entry.total,
        "amount_total_signed": signed_total,
        "amount_total_in_currency_signed": signed_total,
        **_audit(entry),
    }


def _payment_state(bill):
    if not bill.residual:
        return "paid"
    return "partial" if bill.matching_number else "not_paid"


def _bill_values(bill):
    signed = bill.sign * bill.total
    return {
        **_move_values(bill, bill.due, bill.reference, signed),
        "invoice_date": bill.date,
        "partner_shipping_id": bill.partner_id,
        "invoice_origin": bill.origin,
        "payment_reference": None if bill.credits else bill.name,
        "invoice_payment_term_id": bill.term_id,
        "fiscal_position_id": bill.fiscal_position_id,
        "invoice_user_id": bill.user_id,
        "team_id": bill.team_id,
        "reversed_entry_id": bill.credits.id if bill.credits else None,
        "payment_state": _payment_state(bill),
        "amount_untaxed": bill.total,
        "amount_untaxed_signed": signed,
        "amount_untaxed_in_currency_signed": signed,
        "amount_residual": bill.residual,
        "amount_residual_signed": bill.sign * bill.residual,
    }


def _payment_entry_values(payment):
    return {
        **_move_values(payment, payment.date, payment.bill.name, payment.amount),
        "origin_payment_id": payment.payment_id,
    }


def _payment_values(payment):
    return {
        "id": payment.payment_id,
        "name": payment.name,
        "date": payment.date,
        "memo": payment.bill.name,
        "amount": payment.amount,
        "amount_company_currency_signed": payment.amount,
        "partner_id": payment.commercial_partner_id,
        **_audit(payment),
    }


def _item_values(entry, id_, reference, name, balance):
    return {
        "id": id_,
        "move_id": entry.id,
        "move_name": entry.name,
        "date": entry.date,
        "ref": reference,
        "partner_id": entry.commercial_partner_id,
        "name": name,
        "debit": max(balance, 0),
        "credit": max(-balance, 0),
        "balance": balance,
        "amount_currency": balance,
        **_audit(entry),
    }


def _product_item_values(bill, line, number, id_):
    balance = -bill.sign * line.subtotal
    return {
        **_item_values(bill, id_, bill.reference, line.name, balance),
        "invoice_date": bill.date,
        "sequence": number,
        "product_id": line.product_id,
        "quantity": line.quantity,
        "price_unit": line.price,
        "price_subtotal": line.subtotal,
        "price_total": line.subtotal,
    }


def _open_item_values(entry, reference, name, balance):
    residual = entry.residual if balance > 0 else -entry.residual
    return {
        **_item_values(entry, entry.open_item_id, reference, name, balance),
        "amount_residual": residual,
        "amount_residual_currency": residual,
        "reconciled": not residual,
        "matching_number": entry.matching_number,
        "full_reconcile_id": entry.full_reconcile_id,
    }


def _term_item_values(bill):
    name = None if bill.credits else f"{bill.reference} - {bill.name}"
    return {
        **_open_item_values(bill, bill.reference, name, bill.sign * bill.total),
        "invoice_date": bill.date,
        "date_maturity": bill.due,
    }


def _payment_item_values(payment, name):
    balance = -payment.amount
    return {
        **_open_item_values(payment, payment.bill.name, name, balance),
        "payment_id": payment.payment_id,
        "date_maturity": payment.date,
        "price_subtotal": balance,
        "price_total": balance,
    }


def _bank_item_values(payment, name, id_):
    return {
        **_item_values(payment, id_, payment.bill.name, name, payment.amount),
        "amount_residual": payment.amount,
        "amount_residual_currency": payment.amount,
        "payment_id": payment.payment_id,
        "date_maturity": payment.date,
        "price_subtotal": payment.amount,
        "price_total": payment.amount,
    }
