from . import crm_reactivation
