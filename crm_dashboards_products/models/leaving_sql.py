# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What counts at once about a line: a decision, and what was bought since the night."""

from odoo.tools import SQL

from odoo.addons.crm_dashboards.models.overdue_order_sql import (
    get_today_sql,
    get_zone_sql,
)


def get_put_off_sql(env, partner, company, template, last_date):
    """Whether the newest decision about a line keeps it away.

    :param partner, company, template, last_date: SQL of the line's columns
    """
    decision = env["crm.leaving.decision"]
    return SQL(
        """
        EXISTS (
            SELECT
              FROM (SELECT DISTINCT ON (company_id, partner_id, product_tmpl_id) *
                      FROM crm_leaving_decision
                     ORDER BY company_id, partner_id, product_tmpl_id, id DESC) newest
             WHERE newest.partner_id = %(partner)s
               AND newest.company_id = %(company)s
               AND newest.product_tmpl_id = %(template)s
               AND (newest.decision = 'snooze' AND newest.snoozed_until > %(today)s
                    OR newest.decision = 'not_a_loss'
                       AND newest.last_date = %(last_date)s))
        """,
        partner=partner,
        company=company,
        template=template,
        last_date=last_date,
        today=get_today_sql(env, SQL("newest.company_id")),
        to_flush=[
            decision._fields[name]
            for name in ("decision", "snoozed_until", "last_date")
        ],
    )


def get_bought_since_sql(env, partner, company, template, date):
    """Whether a customer ordered a template after a date, in any variant.

    :param partner, company, template: SQL of the ids
    :param date: SQL of the date, in the company's zone of figures
    """
    order, line = env["sale.order"], env["sale.order.line"]
    return SQL(
        """
        EXISTS (
            SELECT
              FROM res_partner contact
              JOIN sale_order ordered
                ON ordered.partner_id = contact.id
               AND ordered.company_id = %(company)s
               AND ordered.state = 'sale'
               AND ordered.date_order >=
                   ((%(date)s + 1)::timestamp AT TIME ZONE %(zone)s) AT TIME ZONE 'UTC'
               AND ordered.date_order <= now() AT TIME ZONE 'UTC'
              JOIN sale_order_line bought
                ON bought.order_id = ordered.id
               AND bought.product_uom_qty > 0
               AND bought.price_subtotal > 0
              JOIN product_product variant
                ON variant.id = bought.product_id
               AND variant.product_tmpl_id = %(template)s
             WHERE contact.commercial_partner_id = %(partner)s)
        """,
        partner=partner,
        company=company,
        template=template,
        date=date,
        zone=get_zone_sql(env, company),
        to_flush=[
            *(order._fields[name] for name in ("state", "date_order", "partner_id")),
            *(
                line._fields[name]
                for name in ("product_id", "product_uom_qty", "price_subtotal")
            ),
        ],
    )
