# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import header
from . import at_a_glance
from . import sales_trend
from . import months
from . import next_order
from . import products
from . import due_amount
from . import events
from . import activities
from . import upcoming
