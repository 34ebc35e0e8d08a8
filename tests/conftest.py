# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Settings of the tests that need no Odoo."""

from hypothesis import settings

from tools import analytics_alone  # noqa: F401

# the same examples every time, and no opinion on how long one may take
settings.register_profile("suite", derandomize=True, deadline=None, max_examples=30)
settings.load_profile("suite")
