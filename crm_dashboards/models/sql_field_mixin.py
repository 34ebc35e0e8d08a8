from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL


def sql_field(name, field_type, **kwargs):
    """Return the field ``name``, whose value is an SQL expression instead of a column.

    The model's method ``_get_<name>_sql(alias, query)`` gives the expression; it may
    add joins to the query. Reading, searching, sorting, grouping and aggregating all
    go through it, as the user who asks.
    """
    return field_type(
        compute="_compute_sql_fields",
        compute_sudo=False,
        search=lambda model, operator, value: model._search_sql_field(
            name, operator, value
        ),
        **kwargs,
    )


class CrmSqlFieldMixin(models.AbstractModel):
    """Fields that are SQL expressions, see :func:`sql_field`.

    A model whose expressions follow from fields that users change overrides
    ``_compute_sql_fields`` with its own ``api.depends``.
    """

    _name = "crm.sql.field.mixin"
    _description = "Fields From SQL"

    def _compute_sql_fields(self):
        names = [
            name
            for name, field in self._fields.items()
            if field.compute == "_compute_sql_fields"
            and self._has_field_access(field, "read")
        ]
        saved = self.browse(list(filter(None, self._origin._ids)))
        values = {}
        if saved:
            query = saved._as_query(ordered=False)
            columns = [self._field_to_sql(self._table, name, query) for name in names]
            columns.insert(0, SQL.identifier(self._table, "id"))
            rows = self.env.execute_query(query.select(*columns))
            values = {row[0]: row[1:] for row in rows}
        nothing = [False] * len(names)
        for record in self:
            found = values.get(record._origin.id, nothing)
            for name, value in zip(names, found, strict=True):
                record[name] = value

    @api.model
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
        if not field or field.compute != "_compute_sql_fields":
            return super()._field_to_sql(alias, field_expr, query)
        if query is None:
            raise ValueError(f"{field} needs a query to be added to")
        self._check_field_access(field, "read")
        return getattr(self, f"_get_{field_expr}_sql")(alias, query)

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        field = self._fields.get(field_name)
        if field and field.compute == "_compute_sql_fields" and not nulls:
            # Those without a value are not the greatest, as PostgreSQL has it.
            nulls = SQL("NULLS LAST")
        return super()._order_field_to_sql(alias, field_name, direction, nulls, query)
