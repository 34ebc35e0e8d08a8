# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import crm_customer_product_mixin
from . import crm_product_decision_mixin
from . import crm_product_finding_mixin
from . import crm_leaving_line
from . import crm_leaving_decision
from . import crm_metric_refresh
from . import crm_night
from . import crm_product_proposal
from . import crm_proposal_decision
from . import crm_quotation_chance
from . import sale_order
from . import crm_usual_order
