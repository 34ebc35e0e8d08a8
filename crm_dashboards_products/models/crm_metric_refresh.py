# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from odoo.addons.crm_dashboards.nightly.night import Phase

from ..nightly.line_figures import store_line_figures


class CrmMetricRefresh(models.Model):
    _inherit = "crm.metric.refresh"

    def _get_phases(self):
        return [*super()._get_phases(), Phase("order_lines", store_line_figures)]
