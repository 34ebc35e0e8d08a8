# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Figures from order lines: columns in, columns out.

Nothing here knows Odoo, asks the clock or reads settings. Days are counted from
1970-01-01 and money is a whole number of cents, as in ``crm_dashboards.analytics``;
what its methods find out about rhythms comes in as columns.
"""
