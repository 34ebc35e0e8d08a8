# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Finds sentences in the addons' Python code that no translation can reach.

A text in a function that reads like words for people has to be an argument of ``_``.
Labels of fields, selections and models are translated by Odoo and stand in classes.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from .console import say

# words for people: more than one, a capital letter at the front, and no SQL
SENTENCE = re.compile(r"^(?![A-Z]{2})[A-Z][^\n_]*?[a-z’'] [^\n]*[a-z.:!?…]$")
# calls that translate their texts, or whose texts are for programmers
OTHER_CALLS = {
    *("_", "_lt", "SQL", "execute", "precision_get"),
    *("debug", "info", "warning", "error", "exception", "critical"),
    *("ValueError", "TypeError", "KeyError", "RuntimeError", "NotImplementedError"),
}
# what is made up for the demo is in one language
SKIPPED = ("tests", "migrations", "static", "analytics", "crm_dashboards_demo")


def find(source: str) -> list[tuple[int, str]]:
    """Line numbers and texts of the sentences of ``source`` that stay as they are."""
    found = []
    for function in _functions(ast.parse(source)):
        docstring = ast.get_docstring(function, clean=False)
        for text in _texts(function):
            words = " ".join(text.value.split())
            if text.value != docstring and SENTENCE.match(words):
                found.append((text.lineno, words))
    return sorted(set(found))


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    """The outermost functions: what is in others is looked at with them."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
        else:
            yield from _functions(node)


def _texts(node: ast.AST) -> Iterator[ast.Constant]:
    """The texts in a node, without those of calls that see to them."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call) and _name(child.func) in OTHER_CALLS:
            continue
        if isinstance(child, ast.Constant) and isinstance(child.value, str):
            yield child
        elif not isinstance(child, ast.Expr) or not isinstance(
            child.value, ast.Constant
        ):  # docstrings
            yield from _texts(child)


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def main(paths: list[str]) -> int:
    """Tell of all files given, as a hook; 1 where there is anything to tell."""
    code = 0
    for path in map(Path, paths):
        if set(SKIPPED) & set(path.parts):
            continue
        for line, words in find(path.read_text()):
            say(f"{path}:{line}: not translatable: {words}")
            code = 1
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
