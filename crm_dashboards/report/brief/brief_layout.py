# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Where the sections of a brief stand, so that all of it is on one page."""

from dataclasses import dataclass, replace
from unicodedata import east_asian_width

COLUMN_LINES = 56  # below the head of an A4 page, in lines of 4 mm
LETTERS_A_LINE = 54  # of half a page; a few more fit
HEADING_LINES = 2.25  # a section's title and the gap below it
LIST_LENGTHS = (12, 10, 8, 6, 5, 4, 3, 2)  # tried one after the other


@dataclass(frozen=True)
class Part:
    """A block made ready to print.

    Attributes
    ----------
    type : str
        What the template draws.
    values : dict
        What it draws it from; of a list, ``items``.
    lines : float
        Height; of a list, that of one item.
    is_list : bool
        Can be cut; ``more`` then says how many items were.
    """

    type: str
    values: dict
    lines: float
    is_list: bool = False
    more: int = 0

    @property
    def height(self):
        if not self.is_list:
            return self.lines
        return len(self.values["items"]) * self.lines + bool(self.more)

    def cut(self, most):
        """Return the part with ``most`` items; the line that says so replaces one."""
        if not self.is_list or len(self.values["items"]) <= most:
            return self
        items = self.values["items"]
        kept = items[: most - 1]
        values = {**self.values, "items": kept}
        return replace(self, values=values, more=len(items) - len(kept))


@dataclass(frozen=True)
class Section:
    """A tile made ready to print: title, words at its right, list of Part."""

    title: str
    note: str
    parts: list

    @property
    def height(self):
        return HEADING_LINES + sum(part.height for part in self.parts)

    def cut(self, most):
        return replace(self, parts=[part.cut(most) for part in self.parts])


def arrange(sections, most_lines=COLUMN_LINES):
    """Put sections into two columns that fit the page.

    Lists become shorter as far as need be; then the last sections go.

    :param sections: list of Section, what matters most first
    :param most_lines: height of a column
    :return: (list of two lists of Section, list of titles left out)
    """
    for most in LIST_LENGTHS:
        cut = [section.cut(most) for section in sections]
        columns, left_out = _fill(cut, most_lines)
        if not left_out:
            break
    return columns, [section.title for section in left_out]


def _fill(sections, most_lines):
    """Put each section below the shorter column, or aside where it has no room."""
    columns, heights, left_out = [[], []], [0, 0], []
    for section in sections:
        shorter = heights.index(min(heights))
        if heights[shorter] + section.height > most_lines:
            left_out.append(section)
            continue
        columns[shorter].append(section)
        heights[shorter] += section.height
    return columns, left_out


def count_lines(words, letters=LETTERS_A_LINE):
    """Return how many lines words need, at least one."""
    wide = sum(east_asian_width(letter) in "WF" for letter in words)
    return max(1, -(-(len(words) + wide) // letters))
