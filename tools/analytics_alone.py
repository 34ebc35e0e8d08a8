# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Import this first to use the ``analytics`` of addons without Odoo.

An addon's own ``__init__`` imports Odoo, so a bare package of the same name and path
stands in for it.
"""

import sys
import types
from pathlib import Path

for _folder in Path(__file__).parents[1].glob("crm_dashboards*/analytics"):
    _addon = types.ModuleType(_folder.parent.name)
    _addon.__path__ = [str(_folder.parent)]
    sys.modules.setdefault(_addon.__name__, _addon)
