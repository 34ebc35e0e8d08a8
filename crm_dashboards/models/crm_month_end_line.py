# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from .figure_selections import SEGMENT_SELECTION, TREND_SELECTION


class CrmMonthEndLine(models.Model):
    """A customer at the end of a month; amounts in the currency of then.

    Only customers with a segment, with turnover or orders in twelve months, or with
    something open. An amount of nothing is empty, which takes no space.
    """

    _name = "crm.month.end.line"
    _description = "Customer at a Month End"
    _rec_name = "partner_id"
    _order = "id"
    _log_access = False

    month_end_id = fields.Many2one(
        "crm.month.end", required=True, ondelete="cascade", index=True, readonly=True
    )
    currency_id = fields.Many2one(related="month_end_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        required=True,
        ondelete="cascade",
        index=True,
        readonly=True,
    )
    recorded_partner_id = fields.Integer(
        required=True,
        readonly=True,
        aggregator=None,
        help="Id of the customer in that night: another one after a merge.",
    )
    user_id = fields.Many2one(
        "res.users", "Account Manager", ondelete="set null", readonly=True
    )
    segment = fields.Selection(SEGMENT_SELECTION, "RFM Segment", readonly=True)
    trend = fields.Selection(TREND_SELECTION, readonly=True)
    turnover_month = fields.Monetary("Turnover of the Month", readonly=True)
    turnover_year = fields.Monetary("Turnover of 12 Months", readonly=True)
    order_value_month = fields.Monetary("Orders of the Month", readonly=True)
    order_value_year = fields.Monetary("Orders of 12 Months", readonly=True)
    projected_value = fields.Monetary(
        "Projected Month", readonly=True, help="As on the last day of the month."
    )
    due_amount = fields.Monetary("Due", readonly=True)
    overdue_30_amount = fields.Monetary("0–30 days overdue", readonly=True)
    overdue_60_amount = fields.Monetary("31–60 days overdue", readonly=True)
    overdue_90_amount = fields.Monetary("61–90 days overdue", readonly=True)
    overdue_older_amount = fields.Monetary("90+ days overdue", readonly=True)
    credit_amount = fields.Monetary(
        "Unallocated credits", readonly=True, help="Below 0; part of what is due."
    )
