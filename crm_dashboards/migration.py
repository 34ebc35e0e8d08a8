# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Renames in databases of earlier versions, with what users stored under the old names.

Plain SQL, for scripts that run before the models are loaded. Columns keep their values;
favorites, export lists and external ids follow.
"""

import re

from odoo.tools import SQL


def rename_fields(cr, module, fields):
    """Rename fields that ``module`` added.

    :param fields: {model: {old name: new name}}
    """
    for model, names in fields.items():
        for old, new in names.items():
            _rename_column(cr, model.replace(".", "_"), old, new)
            _rename_registered_field(cr, module, model, old, new)
        _rename_in_exports(cr, model, names)
        _mend_favorites(cr, _make_mender(names), model)


def rename_paths(cr, names):
    """Rename fields at the end of paths, in the favorites of all models.

    :param names: {old name: new name}, of names that no other field has
    """
    _mend_favorites(cr, _make_mender(names, before=r"\."))


def rename_model(cr, module, old, new):
    """Rename a model of ``module`` with its table and all that mentions it."""
    old_table, new_table = old.replace(".", "_"), new.replace(".", "_")
    rename = "ALTER TABLE %s RENAME TO %s"
    cr.execute(SQL(rename, SQL.identifier(old_table), SQL.identifier(new_table)))
    sequences = (f"{old_table}_id_seq", f"{new_table}_id_seq")
    rename = "ALTER SEQUENCE %s RENAME TO %s"
    cr.execute(SQL(rename, *map(SQL.identifier, sequences)))
    cr.execute(
        "SELECT indexname FROM pg_indexes"
        " WHERE schemaname = current_schema AND tablename = %s",
        [new_table],
    )
    for (index,) in cr.fetchall():
        renamed = index.replace(old_table, new_table)
        if renamed != index:
            rename = "ALTER INDEX %s RENAME TO %s"
            cr.execute(SQL(rename, SQL.identifier(index), SQL.identifier(renamed)))
    for table, column in (
        ("ir_model", "model"),
        ("ir_model_fields", "model"),
        ("ir_model_fields", "relation"),
        ("ir_ui_view", "model"),
        ("ir_act_window", "res_model"),
        ("ir_filters", "model_id"),
        ("ir_exports", "resource"),
        ("ir_model_data", "model"),
    ):
        _replace_value(cr, table, column, old, new)
    cr.execute(
        "UPDATE ir_model_constraint SET name = replace(name, %s, %s)",
        [old_table, new_table],
    )
    cr.execute(
        "UPDATE ir_model_data SET name = replace(name, %(old)s, %(new)s)"
        " WHERE module = %(module)s AND strpos(name, %(old)s) > 0",
        {"module": module, "old": old_table, "new": new_table},
    )


def rename_selected(cr, module, model, field, old, new):
    """Rename a value of a selection field of ``module``, in favorites as well."""
    table = model.replace(".", "_")
    _replace_value(cr, table, field, old, new)
    cr.execute(
        """
        UPDATE ir_model_fields_selection AS selection SET value = %s
          FROM ir_model_fields field
         WHERE field.id = selection.field_id AND field.model = %s AND field.name = %s
           AND selection.value = %s
        """,
        [new, model, field, old],
    )
    start = f"selection__{table}__{field}__"
    cr.execute(
        "UPDATE ir_model_data SET name = %s WHERE module = %s AND name = %s",
        [start + new, module, start + old],
    )
    _mend_favorites(cr, _make_mender({old: new}, after="""['"]"""), model)


def rename_xmlid(cr, module, old, new):
    cr.execute(
        "UPDATE ir_model_data SET name = %s WHERE module = %s AND name = %s",
        [new, module, old],
    )


def _rename_column(cr, table, old, new):
    cr.execute(
        "SELECT 1 FROM information_schema.columns"
        " WHERE table_schema = current_schema AND table_name = %s AND column_name = %s",
        [table, old],
    )
    if cr.fetchone():
        names = map(SQL.identifier, (table, old, new))
        cr.execute(SQL("ALTER TABLE %s RENAME COLUMN %s TO %s", *names))


def _replace_value(cr, table, column, old, new):
    cr.execute(
        SQL(
            "UPDATE %(table)s SET %(column)s = %(new)s WHERE %(column)s = %(old)s",
            table=SQL.identifier(table),
            column=SQL.identifier(column),
            new=new,
            old=old,
        )
    )


def _rename_registered_field(cr, module, model, old, new):
    """The field's own record, and the external ids of it and its choices."""
    cr.execute(
        "UPDATE ir_model_fields SET name = %s WHERE model = %s AND name = %s",
        [new, model, old],
    )
    table = model.replace(".", "_")
    rename_xmlid(cr, module, f"field_{table}__{old}", f"field_{table}__{new}")
    start = f"selection__{table}__{old}__"
    cr.execute(
        "UPDATE ir_model_data SET name = %s || substr(name, %s)"
        " WHERE module = %s AND model = 'ir.model.fields.selection'"
        " AND starts_with(name, %s)",
        [f"selection__{table}__{new}__", len(start) + 1, module, start],
    )


def _rename_in_exports(cr, model, names):
    for old, new in names.items():
        cr.execute(
            """
            UPDATE ir_exports_line AS line
               SET name = %(new)s || substr(line.name, length(%(old)s) + 1)
              FROM ir_exports AS export
             WHERE export.id = line.export_id AND export.resource = %(model)s
               AND (line.name = %(old)s OR starts_with(line.name, %(old)s || '/'))
            """,
            {"old": old, "new": new, "model": model},
        )


def _make_mender(names, before="""['"]""", after="""['".:]|(?i: asc| desc)"""):
    """Return the function that renames words in the text of a favorite.

    A field is in quotes, maybe before a path, a period of time or an order; within a
    path, the same name may be that of another model's field.
    """
    words = "|".join(map(re.escape, names))
    pattern = re.compile(f"(?<={before})({words})(?={after})")
    return lambda text: text and pattern.sub(lambda found: names[found[1]], text)


def _mend_favorites(cr, mend, model=None):
    """Mend domain, groups and order of the favorites of ``model``, or of all."""
    cr.execute(
        "SELECT id, domain, context, sort FROM ir_filters"
        " WHERE %(model)s IS NULL OR model_id = %(model)s",
        {"model": model},
    )
    for id_, *texts in cr.fetchall():
        mended = [mend(text) for text in texts]
        if mended != texts:
            cr.execute(
                "UPDATE ir_filters SET domain = %s, context = %s, sort = %s"
                " WHERE id = %s",
                [*mended, id_],
            )
