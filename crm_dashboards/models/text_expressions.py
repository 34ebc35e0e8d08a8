# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import ast
import re
import unicodedata

from lxml import etree, html

from odoo.tools.rendering_tools import parse_inline_template
from odoo.tools.translate import FORMAT_REGEX


def get_expressions(text, is_html):
    """Return the Python expressions that Odoo evaluates when it fills in a text.

    Directives that hold no expression, such as ``t-as``, come along: a name too many
    does no harm.

    :param is_html: whether the text is QWeb, with expressions in its attributes, too
    :return: list of str
    """
    found = [expression for _, expression, _ in parse_inline_template(text)]
    if is_html:
        root = html.fragment_fromstring(text, create_parent="div")
        for element in root.iter(etree.Element):
            for attribute, value in element.attrib.items():
                if attribute.startswith("t-"):
                    found.append(value)
                    found += ("".join(match) for match in FORMAT_REGEX.findall(value))
    return list(filter(None, found))


def parse_expression(expression):
    """Return the syntax tree of an expression, ``None`` if it is none."""
    try:
        return ast.parse(f"({expression})", mode="eval")
    except (SyntaxError, ValueError):
        return None


def get_words(expression):
    """Return all names in an expression, those within its strings, too.

    As Python reads it: escapes in strings and look-alikes of letters are resolved.
    """
    tree = parse_expression(expression)
    text = ast.unparse(tree) if tree else unicodedata.normalize("NFKC", expression)
    return set(re.findall(r"\w+", text))
