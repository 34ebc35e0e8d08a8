# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import ast

from odoo.addons.crm_dashboards.models.text_expressions import parse_expression

# What every record has and tells nothing of its other fields.
HARMLESS_NAMES = {
    "create_date",
    "create_uid",
    "display_name",
    "ensure_one",
    "exists",
    "get_base_url",
    "id",
    "ids",
    "write_date",
    "write_uid",
}
# They take names of fields, or how to find them.
BY_NAME = {"filtered", "grouped", "mapped", "sorted"}
# They read what a text made when it is evaluated may name.
BY_FORMAT = {"format", "format_map"}


def is_open(expression, open_names):
    """Whether an expression may read fields whose names do not stand in it.

    By a name made when it is evaluated, or by what every record offers: reading all
    fields, searching, other rights, the database itself.

    :param open_names: names through which a record gives more than its fields
    """
    tree = parse_expression(expression)
    return tree is not None and _Reader(open_names - HARMLESS_NAMES).finds_open(tree)


class _Reader(ast.NodeVisitor):
    def __init__(self, open_names):
        self.open_names = open_names
        self.is_open = False

    def finds_open(self, tree):
        self.visit(tree)
        return self.is_open

    def visit_Call(self, node):
        called = node.func
        if isinstance(called, ast.Attribute) and called.attr in BY_NAME:
            # A name or condition that is passed stands in the expression.
            passed = (*node.args, *(keyword.value for keyword in node.keywords))
            self._refuse_unless(
                all(isinstance(each, ast.Constant | ast.Lambda) for each in passed)
            )
            for each in (called.value, *passed):
                self.visit(each)
        else:
            self.generic_visit(node)

    def visit_Attribute(self, node):
        self._refuse_unless(node.attr not in self.open_names)
        self._refuse_unless(
            node.attr not in BY_FORMAT or isinstance(node.value, ast.Constant)
        )
        self.generic_visit(node)

    def visit_Name(self, node):
        self._refuse_unless(node.id not in self.open_names)

    def visit_Subscript(self, node):
        self._refuse_unless(isinstance(node.slice, ast.Slice) or _is_plain(node.slice))
        self.generic_visit(node)

    def visit_BinOp(self, node):
        if isinstance(node.op, ast.Mod):
            # "%(name)s" % record reads a field, 7 % 2 does not.
            self._refuse_unless(
                isinstance(node.left, ast.Constant) or _is_number(node.right)
            )
        self.generic_visit(node)

    def _refuse_unless(self, harmless):
        self.is_open = self.is_open or not harmless


def _is_plain(key):
    """Whether a key stands in the expression, or counts from a number on."""
    if isinstance(key, ast.UnaryOp):
        return _is_number(key.operand)
    if isinstance(key, ast.BinOp) and isinstance(key.op, ast.Add | ast.Sub):
        return _is_number(key.left) or _is_number(key.right)
    return isinstance(key, ast.Constant)


def _is_number(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, int | float)
