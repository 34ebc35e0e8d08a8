from . import ir_config_parameter
from . import crm_customer_metric
from . import crm_written_summary
from . import res_config_settings
from . import crm_dashboard_tile
