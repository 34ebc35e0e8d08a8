# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""``python -m tools.accuracy FILE | cdnow``: measure the analytics on a history.

``make accuracy ORDERS=file.csv`` gives the file by the environment.
"""

import json
import os
import sys

from tools.console import say, warn
from tools.order_history import MalformedHistory

from .estimate import Estimate
from .lines import OrderLines
from .load import load
from .protocols import measure

SHORTEST_DAYS = 180


def table(bars, extra):
    """Lines of a table: the figures of the protocol, then the baselines."""
    for name, value in (*bars.items(), ("", None), *extra.items()):
        if isinstance(value, dict):
            for part, share in value.items():
                yield f"{name + ' ' + part:40} {_shown(share)}"
        elif isinstance(value, Estimate):
            shown = f"{name:40} {_shown(value.value)}"
            if value.low is not None:
                chance = f"{value.low:.3f} to {value.high:.3f}"
                shown += f"   n {value.count:6d}   {chance}"
            yield shown
        else:
            yield f"{name:40} {_shown(value) if name else ''}".rstrip()


def _shown(value):
    if value is None:
        return f"{'—':>9}"
    return f"{value:9d}" if isinstance(value, int) else f"{value:9.3f}"


def main(arguments):
    """Print the table and, as the last line, the figures as one JSON object."""
    sources = arguments or list(filter(None, [os.environ.get("ORDERS")]))
    if len(sources) != 1:
        warn("usage: make accuracy ORDERS=file.csv")
        return 2
    try:
        history = load(sources[0])
    except MalformedHistory as error:
        warn(str(error))
        return 1
    length = int(history.day.max()) - int(history.day.min())
    if length < SHORTEST_DAYS:
        warn(f"{length} days of history; measuring takes {SHORTEST_DAYS} or more")
        return 1
    bars, extra = measure(history)
    unit = "order lines" if isinstance(history, OrderLines) else "orders"
    say(f"{len(history.day)} {unit} of {history.customer_count} customers\n")
    for line in table(bars, extra):
        say(line)
    say(json.dumps(_rounded(bars)))
    return 0


def _rounded(value):
    if isinstance(value, Estimate):
        value = value.value
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    return round(value, 4) if isinstance(value, float) else value


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
