from . import crm_reactivation_wizard
