# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import mixin
from . import summary
from . import to_do
from . import nights
from . import left_out
from . import alerts
from . import what_followed
from . import storage
from . import schedule
