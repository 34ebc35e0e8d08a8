# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.fields import NO_ACCESS


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
    interval_days = fields.Float(
        "Usual Interval (days)", help="When it began.", aggregator="avg"
    )
    has_hold_out = fields.Boolean(
        "With Hold-out",
        help="Customers were held out by lot when it began, or this is one of them.",
    )
    is_held_out = fields.Boolean("Held Out", help="Chosen, but left out by lot.")
    outcome_ids = fields.One2many(
        "crm.reactivation.outcome", "reactivation_id", groups=NO_ACCESS
    )

    # A constraint, no bare index: only then Odoo merges two customers of campaigns.
    _alert_unique = models.Constraint(
        "UNIQUE(partner_id, company_id, kind, last_order_date)",
        "A customer is already in such a campaign for this alert.",
    )
