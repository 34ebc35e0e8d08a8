# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import test_reactivation_mailing
from . import test_mailing_queue
from . import test_mailing_recipients
from . import test_mailing_texts
from . import test_mailing_view
from . import test_open_expressions
