from . import test_open_report
