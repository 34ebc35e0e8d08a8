"""Makes the plain parts of workbooks importable without Odoo."""

import sys
import types
from pathlib import Path

from tools import analytics_alone  # noqa: F401

_report = types.ModuleType("crm_dashboards.report")
_report.__path__ = [str(Path(__file__).parents[2] / "crm_dashboards" / "report")]
sys.modules.setdefault("crm_dashboards.report", _report)
