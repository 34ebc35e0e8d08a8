# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import customers
from . import alerts
from . import customer_month
from . import calls
from . import rates
from . import sales
from . import timeline
from . import documents
from . import meetings
from . import messages
