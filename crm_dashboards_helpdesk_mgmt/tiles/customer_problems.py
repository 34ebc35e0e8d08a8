# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from odoo.addons.crm_dashboards.tiles import blocks
from odoo.addons.crm_dashboards.tiles.tile import ROW_COUNT

from .tickets import OPEN

_lt = LazyTranslate(__name__)


class CrmTileCustomerProblems(models.AbstractModel):
    """Open tickets of the customer, last updated first."""

    _name = "crm.tile.customer_problems"
    _inherit = "crm.tile.tickets.mixin"
    _description = "Tile: Problems of a Customer"
    _purpose = _lt("What the customer complains about: the tickets that are open.")

    _adds_up_companies = True

    def _get_content(self, scope):
        domain = self._get_fixed_domain(scope) & OPEN
        count = self.env["helpdesk.ticket"].search_count(domain)
        if not count:
            reason = self.env._("This customer has no open ticket.")
            return self._empty(f"{reason} {self._get_problems_reading()}".rstrip())
        return self._ready(
            blocks.Note(self.env._("%(count)s open", count=count)),
            self._make_rows(domain, ROW_COUNT, with_customer=False),
            *self._get_reading_text(),
        )

    def _get_fixed_domain(self, scope):
        """Return what no facet of the report takes away: companies and customer."""
        return Domain("company_id", "in", scope.companies.ids) & (
            scope.get_customer_domain()
        )

    def _open(self, scope, drill):
        """Open the customer's open tickets, or the ticket of a row."""
        key, value = self._check_drill(drill, ticket=self._is_row_id)
        if key == "ticket":
            return self._open_record("helpdesk.ticket", value)
        return self._get_report_action(
            self._get_fixed_domain(scope),
            search_default_open=1,
            **self._get_company_context(scope),
        )
