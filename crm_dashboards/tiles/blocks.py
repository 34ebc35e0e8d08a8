# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Every block a tile can be made of, as plain facts for browser, workbook and brief.

A tile says what there is to see; how it is drawn is decided by whoever draws it, by the
class of the block and by nothing but its fields. Fields are str, int, float, bool and
tuples: numpy's numbers end here. What is not there is False, since the browser's checks
know no None.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from math import isfinite
from typing import ClassVar

TAGS = ("type", "kind", "unit")  # by which the browser tells classes apart


@dataclass(frozen=True)
class Part:
    """What blocks are made of, and the blocks themselves."""


def to_wire(value):
    """Return a part, or what parts are in, as dicts and lists for the browser."""
    if isinstance(value, Part):
        names, tags = _get_wire_shape(type(value))
        return {**tags, **{name: to_wire(getattr(value, name)) for name in names}}
    if isinstance(value, tuple):
        return [to_wire(each) for each in value]
    if isinstance(value, Mapping):
        return {key: to_wire(each) for key, each in value.items()}
    return value


@cache
def _get_wire_shape(part_class):
    """Return (names of the fields, {tag: its value}) of a class of parts."""
    names = tuple(each.name for each in fields(part_class))
    tags = {tag: getattr(part_class, tag, None) for tag in TAGS if tag not in names}
    return names, {tag: value for tag, value in tags.items() if value}


# ----------------------------------------------------------------------
# Cells: a value with its unit
# ----------------------------------------------------------------------


@dataclass(frozen=True)
class Cell(Part):
    """A value with its unit: count, percent, days, text, date, datetime.

    A share of 68 % is 0.68; days and moments (UTC) are text as Odoo writes them. The
    value is False where there is none.
    """

    value: str | int | float | bool
    unit: str


@dataclass(frozen=True)
class Money(Cell):
    """An amount of a currency."""

    unit: str = "money"
    currency_id: int | bool = False


def money(value, currency):
    """A cell: an amount of ``currency`` (a res.currency)."""
    value = float(value or 0.0)
    if not isfinite(value):  # an amount that no figure is made of: shown as none
        return words(False)
    value = currency.round(value) + 0.0  # no negative zero
    return Money(value, currency_id=currency.id)


def count(value):
    """A cell: a whole number."""
    return Cell(int(value or 0), "count")


def percent(value):
    """A cell: a share, 0.68 for 68 %; None where there is none."""
    return Cell(False if value is None else float(value), "percent")


def days(value):
    """A cell: a number of days."""
    return Cell(int(value), "days")


def words(value):
    """A cell: words, False for none."""
    return Cell(value, "text")


def day(value):
    """A cell: a date."""
    return Cell(str(value), "date")


# ----------------------------------------------------------------------
# What blocks have in common
# ----------------------------------------------------------------------


@dataclass(frozen=True)
class Drill(Part):
    """What a click sends back: one of the keys its tile declared, and a value."""

    key: str
    value: str | int | bool = True


@dataclass(frozen=True)
class Badge(Part):
    """The RFM segment of a customer: code, letters, name, and the figures behind it."""

    segment: str
    short: str
    label: str
    metric_id: int | bool = False


@dataclass(frozen=True)
class Sparkline(Part):
    """Values over time as a small line; ``label`` tells in words what it shows."""

    values: tuple[float, ...]
    label: str
    tone: str | bool = False


@dataclass(frozen=True)
class Link(Part):
    """Words that can be clicked."""

    label: str
    drill: Drill


@dataclass(frozen=True)
class Block(Part):
    """What a tile is made of, from top to bottom."""

    type: ClassVar[str] = ""


# ----------------------------------------------------------------------
# Words and figures
# ----------------------------------------------------------------------


@dataclass(frozen=True)
class Note(Block):
    """Words at the right of a tile's header; a link when there is a drill.

    ``cell`` follows the words.
    """

    type: ClassVar[str] = "note"
    text: str
    drill: Drill | bool = False
    cell: Cell | bool = False


@dataclass(frozen=True)
class Text(Block):
    """A sentence; ``link`` leads to what it is made from."""

    type: ClassVar[str] = "text"
    text: str
    tone: str = "muted"
    link: Link | bool = False


@dataclass(frozen=True)
class Reading(Text):
    """A sentence about which records a tile adds up, where others see more.

    A page that says it once above all its tiles leaves it out of each.
    """

    type: ClassVar[str] = "reading"


@dataclass(frozen=True)
class FigureLine(Part):
    """One figure with its label.

    ``size`` is large, normal or small, or headline: large, its label beside it.
    ``direction`` up, down or level draws an arrow.
    """

    cell: Cell
    label: str
    size: str = "normal"
    tone: str | bool = False
    direction: str | bool = False
    drill: Drill | bool = False


@dataclass(frozen=True)
class Figure(Block):
    """Big and small figures below each other.

    Those that ``adds_up`` stand as on a bill: the small ones come to the normal one.
    """

    type: ClassVar[str] = "figure"
    figures: tuple[FigureLine, ...]
    adds_up: bool = False


def figure(*lines):
    """A block of figures below each other."""
    return Figure(lines)


@dataclass(frozen=True)
class Lead(Block):
    """One sentence of what matters most, what it rests on, and what to do next.

    ``mark`` is the part of the sentence that stands out, in ``tone``.
    """

    type: ClassVar[str] = "lead"
    text: str
    mark: str = ""
    tone: str | bool = False
    evidence: str = ""
    step: str = ""


@dataclass(frozen=True)
class StripFigure(Part):
    """One of a few figures side by side: what it is, how much, and a remark.

    ``direction`` is that of the remark.
    """

    label: str
    cell: Cell
    note: str = ""
    tone: str | bool = False
    note_tone: str | bool = False
    direction: str | bool = False
    drill: Drill | bool = False
    spark: Sparkline | bool = False


@dataclass(frozen=True)
class Strip(Block):
    """Figures side by side."""

    type: ClassVar[str] = "strip"
    figures: tuple[StripFigure, ...]


@dataclass(frozen=True)
class Fact(Part):
    """Something to look up: its name, what it is, and where a click leads."""

    label: str
    text: str
    link: str | bool = False


@dataclass(frozen=True)
class Facts(Block):
    """Things to look up, below each other."""

    type: ClassVar[str] = "facts"
    facts: tuple[Fact, ...]


# ----------------------------------------------------------------------
# Charts
# ----------------------------------------------------------------------


@dataclass(frozen=True)
class Bar(Part):
    """One bar: short ``label`` below it, ``title`` in full, ``value`` in money.

    ``previous`` is the value of the same period before; ``unfinished`` if the period is
    not over yet.
    """

    key: str
    label: str
    title: str
    value: float
    drill: Drill | bool = False
    unfinished: bool = False
    previous: float | bool = False


@dataclass(frozen=True)
class BarChart(Block):
    """Bars of money over time; ``series`` names them and those before, if there are."""

    type: ClassVar[str] = "chart"
    kind: ClassVar[str] = "bar"
    unit: ClassVar[str] = "money"
    label: str
    points: tuple[Bar, ...]
    currency_id: int
    series: tuple[str, ...] = ()


@dataclass(frozen=True)
class LinePoint(Part):
    """A place on the way: short ``label`` below it, ``title`` in full, money so far.

    ``previous`` is that of the same place before. Either is False where there is none:
    not yet, or no such day.
    """

    key: str
    label: str
    title: str
    value: float | bool
    previous: float | bool = False


@dataclass(frozen=True)
class LineChart(Block):
    """Money adding up through a period, and through another; ``series`` names both."""

    type: ClassVar[str] = "line"
    unit: ClassVar[str] = "money"
    label: str
    points: tuple[LinePoint, ...]
    currency_id: int
    series: tuple[str, str]


@dataclass(frozen=True)
class Slice(Part):
    """A part of a ring, sized by its cell's value."""

    label: str
    cell: Cell
    tone: str
    drill: Drill | bool = False


@dataclass(frozen=True)
class Center(Part):
    """What stands in the middle of a ring."""

    cell: Cell
    label: str


@dataclass(frozen=True)
class Doughnut(Block):
    """Parts of a whole as a ring around a figure."""

    type: ClassVar[str] = "chart"
    kind: ClassVar[str] = "doughnut"
    label: str
    points: tuple[Slice, ...]
    center: Center
    legend: bool = True


# ----------------------------------------------------------------------
# Parts of a whole
# ----------------------------------------------------------------------


@dataclass(frozen=True)
class ShareItem(Part):
    """A part with its share (0 to 1) and a mark that makes it stand out."""

    label: str
    cell: Cell
    share: float
    drill: Drill | bool = False
    mark: str | bool = False


@dataclass(frozen=True)
class Share(Block):
    """Parts of a whole, a bar each."""

    type: ClassVar[str] = "share"
    items: tuple[ShareItem, ...]


@dataclass(frozen=True)
class StackPart(Part):
    """A part of a bar: coloured by ``tone``, else by ``level``, 0 (good) to 4 (bad)."""

    label: str
    cell: Cell
    share: float
    drill: Drill | bool = False
    tone: str | bool = False
    level: int = 0


@dataclass(frozen=True)
class Stack(Block):
    """Parts of a whole in one bar."""

    type: ClassVar[str] = "stack"
    parts: tuple[StackPart, ...]


@dataclass(frozen=True)
class Mark(Part):
    """A place to reach on the way, from 0 to 1."""

    at: float
    label: str


@dataclass(frozen=True)
class Progress(Block):
    """How far something has come, from 0 to 1, and what is on the way."""

    type: ClassVar[str] = "progress"
    value: float
    label: str
    marks: tuple[Mark, ...] = ()
    tone: str | bool = False


# ----------------------------------------------------------------------
# Areas, rows and timelines
# ----------------------------------------------------------------------


@dataclass(frozen=True)
class Choice(Part):
    """One of the things that areas can show."""

    key: str
    label: str


@dataclass(frozen=True)
class Portrait(Part):
    """Who is in an area, what part of all they are, and what to do with them."""

    who: str
    shares: str
    advice: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Area(Part):
    """A segment's area: first and last column and row, counted from 1 at the bottom.

    ``portrait`` is told on hovering.
    """

    key: str
    segment: str
    label: str
    short: str
    cells: Mapping[str, Cell]
    column: tuple[int, int]
    row: tuple[int, int]
    drill: Drill | bool = False
    portrait: Portrait | bool = False


@dataclass(frozen=True)
class Grid(Block):
    """Coloured areas on a grid; ``switch`` chooses which of their cells is shown."""

    type: ClassVar[str] = "grid"
    columns: int
    rows: int
    column_label: str
    row_label: str
    switch: tuple[Choice, ...]
    areas: tuple[Area, ...]


@dataclass(frozen=True)
class Avatar(Part):
    """The picture of a user, an empty seat without one."""

    user_id: int | bool
    name: str


@dataclass(frozen=True)
class RowAction(Part):
    """A button of a row; its tile does what is behind it."""

    key: str
    label: str
    icon: str


@dataclass(frozen=True)
class Chip(Part):
    """A few words with their figure and unit, beside others of the same row.

    ``level`` is danger, warning, info or neutral: it colours what the words say, too.
    """

    text: str
    level: str = "neutral"


@dataclass(frozen=True)
class Rhythm(Part):
    """When somebody ordered: places from 0, the first of these days, to 1, today."""

    places: tuple[float, ...]


@dataclass(frozen=True)
class Row(Part):
    """A record: who, what and how much, and what can be done with it.

    ``contact`` is a person beside the title, ``phone`` a number to call; without one
    there may be an ``email`` to write to, or ``add_phone``, what to do about it. Of
    ``chips`` the first few are drawn, the others counted. ``status`` says what is
    planned or was done. ``cell_hint`` is what one should know of the cell's value, told
    on hovering the row. ``customer_id`` is whom the row is about: from its dashboard
    the browser goes on to those of the other rows. ``rhythm`` draws what the words of
    ``subtitle`` say of orders.
    """

    id: int
    title: str
    subtitle: str = ""
    cell: Cell | bool = False
    cell_note: str | bool = False
    cell_hint: str | bool = False
    tone: str | bool = False
    direction: str | bool = False
    avatar: Avatar | bool = False
    badge: Badge | bool = False
    badge_from: Badge | bool = False
    drill: Drill | bool = False
    actions: tuple[RowAction, ...] = ()
    contact: str | bool = False
    phone: str | bool = False
    email: str | bool = False
    add_phone: RowAction | bool = False
    chips: tuple[Chip, ...] = ()
    status: str | bool = False
    customer_id: int | bool = False
    spark: Sparkline | bool = False
    rhythm: Rhythm | bool = False


@dataclass(frozen=True)
class Rows(Block):
    """The first few records of a list."""

    type: ClassVar[str] = "rows"
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class TimelineEvent(Part):
    """Something that happened or will; ``cell`` replaces the moment of a whole day.

    Where it is words, they say what a click on something to do opens.
    """

    icon: str
    title: str
    subtitle: str
    datetime: str
    drill: Drill
    cell: Cell | bool = False
    tone: str | bool = False


@dataclass(frozen=True)
class Timeline(Block):
    """Events below each other; ``more`` leads on."""

    type: ClassVar[str] = "timeline"
    events: tuple[TimelineEvent, ...]
    more: Link | bool = False


# ----------------------------------------------------------------------
# A whole tile
# ----------------------------------------------------------------------


@dataclass(frozen=True)
class Tab(Part):
    """A view of a tile, with the number of its rows where that is told."""

    key: str
    label: str
    active: bool
    count: int | bool = False


@dataclass(frozen=True)
class Content(Part):
    """What a tile shows: its state (ready, empty or failed), blocks and tabs.

    ``message`` says why there is nothing to see, ``links`` lead to where there is.
    """

    state: str
    message: str | bool = False
    blocks: tuple[Block, ...] = ()
    tabs: tuple[Tab, ...] = field(default=())
    links: tuple[Link, ...] = ()
