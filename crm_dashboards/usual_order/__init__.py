# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What a customer usually orders, from records: plain Python behind the dialogue.

Reads what a user may read, and calls ``analytics`` for every formula; no Odoo model is
defined here.
"""
