# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Makes the slow RFM of the addon's own tests importable without Odoo."""

import sys
import types
from pathlib import Path

from tools import analytics_alone  # noqa: F401

module = types.ModuleType("crm_dashboards.tests")
module.__path__ = [str(Path(__file__).parents[2] / "crm_dashboards" / "tests")]
sys.modules.setdefault(module.__name__, module)
