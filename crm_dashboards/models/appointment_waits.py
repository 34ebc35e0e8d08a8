# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError


class AppointmentWaits(AccessError):
    """Figures of a customer whose account manager the user is, but not confirmed."""
