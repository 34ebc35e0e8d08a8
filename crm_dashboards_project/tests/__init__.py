from . import test_task_events
from . import test_invariant
