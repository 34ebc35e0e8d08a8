# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import test_demo_tile
from . import test_invariant
from . import test_night_phase
from . import test_demo_dashboard
from . import test_open_doors
