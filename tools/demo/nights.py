# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The nightly job on the nights of the last week, as if the demo had been there."""

import contextlib
import datetime
from unittest import mock

from odoo import fields

NIGHTS = 8
HOUR = datetime.time(1, 15)


def relive(env, clock):
    """Make the figures of every company as of each of the last nights, and as of now.

    What moved in the week is then known from the job itself. Orders count up to each
    night; nothing else is put back.
    """
    if "crm.metric.refresh" not in env:
        return
    for back in range(NIGHTS, 0, -1):
        night = clock.today() - datetime.timedelta(days=back - 1)
        moment = clock.at(night, HOUR)
        if moment < clock.now():
            _refresh(env, moment)
    _refresh(env, clock.now())


def _refresh(env, moment):
    with _at(moment):
        for company in env["res.company"].search([]):
            env["crm.metric.refresh"]._refresh_company(company)


@contextlib.contextmanager
def _at(moment):
    """Let Odoo take ``moment``, naive in UTC, for now."""
    with mock.patch.object(fields.Datetime, "now", lambda *_args: moment):
        yield
