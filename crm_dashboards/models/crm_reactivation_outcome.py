# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class CrmReactivationOutcome(models.Model):
    """The first order of a customer since a campaign with it began, noted for good."""

    _name = "crm.reactivation.outcome"
    _description = "Outcome of a Reactivation"
    _rec_name = "date"
    _order = "id DESC"
    _log_access = False

    reactivation_id = fields.Many2one(
        "crm.reactivation", required=True, ondelete="cascade", index=True, readonly=True
    )
    date = fields.Date(required=True, readonly=True, help="Of the order.")
    days = fields.Integer(
        readonly=True, aggregator="avg", help="From the campaign to that day."
    )
    is_in_time = fields.Boolean(
        readonly=True,
        help="Within 30 days, or the usual interval where that is longer.",
    )
