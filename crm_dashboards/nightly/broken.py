# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Records with values that no figure can use: left out of all, and named.

The database takes amounts that are no number and dates without end; migrations and
scripts leave some. One of them would otherwise stop the figures of a whole company.
"""

import numpy as np

from odoo.tools import SQL

from .periods import FIRST_MOMENT, LAST_MOMENT

NAMED = 20  # of those left out
USUAL_AMOUNT = 10**11  # of an invoice in any currency; larger ones are looked at


def note_broken(night):
    """Note which records were left out of the figures of a night.

    A phase of the night. Stores [model, id, name, what is wrong] of the first ones.
    """
    queries = [
        _get_broken_orders_sql(night),
        _get_broken_invoices_sql(night),
        _get_broken_dues_sql(night),
        _get_broken_leads_sql(night),
        _get_broken_meetings_sql(),
        _get_broken_messages_sql(),
    ]
    night.env.flush_all()
    rows = night.env.execute_query(
        SQL(
            """
            SELECT model, id, name, reason, COUNT(*) OVER ()
              FROM (%s) broken
             ORDER BY model = 'sale.order' DESC, model, id
             LIMIT %s
            """,
            SQL(" UNION ALL ").join(queries),
            NAMED,
        )
    )
    night.refresh.write(
        {
            "broken_count": rows[0][-1] if rows else 0,
            "broken_records": [list(row[:-1]) for row in rows],
        }
    )


def _get_broken_orders_sql(night):
    order = night.env["sale.order"]
    return SQL(
        """
        SELECT 'sale.order' AS model, id, name,
               CASE WHEN partner_id IS NULL THEN 'customer'
                    WHEN (date_order BETWEEN %(first)s AND %(last)s) IS NOT TRUE
                    THEN 'date'
                    WHEN (amount_untaxed BETWEEN -%(largest)s AND %(largest)s)
                         IS NOT TRUE THEN 'amount'
                    ELSE 'rate' END AS reason
          FROM sale_order
         WHERE state = 'sale' AND company_id = %(company)s
           AND %(may_be)s
           AND %(is_sound)s IS NOT TRUE
        """,
        company=night.company.id,
        may_be=_get_may_be_broken_sql(night),
        is_sound=order._get_sound_sql("sale_order", night.company),
        **_get_bounds(night),
    )


def _get_may_be_broken_sql(night):
    """Return the condition on orders to look at: not all, where all up to now count."""
    rows = night.order_rows
    until_now = rows.is_sold & (rows.moment <= np.datetime64(night.now))
    if np.count_nonzero(until_now) == len(night.orders.day):
        return SQL("(date_order > %s OR date_order IS NULL)", night.now)
    return SQL("TRUE")


def _get_broken_invoices_sql(night):
    """The first conditions are those of an index of the few invoices to look at."""
    return SQL(
        """
        SELECT 'account.move' AS model, id, name,
               CASE WHEN (invoice_date BETWEEN %(first)s AND %(last)s) IS NOT TRUE
                    THEN 'date' ELSE 'amount' END AS reason
          FROM account_move
         WHERE state = 'posted' AND move_type IN ('out_invoice', 'out_refund')
           AND (invoice_date BETWEEN %(first)s AND %(last)s
                AND amount_untaxed_signed BETWEEN -%(usual)s AND %(usual)s) IS NOT TRUE
           AND company_id = %(company)s
           AND (invoice_date BETWEEN %(first)s AND %(last)s
                AND amount_untaxed_signed BETWEEN -%(largest)s AND %(largest)s)
               IS NOT TRUE
        """,
        usual=USUAL_AMOUNT,
        company=night.company.id,
        largest=_get_bounds(night)["largest"],
        first=FIRST_MOMENT.date(),
        last=LAST_MOMENT.date(),
    )


def _get_broken_dues_sql(night):
    return SQL(
        """
        SELECT 'account.move.line' AS model, id, move_name AS name, 'amount' AS reason
          FROM account_move_line
         WHERE parent_state = 'posted' AND reconciled IS NOT TRUE
           AND company_id = %(company)s
           AND account_id = ANY(ARRAY(
               SELECT id FROM account_account WHERE account_type = 'asset_receivable'))
           AND (amount_residual BETWEEN -%(largest)s AND %(largest)s
                AND COALESCE(date_maturity, date) BETWEEN %(first)s AND %(last)s)
               IS NOT TRUE
        """,
        company=night.company.id,
        **_get_bounds(night),
    )


def _get_broken_leads_sql(night):
    return SQL(
        """
        SELECT 'crm.lead' AS model, id, name, 'amount' AS reason
          FROM crm_lead
         WHERE COALESCE(company_id, %(company)s) = %(company)s
           AND NOT COALESCE(expected_revenue, 0) BETWEEN -%(largest)s AND %(largest)s
        """,
        company=night.company.id,
        largest=_get_bounds(night)["largest"],
    )


def _get_broken_meetings_sql():
    return SQL(
        """
        SELECT 'calendar.event' AS model, id, NULL::varchar AS name, 'date' AS reason
          FROM calendar_event
         WHERE active
           AND (start >= %(first)s AND stop BETWEEN %(first)s AND %(last)s) IS NOT TRUE
        """,
        first=FIRST_MOMENT,
        last=LAST_MOMENT,
    )


def _get_broken_messages_sql():
    """Only messages of activities that were done, by an index of impossible dates."""
    return SQL(
        """
        SELECT 'mail.message' AS model, id, NULL::varchar AS name, 'date' AS reason
          FROM mail_message
         WHERE mail_activity_type_id IS NOT NULL
           AND (date BETWEEN %(first)s AND %(last)s) IS NOT TRUE
        """,
        first=FIRST_MOMENT,
        last=LAST_MOMENT,
    )


def _get_bounds(night):
    return {
        "first": FIRST_MOMENT,
        "last": LAST_MOMENT,
        "largest": night.env["sale.order"]._get_largest_amount(),
    }
