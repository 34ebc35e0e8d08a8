from . import problems
from . import customer_ticket_events
from . import customer_problems
