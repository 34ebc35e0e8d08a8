# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    # Each dashboard looks for the meetings that ended or changed since the night.
    _crm_stop_idx = models.Index("(stop)")
    _crm_written_idx = models.Index("(write_date)")
