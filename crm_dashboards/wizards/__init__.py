from . import crm_missing_order_wizard
