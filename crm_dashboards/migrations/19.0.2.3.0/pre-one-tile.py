# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json

OLD, NEW = "customer_projection", "customer_next_order"


def migrate(cr, version):
    """The month's projection stands in the tile of the next order from now on.

    There it is for whoever had one of the two, at the first place of both.
    """
    cr.execute(
        """
        DELETE FROM crm_dashboard_tile WHERE code = %s
        RETURNING sequence, COALESCE(active, FALSE)
        """,
        [OLD],
    )
    for sequence, active in cr.fetchall():
        cr.execute(
            """
            UPDATE crm_dashboard_tile
               SET sequence = LEAST(sequence, %s), active = active OR %s
             WHERE code = %s
            """,
            [sequence, active, NEW],
        )
    cr.execute(
        """
        DELETE FROM ir_model_data
         WHERE module = 'crm_dashboards' AND name = 'crm_dashboard_tile_' || %s
        """,
        [OLD],
    )
    # A name that an administrator gave it stays. Other languages come with the data.
    cr.execute(
        """
        UPDATE crm_dashboard_tile
           SET name = '{"en_US": "Next Order and Month Projection"}'
         WHERE code = %s AND name->>'en_US' = 'Next order'
        """,
        [NEW],
    )
    cr.execute("SELECT id, settings FROM crm_dashboard_tile_preference")
    for id_, settings in cr.fetchall():
        if merged := _merge(settings):
            cr.execute(
                "UPDATE crm_dashboard_tile_preference SET settings = %s WHERE id = %s",
                [json.dumps(merged), id_],
            )


def _merge(settings):
    """Return a user's settings with one tile for two, None where they name none."""
    if not isinstance(settings, dict):
        return None
    order, hidden = settings.get("order"), settings.get("hidden")
    merged = dict(settings)
    if isinstance(order, list) and OLD in order:
        codes = [NEW if code == OLD else code for code in order]
        merged["order"] = list(dict.fromkeys(codes))
    if isinstance(hidden, list) and (OLD in hidden) != (NEW in hidden):
        merged["hidden"] = [code for code in hidden if code not in (OLD, NEW)]
    elif isinstance(hidden, list):
        merged["hidden"] = [code for code in hidden if code != OLD]
    return merged if merged != settings else None
