# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""A night keeps sums of its company and of each account manager's customers."""

from odoo.fields import Domain
from odoo.tools import SQL

from .kept_sums import (
    KEYS,
    READ_IN,
    get_customer_sums,
    get_orders_formula,
    get_waiting_sums,
    read_customer_sums,
)
from .manager_sums import MANAGER, fold_managers, get_manager_sql, keep_manager_sums
from .periods import get_day_start, get_figures_zone, get_month_start, get_zone_today

KEPT_MONTHS = 24  # that are over


def keep_sums(night):
    """Keep the sums of a night's company.

    A phase of the night, after all that stores figures.
    """
    refresh, company = night.refresh, night.company
    night.env["crm.sums.change"]._note_restored()
    rows = read_customer_sums(
        night.env["crm.customer.metric"],
        Domain("company_id", "=", company.id),
        {**get_customer_sums(refresh), **get_waiting_sums(company)},
        {MANAGER: get_manager_sql},
    )
    # in an order of their own, whichever PostgreSQL found them in
    names = (*KEYS, MANAGER)
    rows.sort(key=lambda row: [str(row[name] or "") for name in names])
    customers = fold_managers(rows)
    valued = sum(row["valued"] for row in customers if not row["left_out_reason"])
    bounds = _get_month_bounds(night)
    refresh.write(
        {
            **_get_read_in(night.env),
            "sums_months": {
                "formula": get_orders_formula(company),
                # each night anew: what was written past Odoo leaves no note
                "rows": night.order_rows.add_up(bounds),
            },
            "sums_customers": {
                "rows": customers,
                "median": night.env["crm.reason.needs_engagement"]._pick_median(valued),
            },
        }
    )
    keep_manager_sums(night, rows, bounds)


def _get_read_in(env):
    """Return the values of READ_IN, which tell of when this transaction reads."""
    query = SQL(
        """
        SELECT (SELECT COALESCE(MAX(id), 0) FROM crm_sums_change),
               pg_current_xact_id()::text, pg_current_snapshot()::text
        """
    )
    (values,) = env.execute_query(query)
    return dict(zip(READ_IN, values, strict=True))


def _get_month_bounds(night):
    """Return the moments at which the months that are kept, and this one, begin."""
    zone = get_figures_zone(night.company)
    today = get_zone_today(zone, night.now)
    return [
        get_day_start(zone, get_month_start(today, back))
        for back in range(KEPT_MONTHS, -1, -1)
    ]
