from . import orders
from . import twelve_months
from . import close_rate
from . import rfm
from . import needs_engagement
from . import missing_orders
from . import customer_trend
from . import moved_this_week
