# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What the night could not know: customers whose orders are others by now.

Those of whom something was entered or changed are noted as it happens; they, and all
with an alert where these are few, are found by the fingerprint of their orders and
judged anew while they are read, as the night does, among the company's customers as the
last night knew them. So an alert follows whatever was entered, changed or deleted, with
whatever date.
"""

from typing import NamedTuple

import numpy as np

from odoo import fields
from odoo.tools import SQL

from ..analytics.company_rhythm import CompanyRhythm
from ..analytics.expectation import LATE_STATES
from .columns import COMPARED, align, get_next_order_columns, judge_customers
from .copy_binary import POSTGRESQL_TYPES
from .customer_changes import get_changed_sql, get_ordering_sql
from .order_fingerprint import get_fingerprint_sql
from .periods import get_figures_zone
from .reading import get_orders_sql, read_customers, read_orders
from .settings import read_settings
from .store import get_values

# From here on, comparing all customers with an alert takes longer than a page may.
MANY_ALERTS = 2000
JUDGED_FIELDS = (
    "order_total_count",
    "last_order_date",
    "interval_days",
    "interval_low_days",
    "interval_high_days",
    "gap_count",
    "gap_shorter_count",
    "quiet_days",
    "expected_order_date",
    "expected_order_value",
    "order_state",
    "churn_probability",
    "value_at_risk",
)


class Judged(NamedTuple):
    """Customers that were judged anew.

    ``query`` has the columns id (of crm.customer.metric) and JUDGED_FIELDS.
    """

    query: SQL
    metric_ids: list


def judge_again(env, metric_ids=None):
    """Judge the customers whose orders are not those that their figures rest on.

    Of the companies of ``env``. Past record rules: what is returned has to be joined to
    figures that the user may read.

    :param metric_ids: SQL of a subquery of the figures to look at. If left out, those
        with an alert, and those who may have got one
    :return: Judged; None where there is no such customer
    """
    companies = {
        company.id: company
        for company in env.companies.sudo()
        if company.crm_metric_refresh_ids.as_of
        # the amounts beside would be in the currency of then
        and company.crm_metric_refresh_ids.currency_id == company.currency_id
    }
    if not companies:
        return None
    now = fields.Datetime.now()
    query = SQL(" UNION ").join(
        _get_changed_query(env, company, now, metric_ids)
        for company in companies.values()
    )
    changed = {}
    for company_id, metric_id, partner_id in env.execute_query(query):
        changed.setdefault(company_id, {})[partner_id] = metric_id
    # asked last: Odoo copies all of it for whoever looks whether there is one
    changed = {
        company_id: metrics
        for company_id, metrics in changed.items()
        if companies[company_id].crm_metric_refresh_ids.company_rhythm
    }
    if not changed:
        return None
    query = SQL(" UNION ALL ").join(
        _get_judged_query(env, companies[company_id], now, metrics)
        for company_id, metrics in changed.items()
    )
    ids = [each for metrics in changed.values() for each in metrics.values()]
    return Judged(query, ids)


def read_changed_customers(env):
    """Tell which customers that changed since the night would be compared by now.

    :return: {company id: {customer id: bool}} for the companies of ``env``
    """
    companies = env.companies.sudo()
    query = SQL(" UNION ").join(
        SQL("SELECT %s, partner_id FROM (%s) changed", each.id, get_changed_sql(each))
        for each in companies
    )
    changed = {}
    for company_id, partner_id in env.execute_query(query):
        changed.setdefault(company_id, set()).add(partner_id)
    return {
        company.id: _read_compared(env, company, changed[company.id])
        for company in companies
        if company.id in changed
    }


def _read_compared(env, company, partner_ids):
    """Return {customer id: whether it is compared with the others of the company}."""
    settings = read_settings(company, fields.Datetime.now())
    partners = env["res.partner"].browse(partner_ids)
    customers = read_customers(env, company, settings, partners)
    compared = set(customers["id"][customers["code"] == COMPARED].tolist())
    return {partner_id: partner_id in compared for partner_id in partner_ids}


def _get_changed_query(env, company, now, metric_ids):
    """Return the query of the figures of a company that rest on other orders."""
    orders = get_orders_sql(
        env,
        company,
        get_figures_zone(company).name,
        company.currency_id.decimal_places,
        now,
        SQL("ARRAY[metric.partner_id]"),
    )
    # A scalar subquery is asked for each alert; PostgreSQL would join all partners.
    other = SQL(
        """
        (metric.order_fingerprint <> %s
         OR (SELECT active AND commercial_partner_id = id
               FROM res_partner
              WHERE id = metric.partner_id) IS NOT TRUE)
        """,
        get_fingerprint_sql(orders),
        to_flush=env["res.partner"]._fields["active"],
    )
    noted = SQL("metric.partner_id IN (%s)", get_changed_sql(company))
    if metric_ids is not None:
        return _get_metrics_query(
            company, SQL("metric.id IN %s AND (%s OR %s)", metric_ids, noted, other)
        )
    late = SQL("metric.order_state = ANY(%s)", list(LATE_STATES))
    ordering = SQL("metric.partner_id IN (%s)", get_ordering_sql(company, now))
    few = _get_few_alerts_sql(company)
    return SQL(" UNION ").join(
        _get_metrics_query(company, condition)
        for condition in (
            SQL("%s AND %s AND %s", few, late, other),
            SQL("%s AND %s AND %s", ordering, late, other),
            noted,
        )
    )


def _get_few_alerts_sql(company):
    """Return the condition, the same for all rows, that few customers are late."""
    return SQL(
        """
        (SELECT COUNT(*)
           FROM (SELECT
                   FROM crm_customer_metric
                  WHERE company_id = %s AND order_state = ANY(%s)
                  LIMIT %s) late) < %s
        """,
        company.id,
        list(LATE_STATES),
        MANY_ALERTS,
        MANY_ALERTS,
    )


def _get_metrics_query(company, condition):
    return SQL(
        """
        SELECT metric.company_id, metric.id, metric.partner_id
          FROM crm_customer_metric metric
         WHERE metric.company_id = %s AND %s
        """,
        company.id,
        condition,
    )


def _get_judged_query(env, company, now, metrics):
    """Return the query of what is expected of some customers now.

    :param metrics: {customer id: id of its figures}
    """
    columns = {
        "metric_id": np.array([metrics[each] for each in sorted(metrics)], "int32"),
        **_judge(env, company, now, np.array(sorted(metrics))),
    }
    values = get_values(company.currency_id.decimal_places)
    return SQL(
        """
        SELECT fresh.metric_id AS id, %(values)s
          FROM UNNEST(%(arrays)s) fresh (%(names)s)
        """,
        values=SQL(", ").join(
            SQL("%s AS %s", values[name], SQL.identifier(name))
            for name in JUDGED_FIELDS
        ),
        arrays=SQL(", ").join(
            SQL("%s::%s[]", column.tolist(), SQL(POSTGRESQL_TYPES[column.dtype]))
            for column in columns.values()
        ),
        names=SQL(", ").join(map(SQL.identifier, columns)),
    )


def _judge(env, company, now, ids):
    """Return {column: array} of what is expected of some customers.

    :param ids: sorted int array of customers, those without any order among them
    """
    settings = read_settings(company, now)
    partners = env["res.partner"].browse(ids.tolist())
    orders = read_orders(env, company, settings, now, partners)
    customers = read_customers(env, company, settings, partners)
    rhythm = CompanyRhythm.from_plain(company.crm_metric_refresh_ids.company_rhythm)
    judged = judge_customers(orders, customers, settings, rhythm)
    columns = get_next_order_columns(judged, orders.positive().counts.astype("int32"))
    return {
        name: align(column, orders.customer_ids, ids, missing)
        for name, (column, missing) in columns.items()
    }
