from . import crm_metric_refresh
