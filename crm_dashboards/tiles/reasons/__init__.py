# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import crm_reason
from . import missing_order
from . import moved_down
from . import needs_engagement
from . import open_quotation
from . import overdue_payment
from . import crm_who_next
