# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""How good are the figures? The shipped analytics, walked forward over a history."""

from tools import analytics_alone
