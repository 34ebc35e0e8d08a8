# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class CalendarAttendee(models.Model):
    _inherit = "calendar.attendee"

    # Meetings of a customer are looked up by its contacts; Odoo has no index on them.
    _crm_partner_idx = models.Index("(partner_id)")
