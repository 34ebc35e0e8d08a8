# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class CrmAlertAction(models.Model):
    """The first thing of its kind that somebody did about an open alert.

    Facts only: what counts as having acted, and until when, is for whoever compares
    alerts that were acted on with others. It does not say who.
    """

    _name = "crm.alert.action"
    _description = "Action About an Alert"
    _rec_name = "kind"
    _order = "id DESC"
    _log_access = False

    alert_id = fields.Many2one(
        "crm.alert", required=True, ondelete="cascade", index=True, readonly=True
    )
    kind = fields.Selection(
        [
            ("engagement", "Active engagement"),
            ("activity", "Activity planned"),
            ("campaign", "Reactivation campaign"),
            ("snooze", "Snoozed"),
            ("not_a_loss", "Not a loss"),
        ],
        required=True,
        readonly=True,
    )
    date = fields.Datetime(required=True, readonly=True)
