# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class CrmProductDecisionMixin(models.AbstractModel):
    """What was decided about a customer and a product.

    Rows are only added, since what is undone was decided, too; the newest of a customer
    and product counts.
    """

    _name = "crm.product.decision.mixin"
    _inherit = ["crm.customer.product.mixin", "crm.decision.mixin"]
    _description = "Decision About a Customer and a Product"
    _rec_name = "partner_id"
    _order = "id DESC"

    _about = ("partner_id", "company_id", "product_tmpl_id")

    def _decide(self, findings, decision, **values):
        """Note a decision about findings, which the user must be able to read.

        Nobody writes decisions but through here, and the night.

        :param findings: records of crm.product.finding.mixin
        :param str decision: of the field ``decision``
        """
        findings.check_access("read")
        return self.sudo().create(
            [
                {
                    "partner_id": finding.partner_id.id,
                    "product_tmpl_id": finding.product_tmpl_id.id,
                    "company_id": finding.company_id.id,
                    "decision": decision,
                    **self._prepare_circumstances(finding),
                    **values,
                }
                for finding in findings
            ]
        )

    def _prepare_circumstances(self, finding):
        """Return the values that tell when, or in view of what, it was decided."""
        raise NotImplementedError
