# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import test_customer_problems
from . import test_problems
from . import test_ticket_events
from . import test_invariant
from . import test_reason
