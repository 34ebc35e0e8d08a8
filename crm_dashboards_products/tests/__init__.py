# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import test_leaving_quietly
from . import test_not_leaving
from . import test_customer_lines
from . import test_line_decisions
from . import test_invariant
