# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class MailActivityType(models.Model):
    _name = "mail.activity.type"
    _inherit = ["mail.activity.type", "crm.referred.mixin"]

    crm_counts_as_engagement = fields.Boolean(
        "Counts as active engagement",
        help="Done with a customer, it counts as having been in touch. "
        "Attempts such as a message on an answering machine should not.",
    )

    def write(self, vals):
        """Have the figures made anew soon where it changes what counts."""
        counted = {each.id: each.crm_counts_as_engagement for each in self}
        result = super().write(vals)
        if any(each.crm_counts_as_engagement != counted[each.id] for each in self):
            self._refresh_figures_soon()
        return result

    def _refresh_figures_soon(self):
        cron = self.env.ref(
            "crm_dashboards.ir_cron_refresh_metrics", raise_if_not_found=False
        )
        if cron:  # not yet while the addon is being installed
            cron.sudo()._trigger()
