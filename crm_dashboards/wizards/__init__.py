from . import base_partner_merge
from . import crm_log_engagement
from . import crm_missing_order_wizard
from . import crm_reactivation_wizard
from . import crm_customer_event
