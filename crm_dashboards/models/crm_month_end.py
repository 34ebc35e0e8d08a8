# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class CrmMonthEnd(models.Model):
    """A company's customers as they stood at the end of a month.

    Made anew each night until the month is closed, then never again.
    """

    _name = "crm.month.end"
    _description = "Month End"
    _rec_name = "date"
    _order = "date DESC, company_id"
    _log_access = False

    company_id = fields.Many2one(
        "res.company", required=True, ondelete="cascade", index=True, readonly=True
    )
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    date = fields.Date(required=True, readonly=True, help="Last day of the month.")
    as_of = fields.Datetime(
        "Documents as of", required=True, readonly=True, help="When it was made."
    )
    settings = fields.Json(
        required=True, readonly=True, help="With which the figures were made."
    )
    line_ids = fields.One2many("crm.month.end.line", "month_end_id", readonly=True)
