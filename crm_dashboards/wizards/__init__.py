# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import base_partner_merge
from . import chosen_customers_mixin
from . import crm_undo_mixin
from . import crm_when_mixin
from . import crm_call_wizard
from . import crm_assignment_wizard
from . import crm_assignment_wizard_line
from . import crm_log_engagement
from . import crm_missing_order_wizard
from . import crm_reactivation_wizard
from . import crm_customer_event
