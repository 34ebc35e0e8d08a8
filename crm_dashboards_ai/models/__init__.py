# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import ir_config_parameter
from . import crm_customer_metric
from . import crm_written_summary
from . import res_config_settings
from . import crm_dashboard_tile
