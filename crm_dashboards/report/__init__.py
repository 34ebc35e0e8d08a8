from . import workbook_export
from . import figure_terms
from . import orders_report
from . import rfm_report
from . import workbook
from . import dashboard_workbook
from . import report_workbook
from . import workbook_download
