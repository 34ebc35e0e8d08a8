# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""A tile's blocks made ready to print, from the same data as in the browser."""

from functools import singledispatch

from odoo import fields

from ...models.date_words import format_day, format_moment
from ...nightly.periods import get_viewer_zone
from ...tiles import blocks
from ...tiles.words import format_amount, format_count, format_share
from ..workbook.colors import (
    BAR,
    LEVEL_COLORS,
    PREVIOUS_BAR,
    SEGMENT_COLORS,
    TONE_COLORS,
    UNFINISHED_BAR,
)
from .brief_layout import Part, Section, count_lines

ARROWS = {"up": "▲", "down": "▼", "level": "▬"}
FIGURE_LINES = {"large": 1.75, "headline": 1.75, "normal": 1.25, "small": 1}
LARGE = ("large", "headline")
LARGE_LETTERS = 2  # of usual ones that a large letter is wide
NOTHING = "—"
CHART_LINES = 10
# Of the drawing, in units of half a millimetre.
CHART_WIDTH, CHART_HEIGHT = 180, 66
CHART_TOP, CHART_BOTTOM = 8, 57
BAR_SHARE = 0.72  # of a month's width


class BriefWriter:
    """Makes parts of blocks, in the language and zone of the person who prints."""

    def __init__(self, env):
        self.env = env
        self.zone = get_viewer_zone(env).name
        self.year = fields.Date.context_today(env.user).year

    def make_section(self, title, parts):
        """Return the Section of a tile.

        :param parts: blocks
        """
        notes = [
            self.describe(block.cell) if block.cell else block.text
            for block in parts
            if isinstance(block, blocks.Note)
        ]
        made = [
            make_part(block, self)
            for block in parts
            if not isinstance(block, blocks.Note)
        ]
        return Section(title, " · ".join(notes), made)

    def describe(self, cell):
        """Return a cell in words."""
        value, unit = cell.value, cell.unit
        if value is None or value is False:
            return NOTHING
        if unit == "money":
            currency = self.env["res.currency"].browse(cell.currency_id)
            return format_amount(value, currency)
        if unit == "percent":
            return self.describe_share(value)
        if unit in ("count", "days"):
            return format_count(self.env, value)
        if unit == "date":
            return format_day(self.env, fields.Date.to_date(value))
        if unit == "datetime":
            return self.describe_moment(value)
        return str(value)

    def describe_share(self, share):
        """Return a share in words, such as 68 %."""
        return format_share(self.env, share)

    def describe_moment(self, value):
        """Return a UTC moment, as text, in words of the reader's zone."""
        moment = fields.Datetime.to_datetime(value)
        words = format_moment(self.env, moment, self.zone)
        if moment.year == self.year:
            return words
        return format_day(self.env, moment)


@singledispatch
def make_part(_block, writer):
    """Return the Part of a block, by its class.

    One that is on top of another block is printed like that one unless it registers its
    own.

    :param BriefWriter writer:
    """
    words = writer.env._("One part is shown on the dashboard only.")
    return Part("text", {"words": words, "color": get_color("muted")}, 1)


@make_part.register
def _(block: blocks.Text, _writer):
    values = {"words": block.text, "color": get_color(block.tone)}
    return Part("text", values, count_lines(block.text))


@make_part.register
def _(block: blocks.Figure, writer):
    figures = []
    lines = 0
    for figure in block.figures:
        words = writer.describe(figure.cell)
        arrow = ARROWS.get(figure.direction, "")
        figures.append(
            {
                "words": f"{arrow} {words}".strip(),
                "label": figure.label,
                "size": figure.size,
                "color": get_color(figure.tone, "inherit"),
            }
        )
        width = LARGE_LETTERS if figure.size in LARGE else 1
        letters = len(words) * width + len(figure.label) + 2
        lines += FIGURE_LINES[figure.size] - 1 + count_lines("x" * letters)
    return Part("figure", {"figures": figures}, lines)


@make_part.register
def _(block: blocks.Lead, writer):
    step = writer.env._("Next: %(step)s", step=block.step) if block.step else ""
    values = {"text": block.text, "evidence": block.evidence, "step": step}
    lines = 0.25 + sum(map(count_lines, filter(None, values.values())))
    values["color"] = get_color(block.tone, "inherit")
    return Part("lead", values, lines)


@make_part.register
def _(block: blocks.Strip, writer):
    items = [
        {
            "label": figure.label,
            "words": writer.describe(figure.cell),
            "note": f"{ARROWS.get(figure.direction, '')} {figure.note}".strip(),
            "tone": get_color(figure.tone, "inherit"),
            "color": get_color(figure.note_tone),
        }
        for figure in block.figures
    ]
    return Part("strip", {"items": items}, 1, is_list=True)


@make_part.register
def _(block: blocks.Facts, _writer):
    items = [
        {"label": fact.label, "words": fact.text, "swatch": False}
        for fact in block.facts
    ]
    return Part("facts", {"items": items}, 1, is_list=True)


@make_part.register
def _(block: blocks.Doughnut, writer):
    items = [
        {
            "label": block.center.label,
            "words": writer.describe(block.center.cell),
            "swatch": False,
        }
    ]
    items += [
        {
            "label": point.label,
            "words": writer.describe(point.cell),
            "swatch": TONE_COLORS[point.tone][0],
        }
        for point in block.points
    ]
    return Part("legend", {"items": items}, 1, is_list=True)


@make_part.register
def _(block: blocks.BarChart, writer):
    """Shapes of the bars, those of the year before behind, and the scale."""
    compared = bool(block.series)
    pairs = [(point.value, point.previous or 0) for point in block.points]
    known = [value for pair in pairs for value in (pair if compared else pair[:1])]
    high, low = max([*known, 0]), min([*known, 0])
    scale = (CHART_BOTTOM - CHART_TOP) / ((high - low) or 1)
    zero = CHART_TOP + high * scale
    width = CHART_WIDTH / max(len(pairs), 1)
    bar_width = width * BAR_SHARE / (2 if compared else 1)
    bars = []
    for number, (point, (value, previous)) in enumerate(
        zip(block.points, pairs, strict=True)
    ):
        left = number * width + width * (1 - BAR_SHARE) / 2
        color = UNFINISHED_BAR if point.unfinished else BAR
        shapes = [(left + bar_width * compared, value, color)]
        if compared:
            shapes.insert(0, (left, previous, PREVIOUS_BAR))
        bars += [
            {
                "x": round(x, 2),
                "y": round(zero - max(amount, 0) * scale, 2),
                "width": round(bar_width * 0.94, 2),
                "height": round(abs(amount) * scale, 2),
                "color": fill,
            }
            for x, amount, fill in shapes
        ]
    values = {
        "label": block.label,
        "width": CHART_WIDTH,
        "height": CHART_HEIGHT,
        "zero": round(zero, 2),
        "top": CHART_TOP,
        "bars": bars,
        "labels": [
            {"x": round((number + 0.5) * width, 2), "words": point.label}
            for number, point in enumerate(block.points)
        ],
        "high": writer.describe(blocks.Money(high, currency_id=block.currency_id)),
        "series": [
            {"words": words, "color": color}
            for words, color in zip(block.series, (BAR, PREVIOUS_BAR), strict=False)
        ],
    }
    return Part("bars", values, CHART_LINES)


@make_part.register
def _(block: blocks.Share, writer):
    items = [
        {
            "label": item.label,
            "mark": item.mark,
            "words": writer.describe(item.cell),
            "share": writer.describe_share(item.share),
            "width": get_width(item.share),
        }
        for item in block.items
    ]
    return Part("share", {"items": items}, 1.5, is_list=True)


@make_part.register
def _(block: blocks.Stack, writer):
    items = [
        {
            "label": part.label,
            "words": writer.describe(part.cell),
            "swatch": TONE_COLORS[part.tone][0]
            if part.tone
            else LEVEL_COLORS[part.level],
            "width": get_width(part.share),
        }
        for part in block.parts
    ]
    return Part("stack", {"items": items}, len(items) + 1)


@make_part.register
def _(block: blocks.Rows, writer):
    items = []
    for row in block.rows:
        arrow = ARROWS.get(row.direction, "")
        fill, color = SEGMENT_COLORS[row.badge.segment] if row.badge else ("", "")
        items.append(
            {
                "short": row.badge and row.badge.short,
                "fill": fill,
                "color": color,
                "title": f"{arrow} {row.title}".strip(),
                "subtitle": row.subtitle,
                "words": writer.describe(row.cell) if row.cell else "",
                "note": row.cell_note or "",
                "tone": get_color(row.tone, "inherit"),
            }
        )
    longest = max((count_lines(item["subtitle"]) for item in items), default=1)
    return Part("rows", {"items": items}, 1.25 + longest, is_list=True)


@make_part.register
def _(block: blocks.Timeline, writer):
    items = [
        {
            "title": event.title,
            "subtitle": event.subtitle,
            "when": writer.describe(event.cell)
            if event.cell
            else writer.describe_moment(event.datetime),
            "tone": get_color(event.tone, "inherit"),
        }
        for event in block.events
    ]
    return Part("timeline", {"items": items}, 1, is_list=True)


@make_part.register
def _(block: blocks.Progress, writer):
    marks = [
        {"at": writer.describe_share(mark.at), "label": mark.label}
        for mark in block.marks
    ]
    values = {
        "label": block.label,
        "width": get_width(block.value),
        "color": TONE_COLORS[block.tone or "primary"][0],
        "marks": marks,
    }
    return Part("progress", values, 1 + count_lines(block.label) + len(marks))


@make_part.register
def _(block: blocks.Grid, writer):
    shown = block.switch[0].key
    items = [
        {
            "label": area.label,
            "words": writer.describe(area.cells[shown]),
            "swatch": SEGMENT_COLORS[area.segment][0],
        }
        for area in block.areas
    ]
    return Part("legend", {"items": items}, 1, is_list=True)


def get_color(tone, none=TONE_COLORS["muted"][1]):
    """Return the colour of words of a tone."""
    return TONE_COLORS[tone][1] if tone else none


def get_width(share):
    """Return a share as a width, whatever came: at most all of it."""
    return f"{100 * min(max(share or 0, 0), 1):.1f}%"
