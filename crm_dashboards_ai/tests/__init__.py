# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import test_answer
from . import test_endpoint
from . import test_slots
from . import test_summary
from . import test_summary_access
from . import test_summary_settings
