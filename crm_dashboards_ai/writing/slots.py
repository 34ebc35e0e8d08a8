# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Few calls at a time, so that a slow model never keeps Odoo from answering."""

import fcntl
from contextlib import contextmanager
from pathlib import Path

MAX_CALLS = 2


def count_slots(workers):
    """Return how many calls may be under way on a server.

    One worker always stays free.

    :param int workers: processes that answer one request at a time each, 0 for a
        server of threads
    """
    return min(MAX_CALLS, workers - 1) if workers else MAX_CALLS


@contextmanager
def occupy_slot(folder, count):
    """Hold one of ``count`` slots, giving whether there was a free one.

    Locks of files hold for all processes of a server, whatever databases they serve,
    and end with a process that is killed.

    :param folder: where the files of the slots are, that server's own
    """
    Path(folder).mkdir(parents=True, exist_ok=True)
    for number in range(count):
        with (Path(folder) / f"call_{number}.lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            yield True
            return
    yield False
