# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from odoo.addons.crm_dashboards.nightly.night import Phase


class CrmMetricRefresh(models.Model):
    _inherit = "crm.metric.refresh"

    def _get_phases(self):
        count = self.env["crm.demo.order.count"]
        phase = Phase("demo_order_count", count._store, of_customer=True)
        return [*super()._get_phases(), phase]
