# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import tickets
from . import problems
from . import customer_problems
from . import timeline
from . import customer_ticket_events
from . import reasons
