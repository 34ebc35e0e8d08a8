# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import who_next
from . import orders
from . import month_projection
from . import twelve_months
from . import close_rate
from . import rfm
from . import needs_engagement
from . import missing_orders
from . import what_followed
from . import what_followed_campaigns
from . import customer_trend
from . import moved_this_week
from . import segment_months
