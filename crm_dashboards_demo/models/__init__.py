from . import crm_dashboard_demo
