# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What the commands tell the person who runs them."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Problem(Exception):
    """Something the person can put right; shown as one message without a traceback."""


def say(text: str) -> None:
    """Print ``text`` as a line of its own, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def warn(text: str) -> None:
    """Print ``text`` as a line of its own where errors belong."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


@contextmanager
def step(title: str) -> Iterator[None]:
    """Announce a piece of work, and how long it took once it is done."""
    say(f"• {title} …")
    started = time.monotonic()
    yield
    say(f"  done in {duration(time.monotonic() - started)}")


def duration(seconds: float) -> str:
    """``seconds`` as a person says it: ``0.4 s``, ``12 s``, ``3 min 05 s``."""
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"


def size(count: int) -> str:
    """``count`` bytes in megabytes, as download pages give them."""
    return f"{count / 1e6:.1f} MB"


def complain(problem: Problem) -> None:
    """Print a problem where errors belong."""
    warn(f"\n{problem}")
