# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from ast import literal_eval

from odoo import api, models


class MailingFilter(models.Model):
    _name = "mailing.filter"
    _inherit = ["mailing.filter", "crm.mailing.figures.mixin"]

    @api.constrains("mailing_domain", "mailing_model_id")
    def _check_mailing_domain(self):
        """Say who may not see figures before Odoo says that a domain is not valid."""
        for mailing_filter in self:
            mailing_filter._check_figures_in_domain(self.env.user)
        return super()._check_mailing_domain()

    def _get_recipients_model(self):
        return self.mailing_model_id.model

    def _get_stored_domain(self):
        try:
            return literal_eval(self.mailing_domain)
        except (SyntaxError, ValueError):
            return []  # not a valid one
