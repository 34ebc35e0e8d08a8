# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

NOTHING, CAMPAIGN = "nothing", "campaign"


class CrmAlertMonth(models.Model):
    """What followed a month's alerts, by what was done about them in the first week.

    Of the alerts that were open on day 7 and whose time to order is over.
    """

    _name = "crm.alert.month"
    _inherit = ["crm.followed.month.mixin"]
    _description = "What Followed Alerts"
    _order = "month DESC, first_action"
    _log_access = False

    _counted_field = "alert_count"

    first_action = fields.Selection(
        [
            (NOTHING, "Nothing"),
            ("engagement", "Active engagement"),
            ("activity", "Activity planned"),
            (CAMPAIGN, "Reactivation campaign"),
        ],
        "Done in the First Week",
        required=True,
        readonly=True,
        help="What came first. Snoozed and not a loss are no action.",
    )
    is_acted_on = fields.Boolean("Acted On", readonly=True)
    alert_count = fields.Integer(
        "Alerts",
        readonly=True,
        help="Still open on day 7, and 30 days or the usual interval are over.",
    )
    ordered_count = fields.Integer(
        help="From day 7 on, within 30 days or the usual interval."
    )

    _alerts_uniq = models.UniqueIndex(
        "(company_id, month, first_action)", "One row per company, month and action."
    )
