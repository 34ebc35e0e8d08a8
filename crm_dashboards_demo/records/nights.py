# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The nightly job on the nights of the last week, as if the demo had been there."""

import contextlib
import datetime
import threading
from unittest.mock import patch

from odoo import fields

NIGHTS = 8
HOUR = datetime.time(1, 15)


def relive(companies, clock):
    """Make the figures of companies as of each of the last nights, and as of now.

    What moved in the week is then known from the job itself. Orders count up to each
    night; nothing else is put back.
    """
    for back in range(NIGHTS, 0, -1):
        night = clock.today() - datetime.timedelta(days=back - 1)
        moment = clock.at(night, HOUR)
        if moment < clock.now():
            _refresh(companies, moment)
    _refresh(companies, clock.now())


def _refresh(companies, moment):
    with _at(moment):
        for company in companies:
            company.env["crm.metric.refresh"]._refresh_company(company)


@contextlib.contextmanager
def _at(moment):
    """Let Odoo take ``moment``, naive in UTC, for now: in this thread alone."""
    now, here = fields.Datetime.now, threading.get_ident()

    def now_there(*args):
        return moment if threading.get_ident() == here else now(*args)

    with patch.object(fields.Datetime, "now", now_there):
        yield
