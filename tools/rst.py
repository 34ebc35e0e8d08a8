# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Markdown as reStructuredText, as far as the texts of the addons need it.

Paragraphs, lists, headings, pictures, blocks of code, and emphasis, code and links in
them.
"""

from __future__ import annotations

import re
import textwrap
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from .console import Problem
from .pages import make_html

WIDTH = 88
LINES = "=-~^"  # below the headings of each level
MARKUP = re.compile(r"([*`|\\])|(?<=\w)_(?!\w)")
MARKS = {"strong": "**", "em": "*", "code": "``"}


def heading(text: str, level: int) -> str:
    """A heading of a level from 0, without the empty lines around it."""
    return f"{text}\n{LINES[level] * len(text)}"


def to_rst(text: str, level: int) -> str:
    """A text in Markdown whose highest headings, with two #, have a level from 0.

    :raises Problem: when it uses what is not translated.
    """
    body = ElementTree.fromstring(f"<body>{make_html(text)}</body>")
    return "\n\n".join(_block(element, level, WIDTH) for element in body) + "\n"


def _block(element: Element, level: int, width: int) -> str:
    match element.tag:
        case "p" if len(element) == 1 and element[0].tag == "img":
            return _picture(element[0])
        case "p":
            return _wrap(_inline(element), width)
        case "ul" | "ol":
            return _list(element, level, width)
        case "h2" | "h3":
            return heading(_inline(element), level + int(element.tag[1]) - 2)
        case "pre":
            code = "".join(element.itertext()).rstrip()
            return "::\n\n" + textwrap.indent(code, "   ")
    raise _no_translation(element)


def _list(element: Element, level: int, width: int) -> str:
    mark = "- " if element.tag == "ul" else "#. "
    indent = " " * len(mark)
    items = []
    for item in element:
        blocks = [_block(each, level, width - len(mark)) for each in _blocks_of(item)]
        text = textwrap.indent("\n\n".join(blocks), indent)
        items.append(mark + text.removeprefix(indent))
    is_long = any("\n\n" in item for item in items)
    return ("\n\n" if is_long else "\n").join(items)


def _blocks_of(item: Element) -> list[Element]:
    """The paragraphs and lists of an item; its words may stand without a paragraph."""
    if item.find("p") is not None:
        return list(item)
    inner = [child for child in item if child.tag in {"ul", "ol"}]
    for child in inner:
        item.remove(child)
    item.tag = "p"
    return [item, *inner]


def _picture(image: Element) -> str:
    return f".. image:: {image.get('src')}\n   :alt: {image.get('alt')}"


def _inline(element: Element) -> str:
    text = _escape(element.text)
    for child in element:
        tail = _escape(child.tail)
        # markup within a word would not be seen
        before = "\\ " if text[-1:].isalnum() else ""
        after = "\\ " if tail[:1].isalnum() else ""
        text += before + _marked(child) + after + tail
    return " ".join(text.split())


def _marked(element: Element) -> str:
    # reStructuredText has no markup within markup
    if len(element) or element.tag not in {*MARKS, "a"}:
        raise _no_translation(element)
    text = element.text or ""
    if element.tag == "code":
        return f"``{text}``"
    if element.tag == "a":
        return f"`{_escape(text)} <{element.get('href')}>`__"
    mark = MARKS[element.tag]
    return mark + _escape(text) + mark


def _escape(text: str | None) -> str:
    return MARKUP.sub(r"\\\g<0>", text or "")


def _wrap(text: str, width: int) -> str:
    return textwrap.fill(text, width, break_long_words=False, break_on_hyphens=False)


def _no_translation(element: Element) -> Problem:
    shown = ElementTree.tostring(element, encoding="unicode")
    return Problem(f"tools/rst.py does not know how to write: {shown.strip()}")
