# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What happened with a customer, or is going to: one line of a timeline."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from odoo import fields

from .. import blocks

TEXT_LENGTH = 120  # characters of a line
PLAIN_SPACES = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True)
class Event:
    """A line of a timeline.

    Attributes
    ----------
    moment : datetime
        UTC, without zone; the line's place in the timeline.
    record : odoo.models.Model
        What a click opens.
    kind : str
        What it is, in a word: Call, Note, Order.
    text : str
        What it says, plain; an event without words is not shown.
    icon : str
        Class of Font Awesome.
    people : tuple of str
        Who did it or will, and with whom.
    day : date or None
        In place of the moment, where only the day is known.
    is_overdue : bool
        It should have happened already.
    is_automatic : bool
        Odoo noted it by itself, maybe about another event.
    """

    moment: datetime
    record: object
    kind: str
    text: str
    icon: str
    people: tuple = ()
    day: date | None = None
    is_overdue: bool = False
    is_automatic: bool = False

    @property
    def subtitle(self):
        """Who and with whom, as small words below the text."""
        return " · ".join(filter(None, self.people))

    def to_line(self, key):
        """Return the event as a line of a timeline block.

        :param str key: of the drill that opens the record
        """
        return blocks.TimelineEvent(
            icon=self.icon,
            title=self.text,
            subtitle=self.subtitle,
            datetime=fields.Datetime.to_string(self.moment),
            drill=blocks.Drill(key, self.record.id),
            cell=blocks.day(self.day) if self.day else False,
            tone="negative" if self.is_overdue else False,
        )


def shorten(words):
    """Return the beginning of a text in one line, cut between two words."""
    # No-break spaces stay: they hold amounts together.
    line = PLAIN_SPACES.sub(" ", words or "").strip()
    if len(line) <= TEXT_LENGTH:
        return line
    start = line[: TEXT_LENGTH - 1]
    return f"{start.rpartition(' ')[0] or start} …"


def tell(kind, words):
    """Return a kind with what it says, such as "Call: asked for samples"."""
    return shorten(f"{kind}: {words}" if words else kind)
