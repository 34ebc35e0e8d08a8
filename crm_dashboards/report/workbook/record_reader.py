# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Reads many records fast and in little memory, as the user."""

from odoo.tools import SQL, split_every

BATCH_SIZE = 20_000


class RecordReader:
    """Reads fields of records by SQL where they have some, else by the ORM.

    The ORM alone would take three times as long for 100 000 orders.

    :param model: recordset that gives model and user
    :param names: fields to read
    """

    def __init__(self, model, names):
        self.model = model
        self.env = model.env
        self.names = list(names)
        self.sql_names = [name for name in self.names if self._has_sql(name)]
        self.orm_names = [name for name in self.names if name not in self.sql_names]
        self.display_names = {}  # {model: {id: display name}}

    def read_batches(self, domain, order, limit):
        """Read the records of a domain as the record rules of the user let through.

        :param limit: how many at most, the first ones
        :return: generator of lists of dict {field: value, "id": int}; a many2one is
            (id, display name), nothing is None or False
        """
        ids = self.model.search(domain, order=order, limit=limit).ids
        for batch in split_every(BATCH_SIZE, ids, list):
            yield self._read(self.model.browse(batch))
            self.env.invalidate_all(flush=False)

    def _has_sql(self, name):
        query = self.model._as_query(ordered=False)
        try:
            self.model._field_to_sql(query.table, name, query)
        except ValueError:
            return False
        return True

    def _read(self, records):
        query = records._as_query(ordered=False)
        columns = [
            SQL.identifier(query.table, "id"),
            *(
                records._field_to_sql(query.table, name, query)
                for name in self.sql_names
            ),
        ]
        names = ["id", *self.sql_names]
        rows = {
            row[0]: dict(zip(names, row, strict=True))
            for row in self.env.execute_query(query.select(*columns))
        }
        for name in self.sql_names:
            if records._fields[name].type == "many2one":
                self._add_display_names(name, rows.values())
        if self.orm_names:
            for values in records.read(self.orm_names):
                rows[values["id"]].update(values)
        return [rows[record_id] for record_id in records.ids]

    def _add_display_names(self, name, rows):
        """Put names to the ids of a many2one, past record rules as any list does."""
        comodel = self.env[self.model._fields[name].comodel_name]
        known = self.display_names.setdefault(comodel._name, {})
        missing = {row[name] for row in rows if row[name]} - known.keys()
        known.update(self._read_names(comodel, sorted(missing)))
        for row in rows:
            row[name] = row[name] and (row[name], known[row[name]])

    def _read_names(self, comodel, ids):
        """Return {id: display name}.

        Partners have theirs stored: computing those of 100 000 takes ten times as long.
        """
        records = comodel.sudo().browse(ids)
        if comodel._name == "res.partner" and ids:
            query = records._as_query(ordered=False)
            name = comodel._field_to_sql(query.table, "complete_name", query)
            rows = self.env.execute_query(
                query.select(SQL.identifier(query.table, "id"), name)
            )
            return {record_id: words or "" for record_id, words in rows}
        return {record.id: record.display_name for record in records}
