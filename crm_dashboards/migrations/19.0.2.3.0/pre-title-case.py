# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

OLD, NEW = "Moved this week", "Moved This Week"


def migrate(cr, version):
    """Write the tile's name as those of the others; one that was given to it stays."""
    cr.execute(
        """
        UPDATE crm_dashboard_tile
           SET name = JSONB_SET(name, '{en_US}', TO_JSONB(%s::text))
         WHERE code = 'moved_this_week' AND name->>'en_US' = %s
        """,
        [NEW, OLD],
    )
