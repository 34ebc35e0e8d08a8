# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Moving what was made just now to the day on which it is said to have happened."""

from psycopg2.extras import execute_values


def backdate(records, moments, authors=None, changed=None):
    """Set when records were created and last changed, and perhaps by whom.

    moments: naive UTC datetimes in the order of the records; authors: ids of users,
    likewise; changed: moments of the last change, those of the creation unless given.
    Stored fields that depend on the date are computed again.
    """
    env = records.env
    env.flush_all()
    authors = authors or [env.uid] * len(records)
    execute_values(
        env.cr._obj,
        f"UPDATE {records._table} AS t SET create_date = v.moment::timestamp,"
        " write_date = v.changed::timestamp,"
        " create_uid = v.author, write_uid = v.author"
        " FROM (VALUES %s) AS v (id, moment, author, changed) WHERE t.id = v.id",
        list(zip(records.ids, moments, authors, changed or moments, strict=True)),
    )
    env.invalidate_all(flush=False)
    records.modified(["create_date"])
    env.flush_all()
