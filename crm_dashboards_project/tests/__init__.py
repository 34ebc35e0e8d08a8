from . import test_task_events
