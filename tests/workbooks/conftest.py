# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Makes the plain parts of workbooks importable without Odoo."""

import sys
import types
from pathlib import Path

from tools import analytics_alone  # noqa: F401

FOLDER = Path(__file__).parents[2] / "crm_dashboards" / "report"

for name, folder in (
    ("report", FOLDER),
    ("report.workbook", FOLDER / "workbook"),
    ("report.brief", FOLDER / "brief"),
):
    module = types.ModuleType(f"crm_dashboards.{name}")
    module.__path__ = [str(folder)]
    sys.modules.setdefault(module.__name__, module)
