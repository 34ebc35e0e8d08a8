from . import workbook_base
from . import dashboard_workbook
from . import report_workbook
from . import workbook_download
