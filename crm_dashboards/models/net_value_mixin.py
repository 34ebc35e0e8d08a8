# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.tools import SQL

from .sql_field_mixin import sql_field


class CrmNetValueMixin(models.AbstractModel):
    """Sales documents and what they are worth in the current company's currency.

    A model gives the SQL of its value as ``_get_crm_base_net_value_sql(alias, query)``,
    of whether it is usable as ``_get_crm_is_sound_sql(alias, query)``, and ``depends``
    of both fields.
    """

    _name = "crm.net.value.mixin"
    _inherit = "crm.sql.field.mixin"
    _description = "Net Value of Sales Documents"

    crm_currency_id = sql_field(
        "crm_currency_id",
        fields.Many2one,
        string="Dashboard Currency",
        comodel_name="res.currency",
        depends_context=("company",),
    )
    crm_base_net_value = sql_field(
        "crm_base_net_value",
        fields.Monetary,
        string="Base Net Value",
        currency_field="crm_currency_id",
        aggregator="sum",
        depends_context=("company",),
        help="Value without tax in the current company's currency, at the order's own "
        "rate. Orders of other companies are converted from their company's currency "
        "at today's rate.",
    )
    crm_is_sound = sql_field(
        "crm_is_sound",
        fields.Boolean,
        string="Usable for Figures",
        help="Has a customer, a date and an amount and rate that are usable numbers. "
        "What is not counts nowhere.",
    )

    def _get_crm_currency_id_sql(self, alias, query):
        return SQL("%s::int4", self.env.company.currency_id.id)
