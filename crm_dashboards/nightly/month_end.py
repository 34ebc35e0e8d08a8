# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""A company's customers at the end of last month, until that month is closed."""

from dataclasses import asdict, replace
from datetime import timedelta

import numpy as np

from odoo.tools import SQL

from ..analytics.history import add_months, day_number, day_to_date, unite
from ..analytics.rfm import SEGMENTS
from ..analytics.trend import TREND_CLASSES
from .account_managers import get_managers_on_sql
from .columns import align, judge_customers, make_columns
from .copy_binary import write_temporary_table
from .periods import get_month_start
from .receivables import (
    CREDIT,
    OVERDUE_30,
    OVERDUE_60,
    OVERDUE_90,
    OVERDUE_OLDER,
    RECEIVABLE_TYPES,
    read_receivables,
)
from .store import get_unit

CLOSED_AFTER_DAYS = 7  # of the next month
TEMPORARY_TABLE = "crm_month_end_new"
AGE_COLUMNS = {
    "overdue_30_amount": OVERDUE_30,
    "overdue_60_amount": OVERDUE_60,
    "overdue_90_amount": OVERDUE_90,
    "overdue_older_amount": OVERDUE_OLDER,
    "credit_amount": CREDIT,
}
FIGURES = {"segment": -1, "trend": -1, "projected_value": 0}  # and what means none
CODES = {"segment": SEGMENTS, "trend": TREND_CLASSES}


def record_month_end(night):
    """Record last month as of its last day; anew each night until it is closed.

    A month is closed after the first days of the next one. Where no night was in these
    days, the first one after them records it; a month before all nights is left out.
    """
    today = day_to_date(night.settings.as_of)
    last_day = get_month_start(today) - timedelta(days=1)
    ends = night.env["crm.month.end"]
    recorded = ends.search(
        [("company_id", "=", night.company.id), ("date", "=", last_day)]
    )
    is_open = today.day <= CLOSED_AFTER_DAYS
    is_missed = not recorded and night.refresh.recorded_since <= last_day
    if not (is_open or is_missed):
        return
    night.env.flush_all()
    recorded.unlink()
    settings = replace(night.settings, as_of=day_number(last_day))
    end = ends.create(
        {
            "company_id": night.company.id,
            "currency_id": night.company.currency_id.id,
            "date": last_day,
            "as_of": night.now,
            "settings": asdict(settings),
        }
    )
    end.flush_recordset()
    _insert_lines(night, end, _make_month_columns(night, settings))
    ends.invalidate_model()


def _make_month_columns(night, settings):
    """Return {column: array} of the customers with a segment, turnover or dues.

    :param settings: FigureSettings as of the last day of the month
    """
    judged = judge_customers(night.orders, night.customers, settings)
    figures, _month = make_columns(
        night.orders, night.transactions, night.customers, settings, judged
    )
    due = _read_due(night, settings)
    ids = unite(night.orders.customer_ids, night.turnover.customer_ids)
    ids = unite(ids, np.unique(due["customer_id"]))
    columns = {
        "partner_id": ids.astype("int32"),
        **{
            name: align(figures[name], figures["partner_id"], ids, missing)
            for name, missing in FIGURES.items()
        },
        **_sum_up("turnover", night.turnover, ids, settings.as_of),
        **_sum_up("order_value", night.orders, ids, settings.as_of),
        **_make_due_columns(due, ids),
    }
    something = np.isin(ids, due["customer_id"]) | (columns["segment"] >= 0)
    for name in ("turnover_year", "order_value_year"):
        something |= columns[name] != 0
    return {name: column[something] for name, column in columns.items()}


def _sum_up(name, history, ids, last_day):
    """Return the sums of the month and of the 12 months that end with ``last_day``."""
    year = history.between(add_months(last_day + 1, -12), last_day)
    month = history.between(add_months(last_day + 1, -1), last_day)
    return {
        f"{name}_{span}": align(part.sums(part.cents), part.customer_ids, ids, 0)
        for span, part in (("month", month), ("year", year))
    }


def _read_due(night, settings):
    """Read what customers owed; nothing where the company shows it to nobody."""
    if not night.company.crm_due_amounts:
        return {name: np.zeros(0, dtype) for name, dtype in RECEIVABLE_TYPES.items()}
    last_day = day_to_date(settings.as_of)
    return read_receivables(night.env, night.company, last_day, settings.decimals)


def _make_due_columns(due, ids):
    def add_up(rows):
        cents = np.zeros(len(ids), "int64")
        np.add.at(
            cents, np.searchsorted(ids, due["customer_id"][rows]), due["cents"][rows]
        )
        return cents

    return {
        "due_amount": add_up(slice(None)),
        **{name: add_up(due["age"] == age) for name, age in AGE_COLUMNS.items()},
    }


def _insert_lines(night, end, columns):
    """Insert the customers of a month end.

    :param end: the new record of crm.month.end
    """
    write_temporary_table(night.env, TEMPORARY_TABLE, columns)
    values = {}
    for name in columns:
        fresh = SQL.identifier("fresh", name)
        if name == "partner_id":
            values[name] = fresh
        elif name in CODES:
            values[name] = SQL("(%s)[%s + 1]", list(CODES[name]), fresh)
        else:
            unit = get_unit(night.settings.decimals)
            values[name] = SQL("NULLIF(%s, 0) * %s", fresh, unit)
    night.env.cr.execute(
        SQL(
            """
            INSERT INTO crm_month_end_line (
                   month_end_id, recorded_partner_id, user_id, %(names)s)
            SELECT %(end)s, fresh.partner_id, manager.user_id, %(values)s
              FROM %(fresh)s fresh
              LEFT JOIN (%(managers)s) manager ON manager.partner_id = fresh.partner_id
            """,
            names=SQL(", ").join(map(SQL.identifier, values)),
            values=SQL(", ").join(values.values()),
            end=end.id,
            fresh=SQL.identifier(TEMPORARY_TABLE),
            managers=get_managers_on_sql(end.date),
        )
    )
