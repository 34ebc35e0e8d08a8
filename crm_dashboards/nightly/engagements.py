# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The night reads each customer's last engagement, and notes up to where it has."""

from odoo.tools import SQL

from .customer_changes import LONGEST_TRANSACTION
from .last_engagements import get_engagement_columns
from .store import MetricStore


def read_engagements(night):
    """Read the last engagements, which are stored with the other figures."""
    night.env.flush_all()
    _ = night.last_engagements
    if not night.customer:
        _note_what_was_read(night)


def store_last_engagements(night):
    """Store the last engagement of each customer alone; write only what changed."""
    read_engagements(night)
    store = MetricStore(night.env, night.company, night.settings.decimals)
    store.update_engagements(
        lambda partner_ids: get_engagement_columns(night.last_engagements, partner_ids)
    )


def _note_what_was_read(night):
    """Note up to where messages and meetings were surely seen."""
    # Of the database's clock, as are the dates compared with it.
    read_at = night.env.cr.now() - LONGEST_TRANSACTION
    query = SQL(
        """
        SELECT id FROM mail_message WHERE create_date < %s ORDER BY id DESC LIMIT 1
        """,
        read_at,
    )
    rows = night.env.execute_query(query)
    night.refresh.write(
        {
            "engagement_message_id": rows[0][0] if rows else 0,
            "engagement_read_at": read_at,
        }
    )
