from . import agreements_report
