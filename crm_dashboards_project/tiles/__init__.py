from . import customer_task_events
