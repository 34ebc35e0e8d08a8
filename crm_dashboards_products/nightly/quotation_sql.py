# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""When a quotation was sent, and whether another one took its place, in SQL."""

from odoo.tools import SQL

from odoo.addons.crm_dashboards.nightly.quotations import REPLACED_WITHIN_DAYS

GRACE_DAYS = 30  # past the date until which a quotation is valid


def get_sent_sql(order):
    """When a quotation was sent for the first time; for want of that, was made.

    :param str order: alias of sale_order
    """
    return SQL(
        """
        COALESCE((SELECT MIN(sent.date)
                    FROM crm_quotation_change sent
                   WHERE sent.order_id = %(id)s AND sent.kind = 'sent'),
                 %(create_date)s)
        """,
        id=SQL.identifier(order, "id"),
        create_date=SQL.identifier(order, "create_date"),
    )


def get_replaced_sql(order):
    """Whether a newer quotation of the customer and opportunity takes its place.

    :param str order: alias of sale_order
    """
    return SQL(
        """
        EXISTS (
            SELECT
              FROM sale_order newer
              JOIN res_partner buyer ON buyer.id = newer.partner_id
              JOIN res_partner person ON person.id = %(partner)s
             WHERE newer.opportunity_id = %(opportunity)s
               AND newer.company_id = %(company)s
               AND buyer.commercial_partner_id = person.commercial_partner_id
               AND (newer.create_date, newer.id) > (%(create_date)s, %(id)s)
               AND newer.create_date
                   <= %(create_date)s + make_interval(days => %(within)s)
               AND newer.state <> 'cancel')
        """,
        within=REPLACED_WITHIN_DAYS,
        **{
            name: SQL.identifier(order, column)
            for name, column in {
                "id": "id",
                "partner": "partner_id",
                "opportunity": "opportunity_id",
                "company": "company_id",
                "create_date": "create_date",
            }.items()
        },
    )
