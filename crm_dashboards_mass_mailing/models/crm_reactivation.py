# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class CrmReactivation(models.Model):
    _inherit = "crm.reactivation"

    kind = fields.Selection(
        selection_add=[("mailing_list", "Mailing list")],
        ondelete={"mailing_list": "cascade"},
    )
