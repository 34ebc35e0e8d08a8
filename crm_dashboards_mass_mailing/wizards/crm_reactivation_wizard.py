# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import email_normalize

from odoo.addons.crm_dashboards.models.rpc import rpc
from odoo.addons.crm_dashboards.wizards.crm_reactivation_wizard import LeftOut


class CrmReactivationWizard(models.TransientModel):
    _inherit = "crm.reactivation.wizard"

    mailing_list_id = fields.Many2one(
        "mailing.list", help="A customer that is on it already is not added again."
    )

    def _get_left_out(self, metrics):
        """Leave out whom no mail can reach: they are not in the campaign."""
        left_out = super()._get_left_out(metrics)
        if self.kind != "mailing_list":
            return left_out
        others = metrics - metrics.browse().union(*(each.metrics for each in left_out))
        silent = others.filtered(
            lambda metric: not email_normalize(metric.partner_id.email)
        )
        if silent:
            some = self.env._(
                "%(count)s of %(chosen)s have no e-mail and are left out.",
                count=len(silent),
                chosen=len(metrics),
            )
            words = self.env._("None of these customers has an e-mail.")
            left_out.append(LeftOut(silent, some, words))
        return left_out

    @rpc(one=True)
    def action_confirm(self):
        """Ask for a list before anything is noted."""
        if self.kind == "mailing_list" and not self.mailing_list_id:
            raise UserError(self.env._("Please choose a mailing list."))
        return super().action_confirm()

    def _start_mailing_list(self, metrics):
        """Put each customer on the list, using the contact of its address if any."""
        contact = self.env["mailing.contact"]
        for partner in metrics.partner_id:
            email = email_normalize(partner.email)
            known = contact.search(Domain("email_normalized", "=", email), limit=1)
            if not known:
                known = contact.create({"name": partner.display_name, "email": email})
            if self.mailing_list_id not in known.subscription_ids.list_id:
                known.subscription_ids = [
                    fields.Command.create({"list_id": self.mailing_list_id.id})
                ]
