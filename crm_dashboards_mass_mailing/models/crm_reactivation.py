from odoo import fields, models


class CrmReactivation(models.Model):
    _inherit = "crm.reactivation"

    kind = fields.Selection(
        selection_add=[("mailing_list", "Mailing list")],
        ondelete={"mailing_list": "cascade"},
    )
