# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class CrmAccountManagerChange(models.Model):
    """Whose a customer is from a day on, as a night found it.

    Rows are only added, where the last one says otherwise: a day's account manager is
    that of the last row up to it. Two nights at once may both add the same row, which
    changes nothing. Odoo itself keeps no such dates.
    """

    _name = "crm.account.manager.change"
    _description = "Change of Account Manager"
    _rec_name = "partner_id"
    _order = "id DESC"
    _log_access = False

    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, ondelete="cascade", readonly=True
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
    date = fields.Date("From", required=True, readonly=True)

    _customer_idx = models.Index("(partner_id, id)")
