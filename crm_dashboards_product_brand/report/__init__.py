from . import brands_report
