from . import test_customer_problems
from . import test_problems
from . import test_ticket_events
from . import test_invariant
