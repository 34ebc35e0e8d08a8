# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""``python -m tools.demo.validate FILE``: may this order history be loaded?"""

import sys

from .history import MalformedHistory, read


def main(arguments):
    """Say what the file holds, or what is wrong first; return the exit code."""
    if len(arguments) != 1:
        print("usage: python -m tools.demo.validate FILE", file=sys.stderr)
        return 2
    try:
        history = read(arguments[0])
    except MalformedHistory as error:
        print(error)
        return 1
    print(
        f"{len(history)} orders of {len(set(history.customers))} customers, "
        f"{min(history.dates)} to {max(history.dates)}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
