# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What a company has beside its orders: messages, meetings, leads, invoices.

An order has 1.5 messages: half of the orders a system note, seven in ten a mail that
somebody sent to the customer, some an internal note, some a call or visit noted on the
customer. Two invoices are paid by one payment, the newest by none.
"""

from datetime import timedelta

from odoo import fields
from odoo.tools import SQL

from .rows import filling, get_last_id, multiply

SYSTEM_NOTES, MAILS, NOTES, DONE_ACTIVITIES = 0.5, 0.7, 0.15, 0.15  # an order
PLANNED_ACTIVITIES, MEETINGS, LEADS = 0.02, 0.05, 0.05  # an order
INVOICES_A_PAYMENT = 2
MAIL = "Your order, as we talked about it."
DUE_DAYS = 30
UNPAID_DAYS = 45
PAPER_TABLES = ("mail_message", "mail_message_res_partner_rel", "mail_notification")
ENTRY_TABLES = ("account_move", "account_move_line", "account_payment")


def make_examples(customer, order, product):
    """Make one of each as Odoo does; returns {what: record}."""
    env = customer.env
    now = fields.Datetime.now()
    invoice = env["account.move"].create(
        {
            "move_type": "out_invoice",
            "partner_id": customer.id,
            "invoice_line_ids": [
                fields.Command.create(
                    {"product_id": product.id, "price_unit": 9, "tax_ids": False}
                )
            ],
        }
    )
    invoice.action_post()
    register = env["account.payment.register"].with_context(
        active_model="account.move", active_ids=invoice.ids
    )
    payment = register.create({})._create_payments()
    entry = payment.move_id
    bank = entry.line_ids.filtered("debit")
    message = order.message_post(
        body=MAIL,
        partner_ids=customer.ids,
        message_type="comment",
        subtype_xmlid="mail.mt_comment",
    )
    meeting = env["calendar.event"].create(
        {
            "name": "Assortment",
            "start": now - timedelta(days=2),
            "stop": now - timedelta(days=2, hours=-1),
            "partner_ids": [fields.Command.set(customer.ids)],
        }
    )
    return {
        "invoice": invoice,
        "invoice_line": invoice.invoice_line_ids,
        "term_line": invoice.line_ids - invoice.invoice_line_ids,
        "payment": payment,
        "entry": entry,
        "bank_line": bank,
        "settled_line": entry.line_ids - bank,
        "message": message,
        "notification": message.notification_ids,
        "activity": customer.activity_schedule("mail.mail_activity_data_call"),
        "meeting": meeting,
        "attendee": meeting.attendee_ids,
        "lead": env["crm.lead"].create(
            {"name": "Interest", "type": "opportunity", "partner_id": customer.id}
        ),
    }


def add(env, examples, first_order):
    """Add all of that to the orders from the id ``first_order`` on."""
    cr = env.cr
    _draw_activities(env, first_order)
    with filling(cr, *PAPER_TABLES):
        _add_messages(env, examples, first_order)
    with filling(cr, "mail_activity"):
        _add_activities(env, examples)
    with filling(
        cr, "calendar_event", "calendar_attendee", "calendar_event_res_partner_rel"
    ):
        _add_meetings(env, examples, first_order)
    with filling(cr, "crm_lead"):
        _add_leads(env, examples, first_order)
    with filling(cr, *ENTRY_TABLES):
        _add_invoices(env, examples, first_order)


def import_mails(env, example, first_order, count, moment):
    """Add mails of the UTC ``moment`` as an import would, all at once, unread."""
    cr = env.cr
    last = get_last_id(cr, "mail_message")
    mails = SQL(
        """
        SELECT sale_order.id, sale_order.partner_id, sale_order.user_id, %s AS moment,
               'mail' AS kind
          FROM sale_order
    CROSS JOIN generate_series(1, 10)
         WHERE id >= %s AND user_id IS NOT NULL
         LIMIT %s
        """,
        moment,
        first_order,
        count,
    )
    with filling(cr, *PAPER_TABLES):
        _add_message_rows(env, example, mails)
        _add_recipients(cr, {}, last)


# ----------------------------------------------------------------------
# Messages and activities
# ----------------------------------------------------------------------


def _draw_activities(env, first_order):
    """Choose once which activities were done: they leave a row and a message each."""
    types = [
        env.ref("mail.mail_activity_data_call").id,
        env.ref("mail.mail_activity_data_email").id,
        env.ref("mail.mail_activity_data_meeting").id,
        env.ref("mail.mail_activity_data_todo").id,
    ]
    env.cr.execute(
        SQL(
            """
            CREATE TEMPORARY TABLE bench_done AS
            SELECT contact.commercial_partner_id AS id, sale_order.partner_id,
                   COALESCE(sale_order.user_id, 2) AS user_id,
                   date_order - random() * INTERVAL '20 days' AS moment,
                   (%s)[1 + floor(random() * %s)] AS type_id
              FROM sale_order
              JOIN res_partner AS contact ON contact.id = sale_order.partner_id
             WHERE sale_order.id >= %s AND random() < %s
            """,
            types,
            len(types),
            first_order,
            DONE_ACTIVITIES,
        )
    )


def _add_messages(env, examples, first_order):
    cr = env.cr
    last = get_last_id(cr, "mail_message")
    kinds = {
        "system": (SYSTEM_NOTES, "INTERVAL '0'"),
        "mail": (MAILS, "INTERVAL '2 days'"),
        "note": (NOTES, "INTERVAL '1 day'"),
    }
    selects = [
        SQL(
            """
            SELECT id, partner_id, user_id, date_order - random() * %s AS moment,
                   %s AS kind, NULL::int4 AS type_id
              FROM sale_order
             WHERE id >= %s AND random() < %s
            """,
            SQL(before),
            kind,
            first_order,
            share,
        )
        for kind, (share, before) in kinds.items()
    ]
    selects.append(
        SQL("SELECT id, partner_id, user_id, moment, 'done', type_id FROM bench_done")
    )
    _add_message_rows(env, examples["message"], SQL(" UNION ALL ").join(selects))
    _add_recipients(cr, examples["notification"], last)


def _add_message_rows(env, row, each):
    """Add messages in the order of their dates, as their ids have it, too."""
    subtypes = {
        name: env.ref(f"mail.mt_{name}").id
        for name in ("comment", "note", "activities")
    }
    optional = {"mail_activity_type_id": SQL("each.type_id")}
    if "type_id" not in each.code:
        optional = {}
    multiply(
        env.cr,
        "mail_message",
        row,
        SQL(
            """
            SELECT each.*, author.partner_id AS author_id
              FROM (%s) AS each
              LEFT JOIN res_users AS author ON author.id = each.user_id
             ORDER BY each.moment
            """,
            each,
        ),
        model=SQL(
            "CASE each.kind WHEN 'done' THEN 'res.partner' ELSE 'sale.order' END"
        ),
        res_id=SQL("each.id"),
        author_id=SQL(
            "CASE each.kind WHEN 'system' THEN %s ELSE each.author_id END",
            env.ref("base.partner_root").id,
        ),
        create_uid=SQL("COALESCE(each.user_id, 1)"),
        message_type=SQL(
            """
            CASE each.kind WHEN 'mail' THEN 'comment' WHEN 'note' THEN 'comment'
                           ELSE 'notification' END
            """
        ),
        subtype_id=SQL(
            "CASE each.kind WHEN 'mail' THEN %s WHEN 'done' THEN %s ELSE %s END",
            subtypes["comment"],
            subtypes["activities"],
            subtypes["note"],
        ),
        is_internal=SQL("each.kind IN ('system', 'note')"),
        date=SQL("each.moment"),
        create_date=SQL("each.moment"),
        message_id=SQL("NULL"),
        **optional,
    )


def _add_recipients(cr, row, last_message):
    """Add the customer as recipient of the mails after the id ``last_message``."""
    mails = SQL(
        """
        SELECT message.id, sale_order.partner_id
          FROM mail_message AS message
          JOIN sale_order ON sale_order.id = message.res_id
         WHERE message.id > %s
           AND message.model = 'sale.order'
           AND NOT message.is_internal
        """,
        last_message,
    )
    cr.execute(
        SQL(
            """
            INSERT INTO mail_message_res_partner_rel (mail_message_id, res_partner_id)
            SELECT id, partner_id FROM (%s) AS mails
            """,
            mails,
        )
    )
    if row:
        multiply(
            cr,
            "mail_notification",
            row,
            mails,
            mail_message_id=SQL("each.id"),
            res_partner_id=SQL("each.partner_id"),
        )


def _add_activities(env, examples):
    """Add the activities that were done, archived, and some that are planned."""
    add = {
        "res_id": SQL("each.id"),
        "activity_type_id": SQL("each.type_id"),
        "user_id": SQL("each.user_id"),
        "create_date": SQL("each.moment - INTERVAL '3 days'"),
        "res_name": SQL("NULL"),
    }
    multiply(
        env.cr,
        "mail_activity",
        examples["activity"],
        SQL("SELECT * FROM bench_done"),
        **add,
        active=SQL("FALSE"),
        date_done=SQL("each.moment::date"),
        date_deadline=SQL("each.moment::date"),
    )
    multiply(
        env.cr,
        "mail_activity",
        examples["activity"],
        SQL(
            "SELECT * FROM bench_done WHERE random() < %s",
            PLANNED_ACTIVITIES / DONE_ACTIVITIES,
        ),
        **{**add, "create_date": SQL("now() - random() * INTERVAL '20 days'")},
        date_deadline=SQL("(now() + (random() - 0.3) * INTERVAL '30 days')::date"),
    )


def _add_meetings(env, examples, first_order):
    cr = env.cr
    last = get_last_id(cr, "calendar_event")
    start = SQL("date_trunc('hour', each.date_order)")
    multiply(
        cr,
        "calendar_event",
        examples["meeting"],
        SQL(
            """
            SELECT sale_order.* FROM sale_order
             WHERE id >= %s AND random() < %s AND user_id IS NOT NULL
            """,
            first_order,
            MEETINGS,
        ),
        user_id=SQL("each.user_id"),
        start=start,
        stop=SQL("%s + INTERVAL '1 hour'", start),
        create_date=SQL("each.create_date"),
        write_date=SQL("%s + INTERVAL '1 hour'", start),
        # kept for the moment between both statements: whom one met
        res_id=SQL("each.partner_id"),
        access_token=SQL("NULL"),
    )
    met = SQL("SELECT id, res_id AS partner_id FROM calendar_event WHERE id > %s", last)
    cr.execute(
        SQL(
            "INSERT INTO calendar_event_res_partner_rel"
            " (calendar_event_id, res_partner_id) %s",
            met,
        )
    )
    multiply(
        cr,
        "calendar_attendee",
        examples["attendee"],
        met,
        event_id=SQL("each.id"),
        partner_id=SQL("each.partner_id"),
        access_token=SQL("NULL"),
        state=SQL("'accepted'"),
    )
    cr.execute(SQL("UPDATE calendar_event SET res_id = NULL WHERE id > %s", last))


def _add_leads(env, examples, first_order):
    won = env.ref("crm.stage_lead4").id
    multiply(
        env.cr,
        "crm_lead",
        examples["lead"],
        SQL(
            """
            SELECT sale_order.*, random() AS luck FROM sale_order
             WHERE id >= %s AND random() < %s
            """,
            first_order,
            LEADS,
        ),
        partner_id=SQL("each.partner_id"),
        company_id=SQL("each.company_id"),
        user_id=SQL("each.user_id"),
        expected_revenue=SQL("each.amount_untaxed"),
        create_date=SQL("each.date_order - INTERVAL '20 days'"),
        won_status=SQL(
            "CASE WHEN each.luck < 0.4 THEN 'won' WHEN each.luck < 0.7 THEN 'lost'"
            " ELSE 'pending' END"
        ),
        active=SQL("each.luck NOT BETWEEN 0.4 AND 0.7"),
        stage_id=SQL(
            "CASE WHEN each.luck < 0.4 THEN %s ELSE example.stage_id END", won
        ),
        crm_outcome=SQL(
            "CASE WHEN each.luck < 0.4 THEN 'positive'"
            " WHEN each.luck < 0.7 THEN 'negative' END"
        ),
        date_closed=SQL("CASE WHEN each.luck < 0.7 THEN each.date_order END"),
        crm_date_outcome=SQL("CASE WHEN each.luck < 0.7 THEN each.date_order END"),
    )


# ----------------------------------------------------------------------
# Invoices and payments
# ----------------------------------------------------------------------


def _add_invoices(env, examples, first_order):
    """Add a posted invoice for each order of the main company, and payments."""
    cr = env.cr
    last = get_last_id(cr, "account_move")
    day = SQL("each.date_order::date")
    amount = SQL("each.amount_untaxed")
    is_paid = SQL("each.date_order < now() - %s", timedelta(days=UNPAID_DAYS))
    residual = SQL("CASE WHEN %s THEN 0 ELSE %s END", is_paid, amount)
    multiply(
        cr,
        "account_move",
        examples["invoice"],
        SQL(
            """
            SELECT sale_order.*, contact.commercial_partner_id AS customer,
                   row_number() OVER () AS place
              FROM sale_order
              JOIN res_partner AS contact ON contact.id = sale_order.partner_id
             WHERE sale_order.id >= %s AND sale_order.company_id = %s
            """,
            first_order,
            env.company.id,
        ),
        name=SQL("'BENCH/' || each.place"),
        sequence_number=SQL("each.place"),
        sequence_prefix=SQL("'BENCH/'"),
        partner_id=SQL("each.partner_id"),
        partner_shipping_id=SQL("each.partner_id"),
        commercial_partner_id=SQL("each.customer"),
        invoice_user_id=SQL("each.user_id"),
        date=day,
        invoice_date=day,
        invoice_date_due=SQL("%s + %s", day, DUE_DAYS),
        payment_state=SQL("CASE WHEN %s THEN 'paid' ELSE 'not_paid' END", is_paid),
        access_token=SQL("NULL"),
        **dict.fromkeys(
            (
                *("amount_untaxed", "amount_total", "amount_total_signed"),
                *("amount_untaxed_signed", "amount_total_in_currency_signed"),
                "amount_untaxed_in_currency_signed",
            ),
            amount,
        ),
        amount_residual=residual,
        amount_residual_signed=residual,
    )
    invoices = SQL("SELECT * FROM account_move WHERE id > %s", last)
    _add_item(cr, examples["invoice_line"], invoices, -1, residual=SQL("0"))
    _add_item(
        cr,
        examples["term_line"],
        invoices,
        1,
        residual=SQL("each.amount_residual"),
        date_maturity=SQL("each.invoice_date_due"),
    )
    _add_payments(env, examples, last)


def _add_payments(env, examples, last_move):
    """Pay what is paid: two invoices of a customer at once."""
    cr = env.cr
    last = get_last_id(cr, "account_move")
    multiply(
        cr,
        "account_move",
        examples["entry"],
        SQL(
            """
            SELECT commercial_partner_id AS customer, MAX(date) AS paid,
                   SUM(amount_total) AS amount, MAX(id) AS place
              FROM (SELECT *, row_number() OVER (
                              PARTITION BY commercial_partner_id ORDER BY date) / %s
                              AS pair
                      FROM account_move
                     WHERE id > %s AND payment_state = 'paid') AS paid
             GROUP BY commercial_partner_id, pair
             ORDER BY MAX(date)
            """,
            INVOICES_A_PAYMENT,
            last_move,
        ),
        name=SQL("'PAY/' || each.place"),
        sequence_number=SQL("each.place"),
        sequence_prefix=SQL("'PAY/'"),
        partner_id=SQL("each.customer"),
        commercial_partner_id=SQL("each.customer"),
        date=SQL("each.paid + %s", DUE_DAYS),
        origin_payment_id=SQL("NULL"),
        **dict.fromkeys(
            ("amount_total", "amount_total_signed", "amount_total_in_currency_signed"),
            SQL("each.amount"),
        ),
    )
    entries = SQL("SELECT * FROM account_move WHERE id > %s", last)
    _add_item(cr, examples["bank_line"], entries, 1, residual=SQL("each.amount_total"))
    _add_item(cr, examples["settled_line"], entries, -1, residual=SQL("0"))
    multiply(
        cr,
        "account_payment",
        examples["payment"],
        entries,
        move_id=SQL("each.id"),
        name=SQL("each.name"),
        date=SQL("each.date"),
        partner_id=SQL("each.partner_id"),
        amount=SQL("each.amount_total"),
        amount_company_currency_signed=SQL("each.amount_total"),
    )


def _add_item(cr, row, moves, sign, residual, **columns):
    """Add a journal item of each of ``moves``, of the amount in full."""
    balance = SQL("%s * each.amount_total", sign)
    multiply(
        cr,
        "account_move_line",
        row,
        moves,
        move_id=SQL("each.id"),
        move_name=SQL("each.name"),
        date=SQL("each.date"),
        invoice_date=SQL("each.invoice_date"),
        partner_id=SQL("each.commercial_partner_id"),
        debit=SQL("GREATEST(%s, 0)", balance),
        credit=SQL("GREATEST(- (%s), 0)", balance),
        balance=balance,
        amount_currency=balance,
        amount_residual=residual,
        amount_residual_currency=residual,
        reconciled=SQL("%s = 0", residual),
        full_reconcile_id=SQL("NULL"),
        matching_number=SQL("NULL"),
        payment_id=SQL("NULL"),
        **columns,
    )
