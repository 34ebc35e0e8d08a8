# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The time that it is inside Odoo's shell."""

from contextlib import contextmanager
from unittest.mock import patch

from odoo import fields


@contextmanager
def at(moment):
    """Let Odoo believe that it is the UTC ``moment``."""
    with (
        patch.object(fields.Datetime, "now", return_value=moment),
        patch.object(fields.Date, "today", return_value=moment.date()),
    ):
        yield
