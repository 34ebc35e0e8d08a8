# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.api import SUPERUSER_ID, Environment


def migrate(cr, version):
    """Admit customers never invoiced where nobody ever was: all were left out."""
    env = Environment(cr, SUPERUSER_ID, {})
    for company in env["res.company"].search([]):
        if company._includes_never_invoiced_by_default():
            company.crm_include_never_invoiced = True
