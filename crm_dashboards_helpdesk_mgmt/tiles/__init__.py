from . import problems
from . import customer_ticket_events
