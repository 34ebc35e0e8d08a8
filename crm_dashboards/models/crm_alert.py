# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class CrmAlert(models.Model):
    """What a customer's alert said in the first night that showed it.

    Rows are only added. Kind and last order tell one alert of a customer from the next.
    """

    _name = "crm.alert"
    _description = "Alert"
    _rec_name = "partner_id"
    _order = "id DESC"
    _log_access = False

    kind = fields.Selection(
        [("missing_order", "Missing order")], required=True, readonly=True
    )
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, ondelete="cascade", readonly=True
    )
    currency_id = fields.Many2one(
        "res.currency", required=True, readonly=True, help="Of the company, that night."
    )
    as_of = fields.Datetime("Figures as of", required=True, readonly=True)
    date = fields.Date(required=True, readonly=True, help="That day in the company.")
    user_id = fields.Many2one(
        "res.users", "Account Manager", ondelete="set null", readonly=True
    )
    last_order_date = fields.Date("Last Order", required=True, readonly=True)
    interval_days = fields.Float("Usual Interval (days)", readonly=True)
    expected_order_date = fields.Date("Expected Order", readonly=True)
    expected_order_value = fields.Monetary("Expected Value", readonly=True)
    days_overdue = fields.Integer(readonly=True, aggregator="avg")
    value_at_risk = fields.Monetary(readonly=True)
    action_ids = fields.One2many("crm.alert.action", "alert_id", readonly=True)
    outcome_ids = fields.One2many("crm.alert.outcome", "alert_id", readonly=True)

    _customer_idx = models.Index("(partner_id, company_id)")
