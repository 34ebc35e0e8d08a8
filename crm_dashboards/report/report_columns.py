"""The columns of a report as its sheet needs them."""

from .xlsx.record_sheet import SheetColumn

FIELD_TYPES = {
    "integer": "integer",
    "float": "float",
    "monetary": "money",
    "date": "date",
    "datetime": "datetime",
}


def make_sheet_columns(env, definition, domain):
    """Return the columns that the user may read, with their totals.

    :param domain: of the records in the report
    :return: list of SheetColumn
    """
    model = env[definition.model]
    readable = [
        column
        for column in definition.columns
        if model._has_field_access(model._fields[column.field], "read")
    ]
    totals = _read_totals(model, readable, domain)
    return [_make_sheet_column(model, column, totals) for column in readable]


def _read_totals(model, columns, domain):
    """Return {(field, aggregate): value} as the foot of the list has them."""
    keys = [(column.field, name) for column in columns for name in column.aggregates]
    if not keys:
        return {}
    specs = [f"{field}:{aggregate}" for field, aggregate in keys]
    (values,) = model._read_group(domain, [], specs)
    return {key: float(value or 0) for key, value in zip(keys, values, strict=True)}


def _make_sheet_column(model, column, totals):
    field = model._fields[column.field]
    kind = column.type or FIELD_TYPES.get(field.type, "text")
    words = {}
    if field.type == "selection":
        words = dict(field._description_selection(model.env))
    elif field.type == "boolean":
        words = {True: model.env._("Yes")}
    return SheetColumn(
        name=column.field,
        label=column.label or field.get_description(model.env, ["string"])["string"],
        type=kind,
        width=column.width,
        words=words,
        currency=field.get_currency_field(model) if kind == "money" else "",
        totals={name: totals[column.field, name] for name in column.aggregates},
    )
