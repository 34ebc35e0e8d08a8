# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.tools import SQL

from ..analytics.what_followed import FEWEST_ALERTS

NOTHING, CAMPAIGN = "nothing", "campaign"


class CrmAlertMonth(models.Model):
    """What followed a month's alerts, by what was done about them in the first week.

    Of the alerts that were open on day 7 and whose time to order is over. The night
    counts them; customers, and who is in charge of them, are left out on purpose. All
    customers count, so that those may read it who may see everybody's figures.
    """

    _name = "crm.alert.month"
    _description = "What Followed Alerts"
    _rec_name = "month"
    _order = "month DESC, first_action"
    _log_access = False

    company_id = fields.Many2one(
        "res.company", required=True, ondelete="cascade", index=True, readonly=True
    )
    month = fields.Date(
        required=True, readonly=True, help="First day of the month of the alerts."
    )
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
        "Ordered in Time",
        readonly=True,
        help="From day 7 on, within 30 days or the usual interval.",
    )
    ordered_share = fields.Float(
        "Share That Ordered",
        readonly=True,
        aggregator="avg",
        help="Of at least 50 alerts; of fewer, it would be chance.",
    )

    _alerts_uniq = models.UniqueIndex(
        "(company_id, month, first_action)", "One row per company, month and action."
    )

    def _read_group_select(self, aggregate_spec, query):
        """Make the share of a group from its alerts, not from the shares of months."""
        if aggregate_spec != "ordered_share:avg":
            return super()._read_group_select(aggregate_spec, query)
        alerts, ordered = (
            SQL("SUM(%s)", self._field_to_sql(self._table, name, query))
            for name in ("alert_count", "ordered_count")
        )
        return SQL(
            "CASE WHEN %(alerts)s >= %(fewest)s"
            " THEN %(ordered)s::float8 / %(alerts)s END",
            alerts=alerts,
            ordered=ordered,
            fewest=FEWEST_ALERTS,
        )
