# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""How figures are read, made and stored: plain Python around the nightly job.

Knows records and SQL, and calls ``analytics`` for every formula; no Odoo model is
defined here. Data goes up: documents → columns → the tables of figures.
"""
