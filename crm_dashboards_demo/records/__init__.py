# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""How the wholesaler becomes records: by Odoo itself, or by COPY where it is slow."""
