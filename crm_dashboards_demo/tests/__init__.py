# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import test_companies
from . import test_dashboards
from . import test_filling
from . import test_made_up
from . import test_refusal
from . import test_rows
