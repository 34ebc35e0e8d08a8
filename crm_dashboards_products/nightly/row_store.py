# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Rows of a company in a table of ours, of which only what changed is written."""

import numpy as np

from odoo.tools import SQL

from odoo.addons.crm_dashboards.nightly.copy_binary import (
    POSTGRESQL_TYPES,
    read_columns,
    write_temporary_table,
)

TRUE = SQL("TRUE")


class RowStore:
    """Writes the rows of one company in a table, in the current transaction.

    What is stored is read first: a row that did not change is neither written nor
    locked.

    :param Night night:
    :param str model: name of the model
    :param keys: names of the two columns that tell the company's rows apart, of ids
    :param values: {column of the table: SQL of its value from ``fresh``}
    :param stored: {fresh column: SQL of what is stored of it in ``stored``}
    :param among: SQL of a condition on ``stored``: other rows are left as they are
    :param born: {column of the table: SQL of its value in a new row}, never changed
    """

    def __init__(self, night, model, keys, values, stored, among=TRUE, born=None):
        self.env = night.env
        self.company = night.company
        self.model = night.env[model]
        self.keys = keys
        self.values = values
        self.stored = stored
        self.among = among
        self.born = born or {}

    def store(self, columns):
        """Insert, update and delete rows until they are those of ``columns``.

        :param columns: {name: array}, the keys and what ``stored`` names
        :return: number of rows written
        """
        self.model.flush_model()
        stored = self._read_stored(columns)
        new, differs, gone = _compare(columns, stored, self.keys)
        written = {name: column[new | differs] for name, column in columns.items()}
        written["is_new"] = new[new | differs].astype("int16")
        write_temporary_table(self.env, self._fresh, written)
        count = self._update() + self._insert() + self._delete(stored["id"][gone])
        self.model.invalidate_model()
        return count

    @property
    def _fresh(self):
        return f"{self.model._table}_new"

    def _read_stored(self, columns):
        types = {name: columns[name].dtype for name in (*self.keys, *self.stored)}
        values = {
            **{name: SQL("stored.%s", SQL.identifier(name)) for name in self.keys},
            **self.stored,
        }
        query = SQL(
            """
            SELECT stored.id::int4, %(values)s
              FROM %(table)s stored
             WHERE stored.company_id = %(company)s AND %(among)s
            """,
            among=self.among,
            values=SQL(", ").join(
                SQL("CAST(%s AS %s)", value, SQL(POSTGRESQL_TYPES[types[name]]))
                for name, value in values.items()
            ),
            table=SQL.identifier(self.model._table),
            company=self.company.id,
        )
        return read_columns(self.env, query, {"id": "int32", **types})

    def _update(self):
        return self._execute(
            """
            UPDATE %(table)s old
               SET (%(columns)s, write_date) = ROW(%(values)s, now() AT TIME ZONE 'UTC')
              FROM %(fresh)s fresh
             WHERE old.company_id = %(company)s AND %(is_same)s AND fresh.is_new = 0
            """,
            is_same=SQL(" AND ").join(
                SQL("old.%s = fresh.%s", SQL.identifier(key), SQL.identifier(key))
                for key in self.keys
            ),
        )

    def _insert(self):
        keys = {key: SQL("fresh.%s", SQL.identifier(key)) for key in self.keys}
        born = {**keys, **self.born}
        return self._execute(
            """
            INSERT INTO %(table)s (
                   company_id, %(born)s, %(columns)s, create_date, write_date)
            SELECT %(company)s, %(born_values)s, %(values)s,
                   now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
              FROM %(fresh)s fresh
             WHERE fresh.is_new = 1
            """,
            born=SQL(", ").join(map(SQL.identifier, born)),
            born_values=SQL(", ").join(born.values()),
        )

    def _delete(self, ids):
        if not len(ids):
            return 0
        return self._execute(
            "DELETE FROM %(table)s WHERE id = ANY(%(ids)s)", ids=ids.tolist()
        )

    def _execute(self, query, **params):
        self.env.cr.execute(
            SQL(
                query,
                table=SQL.identifier(self.model._table),
                fresh=SQL.identifier(self._fresh),
                company=self.company.id,
                columns=SQL(", ").join(map(SQL.identifier, self.values)),
                values=SQL(", ").join(self.values.values()),
                **params,
            )
        )
        return self.env.cr.rowcount


def _compare(fresh, stored, keys):
    """Tell what has to be written from what is stored.

    :param fresh, stored: {name: array}
    :param keys: names of two columns of ids
    :return: (bool array of the rows of ``fresh`` that are new, of those that differ,
        bool array of the stored rows that are not in ``fresh``)
    """
    ids, stored_ids = (_get_key(columns, keys) for columns in (fresh, stored))
    order = np.argsort(stored_ids, kind="stable")
    known = np.isin(ids, stored_ids)
    rows = order[np.searchsorted(stored_ids, ids[known], sorter=order)]
    differs = np.zeros(len(ids), bool)
    for name in set(stored) - {"id", *keys}:
        old, new = stored[name][rows], fresh[name][known]
        differs[known] |= (old != new) & ((old == old) | (new == new))
    return ~known, differs, ~np.isin(stored_ids, ids)


def _get_key(columns, keys):
    first, second = (columns[name].astype("int64") for name in keys)
    return (first << 32) | second
