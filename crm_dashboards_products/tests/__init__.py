# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import test_leaving_quietly
from . import test_not_leaving
from . import test_customer_lines
from . import test_line_decisions
from . import test_invariant
from . import test_could_buy
from . import test_our_drafts
from . import test_quotes_to_follow_up
from . import test_doors
from . import test_reason
from . import test_quotation_stake
