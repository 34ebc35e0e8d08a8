# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Columns of figures into the table crm_customer_metric, only what changed."""

from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import psycopg2.errors

from odoo.exceptions import ConcurrencyError
from odoo.tools import SQL

from ..analytics.history import day_to_date
from ..analytics.missing_orders import NO_DAY
from ..analytics.rfm import SEGMENTS
from ..analytics.rfm_moves import SEGMENT_STANDING
from ..analytics.trend import TREND_CLASSES
from .columns import (
    LEFT_OUT_NAMES,
    LEFT_OUT_REASONS,
    NO_CENTS,
    ORDER_STATES,
    Alignment,
)
from .copy_binary import (
    MOMENT,
    POSTGRESQL_TYPES,
    read_columns,
    write_temporary_table,
)
from .copy_rows import insert_rows, make_amounts, make_numbers, make_texts
from .customer_changes import get_last_change_id, get_rearranged_sql
from .last_engagements import COLUMNS as ENGAGEMENT_COLUMNS
from .last_engagements import NOBODY, get_engagement_columns
from .month import get_month_values

TEMPORARY_TABLE = "crm_customer_metric_new"
NO_NUMBER = int(np.iinfo(np.int16).min)  # in a column that came with an update
READ_AT_ONCE = 1 << 18  # customers
HIGHEST_ID = np.iinfo(np.int32).max
MANY_ROWS = 10_000  # from here on PostgreSQL should know at once what came
# by conditions on these it chooses its plans
ASKED_FOR = (
    "partner_id",
    "company_id",
    "left_out_reason",
    "segment",
    "order_state",
    "trend",
    "order_value",
    "last_order_date",
    "night_engagement_date",
)
CODES = {
    "left_out_reason": ("left_out", list(LEFT_OUT_REASONS), 0),
    "segment": ("segment", list(SEGMENTS), 1),
    "order_state": ("order_state", list(ORDER_STATES), 0),
    "trend": ("trend", list(TREND_CLASSES), 1),
}
NUMBERS = (
    "currency_id",
    "recency_score",
    "frequency_score",
    "monetary_score",
    "frequency_monetary_score",
    "order_count",
    "order_total_count",
    "gap_count",
    "gap_shorter_count",
    "quiet_days",
    "order_fingerprint",
)
MEASURES = (
    "interval_days",
    "interval_low_days",
    "interval_high_days",
    "churn_probability",
    "trend_change",
    "daily_sales",
    "daily_orders",
)
DATES = ("first_order_date", "last_order_date", "expected_order_date")
AMOUNTS = (
    "order_value",
    "expected_order_value",
    "value_at_risk",
    "month_value",
    "month_value_before_today",
    "trend_this_year",
    "trend_last_year",
)
# Scaled to the company's month by the night alone, so that customers add up to it.
OF_THE_NIGHT = ("month_value_before_today", "daily_sales", "daily_orders")
MARKS = ("trend_is_new", "trend_is_back", "trend_is_lost", "trend_is_chance")
# by the name of the column of figures
STORED_TYPES = {
    "partner_id": np.dtype("int32"),
    **{name: np.dtype("int16") for name, _codes, _offset in CODES.values()},
    **dict.fromkeys(NUMBERS, np.dtype("int32")),
    **dict.fromkeys(MEASURES, np.dtype("float64")),
    **dict.fromkeys(DATES, np.dtype("int32")),
    **dict.fromkeys(AMOUNTS, np.dtype("int64")),
    **dict.fromkeys(MARKS, np.dtype("int16")),
    "engagement_date": MOMENT,
    "engagement_type_id": np.dtype("int32"),
    "engagement_user_id": np.dtype("int32"),
}


def store_figures(night):
    """Make the figures of a night's customers and store what changed."""
    store = MetricStore(
        night.env, night.company, night.settings.decimals, night.customer
    )
    columns, found = store.compare(night.customers["id"], lambda: _get_columns(night))
    if not night.customer:
        night.env["crm.metric.backtest"]._begin_missing_months(night)
    changed = store.save(columns, found, moves_on=_get_moves_day(night))
    if night.customer:
        return
    night.refresh.write(
        {
            "as_of": night.now,
            "currency_id": night.company.currency_id.id,
            "customer_count": len(columns["partner_id"]),
            "changed_count": changed,
            "customer_change_id": get_last_change_id(night.env),
            "company_rhythm": night.rhythm.to_plain(),
            "trend_source": night.trend_source,
            "history_start": _get_history_start(night.transactions),
            **_get_unrated_values(night),
            "rfm_fingerprint": night.settings.get_rfm_fingerprint(),
            **get_month_values(night.month, night.settings.decimals, LEFT_OUT_NAMES),
        }
    )


def _get_columns(night):
    """Return {name: array} of what is to be stored of a night's customers."""
    columns = night.take_columns()
    ids = columns["partner_id"]
    columns["currency_id"] = np.full_like(ids, night.company.currency_id.id)
    columns.update(get_engagement_columns(night.last_engagements, ids))
    if night.customer:
        columns = select_rows(columns, ids == night.customer.id)
    return columns


def _get_history_start(history):
    """Return the date of the first transaction of a company, False without any."""
    return day_to_date(history.day.min()) if len(history.day) else False


def _get_unrated_values(night):
    """Return how many orders and invoices have no rate to trust, and their value."""
    orders, invoices = night.env["sale.order"], night.env["account.move"]
    order_count, order_value = 0, 0.0
    if (night.order_rows.is_foreign & night.order_rows.is_sold).any():
        _domain, order_count, order_value = orders._read_unrated(
            orders._get_confirmed_domain(night.company)
        )
    _domain, invoice_count, invoice_value = invoices._read_unrated(
        invoices._get_turnover_domain(night.company)
    )
    return {
        "unrated_order_count": order_count,
        "unrated_order_value": order_value,
        "unrated_invoice_count": invoice_count,
        "unrated_invoice_value": invoice_value,
    }


def _get_moves_day(night):
    """Return the date of segment changes; None where they are no customer's news."""
    if night.refresh.rfm_fingerprint != night.settings.get_rfm_fingerprint():
        return None
    return day_to_date(night.settings.as_of)


class MetricStore:
    """Writes one company's figures, or one customer's, in the current transaction.

    One customer's month stays as of the night: another would not fit the others'.

    A row that did not change is neither written nor locked: what is stored is read
    first, and only what differs is sent to the database.
    """

    def __init__(self, env, company, decimals, customer=None):
        self.env = env
        self.company = company
        self.customer = customer
        self.decimals = decimals
        self.values = self._choose(get_values(decimals))

    def compare(self, ids, get_columns):
        """Tell what is to be stored from what is.

        :param ids: rising array of all who may have figures; so many are read at a time
            that memory stays small
        :param get_columns: returns {name: array}, see columns.make_columns; waited for
            once the first of what is stored was read
        :return: (columns, Differences)
        """
        columns, parts = None, []
        bounds = [] if self.customer else ids[READ_AT_ONCE::READ_AT_ONCE]
        for first, last in pairwise([0, *bounds, HIGHEST_ID]):
            stored = self.read_stored(int(first), int(last))
            columns = columns or get_columns()
            rows = slice(*columns["partner_id"].searchsorted((first, last)))
            parts.append(_compare(select_rows(columns, rows), stored))
        return columns, Differences(*map(np.concatenate, zip(*parts, strict=True)))

    def save(self, columns, found, moves_on):
        """Store what differs and note the segment changes.

        :param columns, found: see :meth:`compare`
        :param moves_on: date to note moves under; None where a change of segment is no
            news of the customer, since the settings changed or nothing was known yet
        :return: number of rows inserted, updated or deleted
        """
        changed = found.differs.any()
        if changed:
            self._send(columns, found.differs)
            if moves_on:
                self._insert_moves(moves_on)
        updated = self._update() if changed else 0
        inserted = self._insert(select_rows(columns, found.is_new))
        deleted = self._delete(found.gone) if len(found.gone) else 0
        self.env["crm.customer.metric"].invalidate_model()
        self.env["crm.segment.change"].invalidate_model()
        return updated + inserted + deleted

    def update_engagements(self, get_columns):
        """Store the last engagements of those who have figures, nothing else.

        :param get_columns: returns {name: array} for an array of partners
        """
        names = {"partner_id", *ENGAGEMENT_COLUMNS}
        self.values = {
            name: value
            for name, value in self.values.items()
            if name.removeprefix("night_") in names
        }
        stored = self.read_stored(only=names)
        ids = stored["partner_id"]
        columns = {"partner_id": ids, **get_columns(ids)}
        self._send(columns, _compare(columns, stored).differs)
        self._update()
        self.env["crm.customer.metric"].invalidate_model()

    def read_stored(self, first=0, last=HIGHEST_ID, only=None):
        """Return the rows that are stored as columns of figures, by partner.

        :param int first, last: ids of partners, the last one not included
        :param only: names of columns, if not all are wanted
        :return: {name: array}
        """
        values = self._choose(_get_stored_values(self.decimals))
        if only:
            values = {name: value for name, value in values.items() if name in only}
        query = SQL(
            """
            SELECT %(values)s
              FROM crm_customer_metric stored
             WHERE stored.company_id = %(company)s AND %(customers)s
            """,
            values=SQL(", ").join(
                SQL("CAST(%s AS %s)", value, SQL(POSTGRESQL_TYPES[STORED_TYPES[name]]))
                for name, value in values.items()
            ),
            company=self.company.id,
            customers=SQL("stored.partner_id = %s", self.customer.id)
            if self.customer
            else SQL("stored.partner_id >= %s AND stored.partner_id < %s", first, last),
        )
        types = {name: STORED_TYPES[name] for name in values}
        columns = read_columns(self.env, query, types)
        # sorted here: of a query in order PostgreSQL lets one process do all
        return select_rows(columns, np.argsort(columns["partner_id"], kind="stable"))

    def _send(self, columns, rows):
        """Send some rows of ``columns`` into the temporary table."""
        write_temporary_table(self.env, TEMPORARY_TABLE, select_rows(columns, rows))

    def _choose(self, values):
        """Return what is written of ``values``, a dict by the name of the column."""
        if not self.customer:
            return values
        return {name: each for name, each in values.items() if name not in OF_THE_NIGHT}

    def _insert_moves(self, moves_on):
        """Note who changed segment, and whether by orders of its own or without.

        Orders that came by a merge or with a contact, or that were imported from before
        the customer's first one, rewrite its history: no news of the customer. Those
        that were only entered late are.
        """
        self._execute(
            """
            INSERT INTO crm_segment_change (
                   partner_id, company_id, date, segment_from, segment_to, direction,
                   cause, create_uid, create_date, write_uid, write_date)
            SELECT old.partner_id, old.company_id, %(moves_on)s, old.segment,
                   %(segment)s,
                   CASE WHEN array_position(%(standing)s, %(segment)s)
                           < array_position(%(standing)s, old.segment)
                        THEN 'up' ELSE 'down' END,
                   CASE WHEN COALESCE(
                               old.order_fingerprint = fresh.order_fingerprint,
                               old.order_total_count = fresh.order_total_count)
                        THEN 'time' ELSE 'orders' END,
                   %(uid)s, now() AT TIME ZONE 'UTC', %(uid)s, now() AT TIME ZONE 'UTC'
              FROM crm_customer_metric old
              JOIN %(fresh)s fresh ON fresh.partner_id = old.partner_id
             WHERE old.company_id = %(company)s
               AND old.segment <> %(segment)s
               AND %(first_order_date)s >= old.first_order_date
               AND old.partner_id NOT IN (%(rearranged)s)
            """,
            moves_on=moves_on,
            segment=self.values["segment"],
            first_order_date=self.values["first_order_date"],
            standing=list(SEGMENT_STANDING),
            rearranged=get_rearranged_sql(self.company),
        )

    def _update(self):
        return self._execute(
            """
            UPDATE crm_customer_metric old
               SET (%(columns)s, write_date) = ROW(%(values)s, now() AT TIME ZONE 'UTC')
              FROM %(fresh)s fresh
             WHERE old.company_id = %(company)s
               AND old.partner_id = fresh.partner_id
            """,
            columns=self._get_column_names(),
            values=SQL(", ").join(self.values.values()),
        )

    def _insert(self, columns):
        """Insert the customers that are new.

        Without the users who made them: the night is nobody's work, and looking up
        two users for each row takes PostgreSQL 30 % of the time of writing it. And
        without asking which rows are there, since they were read: in a table just
        emptied that question made storing take six times as long.
        """
        count = len(columns["partner_id"])
        if not count:
            return 0
        now = np.array([self.env.cr.now()], MOMENT)
        company_id = self.company.id

        def get_cells(rows):
            some = select_rows(columns, rows)
            size = len(some["partner_id"])
            moment = make_numbers(np.repeat(now, size), "timestamp")
            return {
                "partner_id": make_numbers(some["partner_id"], "int4"),
                "company_id": make_numbers(np.full(size, company_id), "int4"),
                **self._choose(_get_cells(some, self.decimals)),
                "create_date": moment,
                "write_date": moment,
            }

        try:
            insert_rows(self.env, "crm_customer_metric", count, get_cells)
        except psycopg2.errors.UniqueViolation as e:
            # who stored one of them first is not in this snapshot, but in the next one
            raise ConcurrencyError(
                self.env._("Another refresh has stored a customer meanwhile.")
            ) from e
        if count >= MANY_ROWS:
            self._execute(
                "ANALYZE crm_customer_metric (%(asked_for)s)",
                asked_for=SQL(", ").join(map(SQL.identifier, ASKED_FOR)),
            )
        return count

    def _delete(self, partner_ids):
        return self._execute(
            """
            DELETE FROM crm_customer_metric old
             WHERE old.company_id = %(company)s AND old.partner_id = ANY(%(gone)s)
            """,
            gone=partner_ids.tolist(),
        )

    def _get_column_names(self):
        return SQL(", ").join(map(SQL.identifier, self.values))

    def _execute(self, query, **params):
        self.env.cr.execute(
            SQL(
                query,
                company=self.company.id,
                uid=self.env.uid,
                fresh=SQL.identifier(TEMPORARY_TABLE),
                **params,
            )
        )
        return self.env.cr.rowcount


def get_unit(decimals):
    """Return what the smallest amount of a currency is, of its decimals."""
    return Decimal(1).scaleb(-decimals)


def get_values(decimals):
    """Return {column of crm_customer_metric: SQL of its value, empty where undefined}.

    Of a table ``fresh`` with columns of figures, see columns.make_columns.

    :param int decimals: of the company's currency
    """

    def fresh(name):
        return SQL("fresh.%s", SQL.identifier(name))

    values = {
        column: SQL("(%s)[%s + %s]", codes, fresh(name), offset)
        for column, (name, codes, offset) in CODES.items()
    }
    for name in NUMBERS:
        values[name] = fresh(name)
    for name in MEASURES:
        values[name] = SQL("NULLIF(%s, 'NaN')", fresh(name))
    for name in DATES:
        values[name] = SQL(
            "DATE '1970-01-01' + NULLIF(%s, %s)", fresh(name), int(NO_DAY)
        )
    for name in AMOUNTS:
        # exact, and much quicker than a division
        values[name] = SQL(
            "NULLIF(%s, %s) * %s", fresh(name), int(NO_CENTS), get_unit(decimals)
        )
    for name in MARKS:
        values[name] = SQL("%s = 1", fresh(name))
    for name, source in ENGAGEMENT_COLUMNS.items():
        nothing = "-infinity" if source == "date" else NOBODY
        values[f"night_{name}"] = SQL("NULLIF(%s, %s)", fresh(name), nothing)
    return values


def _get_cells(columns, decimals):
    """Return {column of crm_customer_metric: Cells}: what ``get_values`` says in SQL.

    :param columns: {name: array}, see columns.make_columns
    :param int decimals: of the company's currency
    """
    cells = {
        column: make_texts(columns[name].astype(int) + offset, codes)
        for column, (name, codes, offset) in CODES.items()
    }
    for name in NUMBERS:
        cells[name] = make_numbers(columns[name], "int4")
    for name in MEASURES:
        cells[name] = make_numbers(columns[name], "float8", np.isnan(columns[name]))
    for name in DATES:
        cells[name] = make_numbers(columns[name], "date", columns[name] == NO_DAY)
    for name in AMOUNTS:
        cells[name] = make_amounts(columns[name], decimals, columns[name] == NO_CENTS)
    for name in MARKS:
        cells[name] = make_numbers(columns[name] == 1, "bool")
    for name, source in ENGAGEMENT_COLUMNS.items():
        is_date = source == "date"
        is_empty = np.isnat(columns[name]) if is_date else columns[name] == NOBODY
        cells[f"night_{name}"] = make_numbers(
            columns[name], "timestamp" if is_date else "int4", is_empty
        )
    return cells


def _get_stored_values(decimals):
    """Return {name of a column of figures: SQL of what is stored of it}.

    The reverse of ``get_values``: empty values are what they were made from.
    """

    def stored(column):
        return SQL("stored.%s", SQL.identifier(column))

    values = {"partner_id": stored("partner_id")}
    for column, (name, codes, offset) in CODES.items():
        values[name] = SQL(
            "COALESCE(array_position(%s, %s), 0) - %s", codes, stored(column), offset
        )
    for name in NUMBERS:
        values[name] = SQL("COALESCE(%s, %s)", stored(name), NO_NUMBER)
    for name in MEASURES:
        values[name] = SQL("COALESCE(%s, 'NaN')", stored(name))
    for name in DATES:
        values[name] = SQL(
            "COALESCE(%s - DATE '1970-01-01', %s)", stored(name), int(NO_DAY)
        )
    for name in AMOUNTS:
        values[name] = SQL(
            "COALESCE((%s * %s)::int8, %s)", stored(name), 10**decimals, int(NO_CENTS)
        )
    for name in MARKS:
        values[name] = SQL("COALESCE(%s::int4, -1)", stored(name))
    for name, source in ENGAGEMENT_COLUMNS.items():
        nothing = "-infinity" if source == "date" else NOBODY
        values[name] = SQL("COALESCE(%s, %s)", stored(f"night_{name}"), nothing)
    return values


def select_rows(columns, rows):
    """Return some rows of {name: array}; no copy of all of them.

    :param rows: slice, int array, or bool array
    """
    if isinstance(rows, np.ndarray) and rows.dtype.kind == "b" and rows.all():
        return columns
    return {name: column[rows] for name, column in columns.items()}


class Differences(NamedTuple):
    """How figures differ from those that are stored.

    Attributes
    ----------
    is_new, differs : bool[c]
        Rows that are new, and those that are stored otherwise.
    gone : int[k]
        Partners that are stored but have no figures any more.
    """

    is_new: np.ndarray
    differs: np.ndarray
    gone: np.ndarray


def _compare(fresh, stored):
    """Tell what has to be written from what is stored.

    :param fresh, stored: {name: array}, each by rising partner_id; ``fresh`` may have
        more columns
    :return: Differences
    """
    ids, stored_ids = fresh["partner_id"], stored["partner_id"]
    everywhere = Alignment(stored_ids, ids)
    is_known = everywhere.align(np.ones(len(stored_ids), bool), False)
    rows = everywhere.align(np.arange(len(stored_ids)), 0)[is_known]
    both = np.zeros(len(rows), bool)
    for name, column in stored.items():
        old, new = column[rows], fresh[name][is_known]
        if old.dtype.kind in "fM":  # nothing is no other thing than nothing
            both |= (old != new) & ((old == old) | (new == new))
        else:
            both |= old != new
    differs = np.zeros(len(ids), bool)
    differs[is_known] = both
    is_gone = np.ones(len(stored_ids), bool)
    is_gone[rows] = False
    return Differences(~is_known, differs, stored_ids[is_gone])
