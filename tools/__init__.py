# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Fetch Odoo, start it with the addon, load demo data, run the tests: `make help`."""
