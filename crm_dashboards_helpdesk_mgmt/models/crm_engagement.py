# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class CrmEngagement(models.Model):
    """Calls and visits that were noted on a ticket."""

    _inherit = "crm.engagement"
    _depends = {"helpdesk.ticket": ["company_id", "partner_id"]}

    def _get_engagement_documents(self):
        documents = super()._get_engagement_documents()
        return {**documents, "helpdesk.ticket": "partner_id"}
