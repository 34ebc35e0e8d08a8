# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import SQL

ENTERED = "entered"
KINDS = {
    ENTERED: "An order was confirmed or changed",
    "order": "An order counts no more, or on another day",
    "documents": "Documents came from another customer, or went there",
    "customer": "Archived, moved, or left out of figures",
}


class CrmCustomerChange(models.Model):
    """What happened to customers since their figures were made.

    Whose orders are to be compared with the fingerprint of the night, who is no
    customer any more, who may have become late, and whose history is partly another's.
    Rows are only added, so that nobody waits for anybody, and end with the next night.
    """

    _name = "crm.customer.change"
    _description = "Change of a Customer"
    _rec_name = "kind"
    _order = "id DESC"
    _log_access = False

    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        required=True,
        ondelete="cascade",
        index=True,
        readonly=True,
    )
    kind = fields.Selection(list(KINDS.items()), required=True, readonly=True)
    date = fields.Datetime(required=True, readonly=True)

    _date_idx = models.Index("(date)")

    def _note(self, customers, kind):
        """Note a change of ``customers``, as superuser: who causes it writes here."""
        now = fields.Datetime.now()
        self.sudo().create(
            [
                {"partner_id": customer.id, "kind": kind, "date": now}
                for customer in customers
            ]
        )

    def _note_orders(self, order_ids):
        """Note that confirmed orders among these came or changed, as they are flushed.

        Under their contact: its customer may not be flushed yet.
        """
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO crm_customer_change (partner_id, kind, date)
                SELECT DISTINCT partner_id, %s, %s::timestamp
                  FROM sale_order
                 WHERE id = ANY(%s) AND state = 'sale' AND partner_id IS NOT NULL
                """,
                ENTERED,
                fields.Datetime.now(),
                order_ids,
            )
        )

    @api.autovacuum
    def _gc_seen_by_all(self):
        """Delete what every company's night has seen, a day later.

        An archived company has no nights any more.
        """
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM crm_customer_change
                 WHERE date < %s
                   AND id <= (SELECT MIN(night.customer_change_id)
                                FROM crm_metric_refresh night
                                JOIN res_company company
                                  ON company.id = night.company_id
                               WHERE night.as_of IS NOT NULL AND company.active)
                """,
                fields.Datetime.subtract(fields.Datetime.now(), days=1),
            )
        )
