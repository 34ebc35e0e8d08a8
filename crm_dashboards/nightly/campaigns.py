# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What followed campaigns: for each customer, and in numbers by month."""

from datetime import timedelta

from odoo.fields import Domain
from odoo.tools import SQL

from ..analytics.history import day_to_date
from ..analytics.what_followed import IN_TIME_DAYS
from .answers import find_answered, get_order_dates
from .periods import get_month_start

MONTHS = 12  # and the one that is not over
KEYS = ("month", "kind", "share_out", "had_alert")
BEGAN = "(campaign.create_date AT TIME ZONE 'UTC' AT TIME ZONE %s)::date"


def record_campaigns(night):
    """Note what became of the customers of campaigns, and count them by month."""
    night.env.flush_all()
    rows = list(_find_orders(night))
    if rows:
        night.env.cr.execute_values(
            """
            INSERT INTO crm_reactivation_outcome (
                   reactivation_id, date, days, is_in_time)
            VALUES %s
            """,
            rows,
        )
    night.env["crm.reactivation.outcome"].invalidate_model()
    _store_counts(night)


def _find_orders(night):
    """Yield the first order since it began of each customer of a campaign."""
    open_rows = SQL(
        """
        SELECT campaign.id::int4, campaign.partner_id::int4,
               (campaign.last_order_date - DATE '1970-01-01')::int4
          FROM crm_reactivation campaign
         WHERE campaign.company_id = %s
           AND NOT EXISTS (
               SELECT FROM crm_reactivation_outcome outcome
                WHERE outcome.reactivation_id = campaign.id)
        """,
        night.company.id,
    )
    for campaign in _read_campaigns(night, find_answered(night, open_rows)):
        began = campaign["began"]
        since = max(campaign["last_order_date"], began - timedelta(days=1))
        day = next(get_order_dates(night.orders, campaign["partner_id"], since), None)
        if day:
            waited = (day - began).days
            limit = max(IN_TIME_DAYS, campaign["interval_days"] or 0)
            yield campaign["id"], day, waited, waited <= limit


def _read_campaigns(night, ids):
    return night.env.execute_query_dict(
        SQL(
            """
            SELECT campaign.id, campaign.partner_id, campaign.last_order_date,
                   campaign.interval_days, %s AS began
              FROM crm_reactivation campaign
             WHERE campaign.id = ANY(%s)
            """,
            SQL(BEGAN, night.settings.zone),
            ids,
        )
    )


def _store_counts(night):
    """Count the campaigns of the last months anew; those of months before stay."""
    since = get_month_start(day_to_date(night.settings.as_of), MONTHS)
    stored = night.env["crm.reactivation.month"].search(
        Domain("company_id", "=", night.company.id) & Domain("month", ">=", since)
    )
    counts = {tuple(key): tuple(found) for *key, found in _count_by_month(night, since)}
    stored._store_counts(night.company, KEYS, counts)


def _count_by_month(night, since):
    """Return rows of month, kind, share out, had alert and (customers, orders).

    A customer in several campaigns about the same order counts in the first of them,
    and once its time to order is over.
    """
    query = SQL(
        """
        SELECT DATE_TRUNC('month', target.began)::date, target.kind,
               target.share_out, target.had_alert,
               COUNT(*), COUNT(*) FILTER (WHERE target.is_in_time)
          FROM (
               SELECT DISTINCT ON (campaign.partner_id, campaign.last_order_date)
                      %(began)s AS began, campaign.kind,
                      CASE WHEN campaign.is_held_out THEN 'held_out'
                           WHEN campaign.has_hold_out THEN 'treated'
                           ELSE 'all' END AS share_out,
                      EXISTS (
                          SELECT FROM crm_alert alert
                           WHERE alert.partner_id = campaign.partner_id
                             AND alert.company_id = campaign.company_id
                             AND alert.last_order_date = campaign.last_order_date
                             AND alert.as_of <= campaign.create_date) AS had_alert,
                      campaign.interval_days, outcome.is_in_time
                 FROM crm_reactivation campaign
                 LEFT JOIN crm_reactivation_outcome outcome
                   ON outcome.reactivation_id = campaign.id
                WHERE campaign.company_id = %(company)s
                ORDER BY campaign.partner_id, campaign.last_order_date,
                         campaign.create_date, campaign.id) target
         WHERE target.began >= %(since)s
           AND %(today)s - target.began
               > GREATEST(%(in_time)s, COALESCE(target.interval_days, 0))
         GROUP BY 1, 2, 3, 4
        """,
        began=SQL(BEGAN, night.settings.zone),
        company=night.company.id,
        since=since,
        today=day_to_date(night.settings.as_of),
        in_time=IN_TIME_DAYS,
    )
    for *key, number, ordered in night.env.execute_query(query):
        yield *key, (number, ordered)
