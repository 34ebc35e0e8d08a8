# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""How many alerts were acted on, and how many led to an order, by month."""

import numpy as np

from odoo.fields import Domain
from odoo.tools import SQL

from ..analytics.history import day_to_date
from ..analytics.missing_orders import NO_DAY
from ..analytics.what_followed import count_followed
from .copy_binary import read_columns
from .periods import get_month_start

MONTHS = 12  # and the one that is not over
NOTHING = "nothing"
ACTIONS = ("campaign", "engagement", "activity")  # the first of those at one moment
ALERT_TYPES = {
    "alert_day": "int32",
    "interval_days": "float64",
    "action_day": "int32",
    "action": "int16",
    "end_day": "int32",
    "is_order": "int16",
}


def store_what_followed(night):
    """Count the alerts of the last months anew; those of months before stay."""
    as_of = night.settings.as_of
    since = get_month_start(day_to_date(as_of), MONTHS)
    alerts = _read_alerts(night, since)
    action = alerts.pop("action")
    alerts["is_order"] = alerts["is_order"] > 0
    followed = count_followed(**alerts, as_of=as_of)
    action[~followed.acted_on] = 0
    among = followed.counts
    counts = _count_by_month(
        alerts["alert_day"][among], action[among], followed.ordered[among]
    )
    _store_counts(night, since, counts)


def _count_by_month(day, action, ordered):
    """Return {(month, action): (number of alerts, of orders)}."""
    month = day.astype("datetime64[D]").astype("datetime64[M]")
    keys, place = np.unique(
        np.stack([month.astype("int64"), action], axis=1), axis=0, return_inverse=True
    )
    place = place.ravel()
    alert_counts = np.bincount(place, minlength=len(keys)).tolist()
    order_counts = np.bincount(place[ordered], minlength=len(keys)).tolist()
    kinds = (NOTHING, *ACTIONS)
    return {
        (np.datetime64(number, "M").astype("datetime64[D]").item(), kinds[code]): found
        for (number, code), *found in zip(
            keys.tolist(), alert_counts, order_counts, strict=True
        )
    }


def _store_counts(night, since, counts):
    """Write what is not stored yet."""
    stored = night.env["crm.alert.month"].search(
        Domain("company_id", "=", night.company.id) & Domain("month", ">=", since)
    )
    stored._store_counts(
        night.company,
        ("month", "first_action", "is_acted_on"),
        {
            (month, action, action != NOTHING): found
            for (month, action), found in counts.items()
        },
    )


def _read_alerts(night, since):
    """Read alerts from a date on, with their first action and their end."""
    query = SQL(
        """
        SELECT (alert.date - %(epoch)s)::int4,
               COALESCE(alert.interval_days, 0)::float8,
               COALESCE((action.date AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date
                        - %(epoch)s, %(no_day)s)::int4,
               COALESCE(ARRAY_POSITION(%(kinds)s, action.kind), 0)::int2,
               COALESCE(outcome.date - %(epoch)s, %(no_day)s)::int4,
               COALESCE(outcome.result = 'ordered', FALSE)::int::int2
          FROM crm_alert alert
          LEFT JOIN (
               SELECT DISTINCT ON (alert_id) alert_id, date, kind
                 FROM crm_alert_action
                WHERE kind = ANY(%(kinds)s)
                ORDER BY alert_id, date, ARRAY_POSITION(%(kinds)s, kind)) action
            ON action.alert_id = alert.id
          LEFT JOIN crm_alert_outcome outcome ON outcome.alert_id = alert.id
         WHERE alert.company_id = %(company)s AND alert.date >= %(since)s
        """,
        epoch=SQL("DATE '1970-01-01'"),
        zone=night.settings.zone,
        no_day=NO_DAY,
        kinds=SQL("%s::varchar[]", list(ACTIONS)),
        company=night.company.id,
        since=since,
    )
    return read_columns(night.env, query, ALERT_TYPES)
