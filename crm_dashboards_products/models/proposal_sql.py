# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What was bought since proposals were made, in SQL."""

from datetime import timedelta

from odoo.tools import SQL

ENTERED_LATE = timedelta(days=30)  # orders may be dated so long before they are entered


def get_bought_lately_sql(env, partner, company, template):
    """Whether a customer bought a template since the company's proposals were made.

    Worked out once for all rows: what was never bought before is in few orders since.

    :param partner, company, template: SQL of the ids
    """
    order, line = env["sale.order"], env["sale.order.line"]
    since = {
        each.id: each.crm_metric_refresh_ids.proposals_on - ENTERED_LATE
        for each in env.companies.sudo()
        if each.crm_metric_refresh_ids.proposals_on
    }
    if not since:
        return SQL("FALSE")
    return SQL(
        """
        (%(partner)s, %(company)s, %(template)s) IN (
            SELECT contact.commercial_partner_id, ordered.company_id,
                   variant.product_tmpl_id
              FROM sale_order ordered
              JOIN res_partner contact ON contact.id = ordered.partner_id
              JOIN sale_order_line bought
                ON bought.order_id = ordered.id
               AND bought.product_uom_qty > 0
               AND bought.price_subtotal > 0
              JOIN product_product variant ON variant.id = bought.product_id
             WHERE ordered.state = 'sale' AND (%(since)s))
        """,
        partner=partner,
        company=company,
        template=template,
        since=SQL(" OR ").join(
            SQL("ordered.company_id = %s AND ordered.date_order >= %s", *each)
            for each in since.items()
        ),
        to_flush=[
            *(order._fields[name] for name in ("state", "date_order", "partner_id")),
            *(
                line._fields[name]
                for name in ("product_id", "product_uom_qty", "price_subtotal")
            ),
        ],
    )
