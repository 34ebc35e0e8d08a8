# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class CrmAlertOutcome(models.Model):
    """What became of an alert, noted once and for good.

    A day with an order is the outcome of one alert of its customer, the oldest open.
    """

    _name = "crm.alert.outcome"
    _description = "Outcome of an Alert"
    _rec_name = "result"
    _order = "id DESC"
    _log_access = False

    alert_id = fields.Many2one(
        "crm.alert", required=True, ondelete="cascade", index=True, readonly=True
    )
    result = fields.Selection(
        [("ordered", "Ordered"), ("lapsed", "Lapsed")], required=True, readonly=True
    )
    date = fields.Date(
        required=True, readonly=True, help="Of the order, or when the customer lapsed."
    )
    days = fields.Integer(
        readonly=True, aggregator="avg", help="From the alert to that day."
    )
    is_in_time = fields.Boolean(
        readonly=True,
        help="Ordered within 30 days, or the usual interval where that is longer.",
    )
