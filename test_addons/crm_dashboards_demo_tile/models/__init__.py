from . import crm_demo_order_count
from . import crm_metric_refresh
