from . import blocks
from . import rfm_badge
from . import orders
from . import twelve_months
from . import rfm
