# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from functools import cache

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from .since_night_sql import expect_few_rows


def sql_field(name, field_type, together=None, **kwargs):
    """Return the field ``name``, whose value is an SQL expression instead of a column.

    The model's method ``_get_<name>_sql(alias, query)`` gives the expression; it may
    add joins to the query. Reading, searching, sorting, grouping and aggregating all
    go through it, as the user who asks. What it follows from is said by ``depends`` and
    ``depends_context``, where a user changes that within a transaction.

    :param str together: name of the fields that are computed at once, since their
        expressions share what is dear; each is computed by itself if left out
    """
    return field_type(
        compute=_get_compute(together or name),
        compute_sudo=False,
        search=lambda model, operator, value: model._search_sql_field(
            name, operator, value
        ),
        **kwargs,
    )


@cache
def _get_compute(group):
    """Return the function that computes the fields of a group; always the same one.

    Odoo computes those fields together that have one function.
    """

    def compute(records):
        records._compute_sql_fields(group)

    compute.sql_group = group
    return compute


def _get_sql_group(field):
    """Return the group of a field made by :func:`sql_field`, None for other fields."""
    return getattr(field.compute, "sql_group", None)


class CrmSqlFieldMixin(models.AbstractModel):
    """Fields that are SQL expressions, see :func:`sql_field`."""

    _name = "crm.sql.field.mixin"
    _description = "Fields From SQL"

    def _read_format(self, fnames, load="_classic_read"):
        # One query for what a list asks for; computed by itself is what it does not.
        self._read_sql_fields(
            [name for name in fnames if _get_sql_group(self._fields[name])]
        )
        return super()._read_format(fnames, load)

    def _compute_sql_fields(self, group):
        """Compute the fields of a group, as far as the user may read them."""
        self._read_sql_fields(
            [
                name
                for name, field in self._fields.items()
                if _get_sql_group(field) == group
                and self._has_field_access(field, "read")
            ]
        )

    def _read_sql_fields(self, names):
        """Put the values of the fields ``names`` into the cache by one query."""
        fields = [
            field
            for field in self._add_sql_currencies(names)
            if list(field._cache_missing_ids(self))  # new ids are falsy
        ]
        if not fields:
            return
        saved = self.browse(list(filter(None, self._origin._ids)))
        values = {}
        if saved:
            query = saved._as_query(ordered=False)
            expect_few_rows(query)
            columns = [
                self._field_to_sql(self._table, field.name, query) for field in fields
            ]
            columns.insert(0, SQL.identifier(self._table, "id"))
            rows = self.env.execute_query(query.select(*columns))
            values = {row[0]: row[1:] for row in rows}
        nothing = [False] * len(fields)
        rows = [values.get(record._origin.id, nothing) for record in self]
        for field, column in zip(fields, zip(*rows, strict=True), strict=True):
            converted = map(field.convert_to_cache, column, self)
            field._insert_cache(self, converted)

    def _add_sql_currencies(self, names):
        """Return the fields ``names``, after the currencies of amounts among them.

        Amounts are rounded to their currency as they come into the cache.
        """
        fields = [self._fields[name] for name in names]
        currencies = [
            self._fields[field.get_currency_field(self)]
            for field in fields
            if field.type == "monetary"
        ]
        return dict.fromkeys([*filter(_get_sql_group, currencies), *fields])

    def _get_searcher(self):
        """Return the model with the rights that its SQL fields are searched with."""
        return self

    def _search_sql_field(self, name, operator, value):
        field = self._fields[name]
        if operator == "not any":
            return NotImplemented  # Odoo negates the positive search
        if operator == "any":
            comodel = self._get_searcher().env[field.comodel_name]
            operator, value = "any!", comodel._search(value)
        elif field.type == "monetary" and operator in ("in", "not in"):
            # Odoo compares amounts as text: a whole 0 would not find the empty ones.
            value = [each if each is False else float(each) for each in value]
        return Domain.custom(
            to_sql=lambda model, alias, query: field._condition_to_sql(
                name, operator, value, model._get_searcher(), alias, query
            )
        )

    def _field_to_sql(self, alias, field_expr, query=None):
        field = self._fields.get(field_expr)
        if not field or not _get_sql_group(field):
            return super()._field_to_sql(alias, field_expr, query)
        if query is None:
            raise ValueError(f"{field} needs a query to be added to")
        self._check_field_access(field, "read")
        return getattr(self, f"_get_{field_expr}_sql")(alias, query)

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        field = self._fields.get(field_name)
        if field and _get_sql_group(field) and not nulls:
            # Those without a value are not the greatest, as PostgreSQL has it.
            nulls = SQL("NULLS LAST")
        return super()._order_field_to_sql(alias, field_name, direction, nulls, query)
