# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What customers owed at the end of a day, as the ledger tells it."""

from odoo.tools import SQL

from .copy_binary import read_columns

NOT_DUE, OVERDUE_30, OVERDUE_60, OVERDUE_90, OVERDUE_OLDER, CREDIT = range(6)
RECEIVABLE_TYPES = {"customer_id": "int32", "age": "int16", "cents": "int64"}


def read_receivables(env, company, day, decimals):
    """Read the open receivables of a company's customers at the end of a day.

    What was paid, or set against each other, by entries of later days was open then.

    :param day: date
    :param decimals: of the company's currency
    :return: {"customer_id": int32, "age": int16, "cents": int64}, a row a customer and
        age: NOT_DUE … CREDIT
    """
    query = SQL(
        """
        SELECT contact.commercial_partner_id::int4 AS customer_id,
               (CASE WHEN open_line.amount < 0 THEN %(credit)s
                     WHEN open_line.date_due >= %(day)s THEN %(not_due)s
                     WHEN open_line.date_due >= %(day)s - 30 THEN %(overdue_30)s
                     WHEN open_line.date_due >= %(day)s - 60 THEN %(overdue_60)s
                     WHEN open_line.date_due >= %(day)s - 90 THEN %(overdue_90)s
                     ELSE %(overdue_older)s END)::int2 AS age,
               (SUM(open_line.amount) * %(scale)s)::int8 AS cents
          FROM (SELECT line.partner_id,
                       COALESCE(line.date_maturity, line.date) AS date_due,
                       line.balance - COALESCE((
                           SELECT SUM(amount) FROM account_partial_reconcile
                            WHERE debit_move_id = line.id
                              AND max_date <= %(day)s), 0)
                       + COALESCE((
                           SELECT SUM(amount) FROM account_partial_reconcile
                            WHERE credit_move_id = line.id
                              AND max_date <= %(day)s), 0) AS amount
                  FROM (%(candidates)s) candidate
                  JOIN account_move_line line ON line.id = candidate.id
                  JOIN account_account account ON account.id = line.account_id
                 WHERE account.account_type = 'asset_receivable'
                   AND line.company_id = %(company)s
                   AND line.parent_state = 'posted'
                   AND line.partner_id IS NOT NULL
                   AND line.date <= %(day)s) open_line
          JOIN res_partner contact ON contact.id = open_line.partner_id
         WHERE open_line.amount <> 0
           AND open_line.amount BETWEEN -%(largest)s AND %(largest)s
         GROUP BY 1, 2
        """,
        candidates=_get_candidates_sql(company, day),
        day=day,
        company=company.id,
        largest=env["sale.order"]._get_largest_amount(),
        scale=10**decimals,
        not_due=NOT_DUE,
        overdue_30=OVERDUE_30,
        overdue_60=OVERDUE_60,
        overdue_90=OVERDUE_90,
        overdue_older=OVERDUE_OLDER,
        credit=CREDIT,
    )
    return read_columns(env, query, RECEIVABLE_TYPES)


def _get_candidates_sql(company, day):
    """Return the query of the lines that are open now, or were when the day ended.

    Few of all: the ledger of years is not read for them.
    """
    return SQL(
        """
        SELECT id
          FROM account_move_line
         WHERE reconciled IS NOT TRUE
           AND company_id = %(company)s
           AND account_id IN (
               SELECT id FROM account_account WHERE account_type = 'asset_receivable')
         UNION
        SELECT unnest(ARRAY[debit_move_id, credit_move_id])
          FROM account_partial_reconcile
         WHERE company_id = %(company)s AND max_date > %(day)s
        """,
        company=company.id,
        day=day,
    )
