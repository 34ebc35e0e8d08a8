from odoo.exceptions import AccessError


class AppointmentWaits(AccessError):
    """Figures of a customer whose account manager the user is, but not confirmed."""
