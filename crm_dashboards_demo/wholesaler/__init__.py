# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Who buys what from whom, and when: plain Python, the same for everyone on a day."""
