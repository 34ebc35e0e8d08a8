# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import sql_field_mixin
from . import net_value_mixin
from . import res_company
from . import kept_fields_mixin
from . import ir_http
from . import res_users
from . import sale_order
from . import sale_order_line
from . import crm_stage
from . import crm_lost_reason
from . import crm_lead
from . import crm_customer_metric
from . import crm_missing_order_decision
from . import mail_activity_type
from . import crm_engagement
from . import crm_reactivation
from . import crm_segment_change
from . import crm_account_manager_change
from . import crm_alert
from . import crm_alert_action
from . import crm_alert_outcome
from . import crm_quotation_change
from . import crm_month_end
from . import crm_month_end_line
from . import crm_month_projection
from . import crm_metric_refresh
from . import crm_metric_backtest
from . import crm_due_line
from . import crm_dashboard_tile_preference
from . import crm_dashboard
from . import crm_dashboard_tile
from . import mail_render_mixin
from . import partner_figures_mixin
from . import res_partner
from . import res_config_settings
