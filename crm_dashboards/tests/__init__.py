from . import test_open_report
from . import test_access
