# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from .unchecked_many2one import UncheckedMany2one

KINDS = {"sent": "Sent", "cancel": "Cancelled", "replaced": "Replaced"}


class CrmQuotationChange(models.Model):
    """When a quotation was sent, cancelled or replaced: Odoo keeps none of it.

    Rows are only added: as orders change state, and by night. Those of before the
    installation come from the messages of the orders.
    """

    _name = "crm.quotation.change"
    _description = "Change of a Quotation"
    _rec_name = "kind"
    _order = "id DESC"
    _log_access = False

    order_id = UncheckedMany2one(
        "sale.order",
        "Quotation",
        required=True,
        ondelete="cascade",
        index=True,
        readonly=True,
    )
    kind = fields.Selection(list(KINDS.items()), required=True, readonly=True)
    date = fields.Datetime(required=True, readonly=True)
    replaced_by_id = UncheckedMany2one(
        "sale.order",
        ondelete="set null",
        index="btree_not_null",
        readonly=True,
        help="The next quotation of the same customer and opportunity, within 14 days.",
    )

    # Rows are added in the order of time: what was sent lately stands at the end.
    _date_idx = models.Index("USING brin (date) WITH (pages_per_range = 16)")

    def _note(self, orders):
        """Note the state that ``orders`` just came to.

        As superuser: whoever may change an order may not write here otherwise.
        """
        now = fields.Datetime.now()
        self.sudo().create(
            [
                {"order_id": order.id, "kind": order.state, "date": now}
                for order in orders
                if order.state in KINDS
            ]
        )
