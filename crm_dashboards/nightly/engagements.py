# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The night reads each customer's last engagement, and notes up to where it has."""

from odoo.tools import SQL

from .customer_changes import LONGEST_TRANSACTION
from .last_engagements import get_engagement_columns
from .store import MetricStore


def read_engagements(night):
    """Read the last engagements, which are stored with the other figures.

    These are begun in between: of messages, of which there are as many as orders, only
    the last ones are left by then.
    """
    night.env.flush_all()
    if not night.customer:
        _ = night.touches
    _ = night.begun_figures
    _read_last(night)


def store_last_engagements(night):
    """Store the last engagement of each customer alone; write only what changed."""
    night.env.flush_all()
    _read_last(night)
    store = MetricStore(night.env, night.company, night.settings.decimals)
    store.update_engagements(
        lambda partner_ids: get_engagement_columns(night.last_engagements, partner_ids)
    )


def _read_last(night):
    _ = night.last_engagements
    if not night.customer:
        _note_what_was_read(night)


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
