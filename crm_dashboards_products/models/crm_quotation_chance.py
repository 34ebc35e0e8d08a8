# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class CrmQuotationChance(models.Model):
    """How many of a company's quotations were ordered that were open at some age.

    Only the night writes here. Of those sent 6 to 24 months ago, at least 30: an age
    with fewer has the figures of the one before.
    """

    _name = "crm.quotation.chance"
    _description = "Chance of Quotations"
    _rec_name = "age_days"
    _order = "company_id, age_days"

    company_id = fields.Many2one(
        "res.company", required=True, ondelete="cascade", readonly=True
    )
    age_days = fields.Integer("From Day", required=True, readonly=True, aggregator=None)
    open_count = fields.Integer(
        "Still Open", required=True, readonly=True, aggregator=None
    )
    ordered_count = fields.Integer(
        "Ordered Later", required=True, readonly=True, aggregator=None
    )

    _age_uniq = models.UniqueIndex(
        "(company_id, age_days)", "Each age of a company has one chance."
    )
