# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Import this first to use ``crm_dashboards.analytics`` without Odoo.

The addon's own ``__init__`` imports Odoo, so a bare package of the same name and
path stands in for it.
"""

import sys
import types
from pathlib import Path

_addon = types.ModuleType("crm_dashboards")
_addon.__path__ = [str(Path(__file__).parents[1] / "crm_dashboards")]
sys.modules.setdefault("crm_dashboards", _addon)
