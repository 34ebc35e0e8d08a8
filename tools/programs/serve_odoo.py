# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Odoo as a file: with workers it starts itself once more, by the name of its file.

It stands in a folder of its own: Python looks there first, and finds no other `odoo`.
"""

from odoo.cli import main

main()
