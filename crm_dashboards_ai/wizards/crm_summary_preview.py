# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json

from odoo import api, fields, models

from odoo.addons.crm_dashboards.tiles.customer.narrative import make_story
from odoo.addons.crm_dashboards.tiles.scope import Scope

from ..models.summary_parameters import MODEL


class CrmSummaryPreview(models.TransientModel):
    """Exactly what is sent to the model, for the administrator who decides on it."""

    _name = "crm.summary.preview"
    _description = "What Is Sent for a Written Summary"

    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        default=lambda self: self._get_default_customer(),
        domain="[('is_company', '=', True)]",
    )
    is_sample = fields.Boolean(compute="_compute_request")
    request = fields.Text("Sent", compute="_compute_request")

    def _get_default_customer(self):
        return self._find_metric([("order_total_count", ">", 0)]).partner_id

    def _find_metric(self, domain):
        """Return the figures of the largest customer of ``domain`` one may read."""
        metric = self.env["crm.customer.metric"]
        if not metric.has_access("read"):
            return metric
        return metric.search(
            [*domain, ("company_id", "=", self.env.company.id)], limit=1
        )

    @api.depends("partner_id")
    def _compute_request(self):
        summary = self.env["crm.written.summary"]
        model = self.env["ir.config_parameter"].sudo().get_param(MODEL) or ""
        for preview in self:
            customer = preview.partner_id.commercial_partner_id
            metric = self._find_metric([("partner_id", "=", customer.id)])
            if metric:
                scope = Scope(self.env, customer_id=customer.id)
                tile = self.env["crm.tile.customer_sales_trend"]
                story = make_story(scope, tile._sum_period_sales(scope))
                question = metric._prepare_summary(model, story)
            else:
                question = summary._prepare_sample(model)
            preview.is_sample = not metric
            preview.request = json.dumps(question.body, indent=2, ensure_ascii=False)
