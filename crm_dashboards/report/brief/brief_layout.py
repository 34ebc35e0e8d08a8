# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Where the sections of a brief stand, so that all of it is on one page."""

from dataclasses import dataclass, replace
from unicodedata import east_asian_width

COLUMN_LINES = 60  # below the head of an A4 page, in lines of 4 mm
LETTERS_A_LINE = 54  # of half a page; a few more fit
HEADING_LINES = 2.25  # a section's title and the gap below it
LEAST, ENOUGH, MOST = 2, 4, 12  # items of a list


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
    """Put sections into two columns that fit the page, and fill it.

    What matters most comes first, with a few items of its lists; what then has no room
    any more goes. The room that is left is given to the lists, an item to each in turn,
    to what matters most first.

    :param sections: list of Section, what matters most first
    :param most_lines: height of a column
    :return: (list of two lists of Section, list of titles left out)
    """
    whole, kept, left_out = [], [], []
    for section in sections:
        for most in (ENOUGH, LEAST):
            short = section.cut(most)
            if _fill([*kept, short], most_lines):
                whole.append(section)
                kept.append(short)
                break
        else:
            left_out.append(section.title)
    places = range(len(kept))
    for most in range(ENOUGH + 1, MOST + 1):
        grown = []
        for place in places:
            longer = [*kept]
            longer[place] = whole[place].cut(most)
            if _fill(longer, most_lines):
                kept = longer
                grown.append(place)
        places = grown
    return _fill(kept, most_lines), left_out


def _fill(sections, most_lines):
    """Put each section below the shorter column.

    :return: list of two lists of Section, None where they do not fit
    """
    columns, heights = [[], []], [0, 0]
    for section in sections:
        shorter = heights.index(min(heights))
        columns[shorter].append(section)
        heights[shorter] += section.height
    return columns if max(heights) <= most_lines else None


def count_lines(words, letters=LETTERS_A_LINE):
    """Return how many lines words need, at least one."""
    wide = sum(east_asian_width(letter) in "WF" for letter in words)
    return max(1, -(-(len(words) + wide) // letters))
