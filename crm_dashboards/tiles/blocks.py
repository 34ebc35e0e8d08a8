"""The blocks that tiles are made of, as plain data for browser and workbook.

A cell is a value with its unit; a block is what one component draws. Everything here
is made of str, int, float, bool, list and dict: numpy's numbers end at this edge.
"""

from odoo.tools.misc import format_date, formatLang


def money(value, currency):
    """A cell: an amount of ``currency`` (a res.currency)."""
    value = currency.round(float(value or 0.0)) + 0.0  # no negative zero
    return {"value": value, "unit": "money", "currency_id": currency.id}


def count(value):
    """A cell: a whole number."""
    return {"value": int(value or 0), "unit": "count"}


def percent(value):
    """A cell: a share, 0.68 for 68 %; None where there is none."""
    return {"value": False if value is None else float(value), "unit": "percent"}


def days(value):
    """A cell: a number of days."""
    return {"value": int(value), "unit": "days"}


def text_cell(value):
    """A cell: words."""
    return {"value": value, "unit": "text"}


def drill(key, value=True):
    """What a click sends back: one of the keys its tile declared, and a value."""
    return {"key": key, "value": value}


def note(text, drill=None):
    """Words at the right of a tile's header; a link when there is a ``drill``."""
    return {"type": "note", "text": text, "drill": drill or False}


def text(words, tone="muted"):
    """A sentence."""
    return {"type": "text", "text": words, "tone": tone}


def figure(*figures):
    """Big and small figures below each other, see :func:`figure_line`."""
    return {"type": "figure", "figures": list(figures)}


def figure_line(cell, label, size="normal", tone=False, direction=False, drill=None):
    """One figure; ``direction`` up, down or level draws an arrow before it."""
    return {
        "cell": cell,
        "label": label,
        "size": size,
        "tone": tone,
        "direction": direction,
        "drill": drill or False,
    }


def bar_chart(label, points, currency):
    """Bars of money, see :func:`bar`."""
    return {
        "type": "chart",
        "kind": "bar",
        "label": label,
        "unit": "money",
        "currency_id": currency.id,
        "points": points,
    }


def bar(key, label, title, value, drill, unfinished=False):
    """One bar: short ``label`` below it, ``title`` in full, ``value`` in money."""
    return {
        "key": key,
        "label": label,
        "title": title,
        "value": float(value),
        "drill": drill,
        "unfinished": unfinished,
    }


def doughnut(label, points, center, legend=True):
    """A ring; ``points`` by :func:`doughnut_point`, ``center`` {cell, label}."""
    return {
        "type": "chart",
        "kind": "doughnut",
        "label": label,
        "points": points,
        "center": center,
        "legend": legend,
    }


def doughnut_point(label, cell, tone, drill=None):
    """A part of a ring, sized by its cell's value."""
    return {"label": label, "cell": cell, "tone": tone, "drill": drill or False}


def stack(parts):
    """Parts of a whole in one bar.

    :param parts: list of {label, cell, share: 0..1, drill} and either level, from 0
        (good) to 4 (bad), or tone
    """
    return {"type": "stack", "parts": parts}


def tab(key, label, active, count=False):
    """A tab of a tile, with the number of its rows where that is told."""
    return {"key": key, "label": label, "count": count, "active": active}


def format_day(env, day, pattern="d MMM yyyy"):
    """A date in words of the user's language, such as 21 Nov 2026."""
    return format_date(env, day, date_format=pattern)


def format_month(env, day, pattern="MMMM"):
    """A month in words of the user's language; "MMMM yyyy" adds the year."""
    return format_date(env, day, date_format=pattern)


def format_count(env, number):
    """A whole number in words of the user's language, such as 2,925."""
    return formatLang(env, number, digits=0)


def format_amount(value, currency):
    """Money in a sentence: without cents from 1 000 on, where nobody reads them."""
    if abs(value) < 1000:
        return currency.format(value)
    return formatLang(currency.env, value, currency_obj=currency, rounding_unit="units")
