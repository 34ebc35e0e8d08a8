# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
import time

from odoo import models

from ..optional import FILLERS, fill_missing
from ..records import known, wholesale

_logger = logging.getLogger(__name__)

MODULE = "crm_dashboards_demo"


class CrmDashboardDemo(models.AbstractModel):
    """Writes the wholesaler once the addon is installed, and later what is missing."""

    _name = "crm.dashboard.demo"
    _description = "Demo of CRM Dashboards"

    def _register_hook(self):
        """Fill the database when an addon was installed or updated just now.

        Only then are all models there, and the chart of accounts of a new database:
        Odoo itself loads it in a hook like this one. A filler's addon may come later.
        """
        super()._register_hook()
        registry = self.env.registry
        if not registry.ready and {MODULE, *FILLERS} & set(registry.updated_modules):
            self._fill()

    def _fill(self):
        """Write what is not there yet, and say in the log what it was."""
        started = time.monotonic()
        if not known.find(self.env, "company_main"):
            wholesale.make(self.env)
        filled = fill_missing(self.env, known.find(self.env, "company_main"))
        if filled:
            _logger.info("Filled %s", ", ".join(filled))
        _logger.info("Demo complete after %.1f s", time.monotonic() - started)
