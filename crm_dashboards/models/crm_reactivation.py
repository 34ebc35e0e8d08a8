# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class CrmReactivation(models.Model):
    """A customer's place in a reactivation campaign, one a kind and alert.

    Rows are only added. The unique index keeps a customer from being approached twice
    about the same missing order, also by two people at the same moment.
    """

    _name = "crm.reactivation"
    _description = "Reactivation"
    _rec_name = "partner_id"
    _order = "id DESC"

    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    kind = fields.Selection(
        [("activity", "Activities"), ("opportunity", "Opportunities")], required=True
    )
    last_order_date = fields.Date(
        required=True, help="Last order when it began: tells which alert it is about."
    )

    # A constraint, no bare index: only then Odoo merges two customers of campaigns.
    _alert_unique = models.Constraint(
        "UNIQUE(partner_id, company_id, kind, last_order_date)",
        "A customer is already in such a campaign for this alert.",
    )
