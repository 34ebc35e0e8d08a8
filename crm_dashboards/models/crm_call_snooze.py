# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class CrmCallSnooze(models.Model):
    """Until when a customer need not be called, whatever the reason was.

    Rows are only added; the newest of a customer counts. One without a day takes the
    snooze back.
    """

    _name = "crm.call.snooze"
    _inherit = ["crm.decision.mixin"]
    _description = "Snoozed Call"
    _rec_name = "partner_id"
    _order = "id DESC"

    _undecided = {"snoozed_until": False}

    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, ondelete="cascade", readonly=True
    )
    snoozed_until = fields.Date(
        readonly=True, help="The customer's turn comes again on that day."
    )

    _customer_idx = models.Index("(company_id, partner_id, id)")

    def _snooze(self, turns, until):
        """Note that customers need not be called before a day.

        :param turns: crm.who.next that the user must be able to read; nobody writes
            here but through them
        :param until: date, False to take it back
        """
        turns.check_access("read")
        rows = [
            {
                "partner_id": turn.partner_id.id,
                "company_id": turn.company_id.id,
                "snoozed_until": until,
            }
            for turn in turns
        ]
        return self.sudo().create(rows).sudo(False)
