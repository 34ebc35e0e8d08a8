# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import workbook_base
from . import dashboard_workbook
from . import report_workbook
from . import workbook_download
