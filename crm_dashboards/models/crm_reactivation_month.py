# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

TREATED, HELD_OUT = "treated", "held_out"


class CrmReactivationMonth(models.Model):
    """What followed a month's campaigns, customers that were held out beside them."""

    _name = "crm.reactivation.month"
    _inherit = ["crm.followed.month.mixin"]
    _description = "What Followed Campaigns"
    _log_access = False

    _counted_field = "customer_count"

    kind = fields.Selection(
        selection="_get_kinds", string="Campaign", required=True, readonly=True
    )
    share_out = fields.Selection(
        [
            ("all", "In it, nobody held out"),
            (TREATED, "In it, others held out"),
            (HELD_OUT, "Held out"),
        ],
        "Part in It",
        required=True,
        readonly=True,
    )
    had_alert = fields.Boolean(
        "Order Missing", readonly=True, help="When the campaign began."
    )
    customer_count = fields.Integer(
        "Customers",
        readonly=True,
        help="Whose 30 days, or usual interval, since the campaign began are over.",
    )
    ordered_count = fields.Integer(help="Within 30 days or the usual interval.")

    _campaigns_uniq = models.UniqueIndex(
        "(company_id, month, kind, share_out, had_alert)",
        "One row per company, month, campaign and part in it.",
    )

    def _get_kinds(self):
        """Return the kinds of campaigns there are."""
        kinds = self.env["crm.reactivation"]._fields["kind"]
        return kinds._description_selection(self.env)
