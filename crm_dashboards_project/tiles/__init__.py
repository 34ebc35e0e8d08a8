from . import timeline
from . import customer_events
from . import customer_upcoming
