# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The columns of a report, read from its list view: what the list shows, Excel has."""

from dataclasses import dataclass, field

from lxml import etree

from odoo.exceptions import ValidationError

from .colors import SEGMENT_COLORS
from .record_sheet import SheetColumn

AGGREGATES = ("sum", "avg")
FIELD_TYPES = {
    "boolean": "text",
    "char": "text",
    "date": "date",
    "datetime": "datetime",
    "float": "float",
    "integer": "integer",
    "many2one": "text",
    "monetary": "money",
    "selection": "text",
    "text": "text",
}
WIDGET_TYPES = {"percentage": "percent"}
WIDTHS = {  # characters
    "date": 14,
    "datetime": 24,
    "float": 14,
    "integer": 12,
    "many2one": 28,
    "money": 18,
    "overdue": 12,
    "percent": 12,
    "segment": 20,
    "selection": 20,
    "boolean": 10,
}
WIDE = 34


@dataclass(frozen=True)
class ReportList:
    """The list view of a report as the user may see it.

    Attributes
    ----------
    model : odoo.models.Model
    nodes : dict
        {name: node of the view} of the columns that Excel can have, in their order.
    shown : tuple of str
        Names of those that are there unless somebody chooses others.
    order : str
        As in a search.
    left_out : dict
        {name: label} of columns that no cell can hold, such as pictures and lists.
    """

    model: object
    nodes: dict
    shown: tuple
    order: str
    left_out: dict = field(default_factory=dict)

    def choose(self, names):
        """Return the names of the columns to write, those shown at first if None.

        :raise ValidationError: a name that is no visible column of the list
        """
        if names is None:
            names = self.shown
        unknown = set(names) - self.nodes.keys() - self.left_out.keys()
        if unknown:
            raise ValidationError(
                self.model.env._(
                    "The list has no such column: %(names)s",
                    names=", ".join(sorted(unknown)),
                )
            )
        return [name for name in dict.fromkeys(names) if name in self.nodes]

    def get_label(self, name):
        return _get_label(self.model, self.nodes[name])


def read_report_list(env, action_xmlid):
    """Return the ReportList of the window action of a report, as the user.

    Odoo leaves out the nodes, and here the fields, of groups the user is not in.
    """
    action = env.ref(action_xmlid).sudo()
    model = env[action.res_model]
    view_id = next((view_id for view_id, mode in action.views if mode == "list"), False)
    arch = etree.fromstring(model.get_view(view_id, "list")["arch"])
    nodes, left_out, shown = {}, {}, []
    for node in arch.iterchildren("field"):
        name = node.get("name")
        model_field = model._fields[name]
        if _is_invisible(node) or not model._has_field_access(model_field, "read"):
            continue
        if model_field.type not in FIELD_TYPES:
            left_out[name] = _get_label(model, node)
            continue
        nodes[name] = node
        if node.get("optional") != "hide":
            shown.append(name)
    order = arch.get("default_order") or model._order
    return ReportList(model, nodes, tuple(shown), order, left_out)


def make_sheet_columns(report_list, names, domain):
    """Return the columns as a sheet needs them, with their totals.

    :param names: of columns of the list
    :param domain: of the records in the report
    :return: list of SheetColumn
    """
    nodes = [report_list.nodes[name] for name in names]
    totals = _read_totals(report_list.model, nodes, domain)
    return [_make_sheet_column(report_list.model, node, totals) for node in nodes]


def make_field_column(model, name):
    """Return the column of a field that the list does not show."""
    node = etree.Element("field", name=name)
    return _make_sheet_column(model, node, {})


def get_explanations(report_list, names):
    """Return {label: help} of the columns whose fields explain themselves."""
    return {
        report_list.get_label(name): help_text
        for name in names
        if (help_text := _describe(report_list.model, name, "help"))
    }


def _read_totals(model, nodes, domain):
    """Return {(field, aggregate): value} as the foot of the list has them.

    Amounts of several currencies have no sum.
    """
    keys = [
        (node.get("name"), aggregate)
        for node in nodes
        for aggregate in AGGREGATES
        if node.get(aggregate) and not _is_mixed(model, node.get("name"), domain)
    ]
    if not keys:
        return {}
    specs = [f"{name}:{aggregate}" for name, aggregate in keys]
    (values,) = model._read_group(domain, [], specs)
    return {key: float(value or 0) for key, value in zip(keys, values, strict=True)}


def _is_mixed(model, name, domain):
    """Whether the amounts of a field are in more than one currency."""
    model_field = model._fields[name]
    if model_field.type != "monetary":
        return False
    currency = model._fields[model_field.get_currency_field(model)]
    if not currency._description_groupable(model.env):
        return False
    return len(model._read_group(domain, [currency.name], limit=2)) > 1


def _make_sheet_column(model, node, totals):
    name = node.get("name")
    model_field = model._fields[name]
    words = {}
    if model_field.type == "selection":
        words = dict(model_field._description_selection(model.env))
    elif model_field.type == "boolean":
        words = {True: model.env._("Yes")}
    kind = _get_type(model_field, node, words)
    width = WIDTHS.get(kind) or WIDTHS.get(model_field.type, WIDE)
    if model_field.comodel_name == "res.partner":
        width = WIDE
    return SheetColumn(
        name=name,
        label=_get_label(model, node),
        type=kind,
        width=width,
        words=words,
        currency=model_field.get_currency_field(model) if kind == "money" else "",
        totals={
            aggregate: totals[name, aggregate]
            for aggregate in AGGREGATES
            if (name, aggregate) in totals
        },
    )


def _get_type(model_field, node, words):
    """Return a column's type: by the list's widget or colours, else the field's."""
    if words and words.keys() <= SEGMENT_COLORS.keys():
        return "segment"
    if node.get("decoration-danger") == f"{model_field.name} > 0":
        return "overdue"
    kind = FIELD_TYPES[model_field.type]
    return WIDGET_TYPES.get(node.get("widget"), kind)


def _is_invisible(node):
    return node.get("column_invisible") in ("1", "True", "true")


def _get_label(model, node):
    return node.get("string") or _describe(model, node.get("name"), "string")


def _describe(model, name, attribute):
    description = model._fields[name].get_description(model.env, [attribute])
    return description.get(attribute) or ""
