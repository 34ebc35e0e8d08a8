# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import test_agreement_access
from . import test_agreement_figures
from . import test_agreement_settlement
from . import test_invariant
from . import test_reason
