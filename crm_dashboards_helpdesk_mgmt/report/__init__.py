from . import problems_report
