# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class CrmDemoOrderCount(models.Model):
    """Orders that a customer ever placed in a company, as of the last night."""

    _name = "crm.demo.order.count"
    _description = "Order Count of the Demonstration"
    _rec_name = "partner_id"

    partner_id = fields.Many2one("res.partner", required=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    count = fields.Integer(readonly=True)

    def _store(self, night):
        """Count the orders that the night has read for its own figures."""
        orders = night.orders.positive()
        customers = orders.customer_ids.tolist()
        counts = dict(zip(customers, orders.counts.tolist(), strict=True))
        domain = [("company_id", "=", night.company.id)]
        if night.customer:
            domain.append(("partner_id", "=", night.customer.id))
            counts = {night.customer.id: counts.get(night.customer.id, 0)}
        self.search(domain).unlink()
        self.create(
            [
                {"partner_id": partner, "company_id": night.company.id, "count": count}
                for partner, count in counts.items()
            ]
        )
