"""Makes ``crm_dashboards.analytics`` importable without Odoo.

The addon's own ``__init__`` imports Odoo, so a bare package of the same name and
path stands in for it.
"""

import sys
import types
from pathlib import Path

ROOT = Path(__file__).parents[1]

sys.path.insert(0, str(ROOT))
addon = types.ModuleType("crm_dashboards")
addon.__path__ = [str(ROOT / "crm_dashboards")]
sys.modules.setdefault("crm_dashboards", addon)
