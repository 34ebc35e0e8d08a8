# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.tools import SQL


class CrmReasonOpenQuotation(models.AbstractModel):
    """Expects of a quotation what those of its age came to, once that is known."""

    _inherit = "crm.reason.open_quotation"

    def _get_expected_sql(self, query):
        expected = self.env["sale.order"]._field_to_sql(
            query.table, "crm_expected_value", query
        )
        return SQL("COALESCE(%s, %s)", expected, super()._get_expected_sql(query))
