from . import tickets
from . import problems
from . import customer_problems
from . import timeline
from . import customer_ticket_events
