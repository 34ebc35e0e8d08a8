# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """Kept sentences have the new name of a figure in their placeholders."""
    cr.execute(
        "UPDATE crm_written_summary"
        " SET template = replace(template, '{silence_days}', '{recency_days}')"
    )
