# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Quotations in SQL: whether there is something to follow up, and their chance."""

from datetime import timedelta

from odoo import fields
from odoo.tools import SQL

from odoo.addons.crm_dashboards.models.overdue_order_sql import get_today_sql

from ..analytics.quotation_chance import LOST_DAYS
from ..nightly.quotation_sql import GRACE_DAYS, get_replaced_sql, get_sent_sql

SENT, NOT_SENT = "sent", "not_sent"
DRAFT_DAYS = 1  # from which a draft should have been sent


def get_follow_up_sql(env, order):
    """What there is to follow up: a sent quotation, a draft not sent yet, or NULL.

    Neither what another quotation replaced, nor what is lost: 30 days past its
    validity, or 180 days old. Carts and what was only proposed are no drafts.

    :param str order: alias of sale_order
    """
    model = env["sale.order"]
    now = fields.Datetime.now()
    conditions = [
        SQL(
            "%s IS NOT TRUE",
            SQL.identifier(
                order,
                "crm_is_usual_order",
                to_flush=model._fields["crm_is_usual_order"],
            ),
        )
    ]
    if "website_id" in model._fields:
        conditions.append(SQL("%s IS NULL", SQL.identifier(order, "website_id")))
    return SQL(
        """
        CASE WHEN %(state)s NOT IN ('draft', 'sent') THEN NULL
             WHEN %(validity)s < %(today)s - %(grace)s THEN NULL
             WHEN %(replaced)s THEN NULL
             WHEN %(state)s = 'sent' AND %(sent)s > %(oldest)s THEN %(is_sent)s
             WHEN %(state)s = 'draft'
              AND %(create_date)s > %(oldest)s AND %(create_date)s <= %(newest)s
              AND %(is_own)s THEN %(not_sent)s END
        """,
        state=SQL.identifier(order, "state", to_flush=model._fields["state"]),
        validity=SQL.identifier(
            order, "validity_date", to_flush=model._fields["validity_date"]
        ),
        today=get_today_sql(env, SQL.identifier(order, "company_id")),
        grace=GRACE_DAYS,
        replaced=get_replaced_sql(order),
        sent=get_sent_sql(order),
        create_date=SQL.identifier(order, "create_date"),
        oldest=now - timedelta(days=LOST_DAYS),
        newest=now - timedelta(days=DRAFT_DAYS),
        is_own=SQL(" AND ").join(conditions),
        is_sent=SENT,
        not_sent=NOT_SENT,
    )


def get_chance_sql(order, column, age_days):
    """A column of the company's chances at an age; NULL where none are known.

    :param str order: alias of sale_order
    :param column: SQL of a column of crm_quotation_chance as ``chance``
    :param age_days: SQL of the age
    """
    return SQL(
        """
        (SELECT %(column)s
           FROM crm_quotation_chance chance
          WHERE chance.company_id = %(company)s AND chance.age_days <= %(age)s
          ORDER BY chance.age_days DESC
          LIMIT 1)
        """,
        column=column,
        company=SQL.identifier(order, "company_id"),
        age=age_days,
    )
