# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from odoo.addons.crm_dashboards.tiles import blocks
from odoo.addons.crm_dashboards.tiles.report import Report
from odoo.addons.crm_dashboards.tiles.tile import ROW_COUNT

from .tickets import OPEN

_lt = LazyTranslate(__name__)

# tab: condition on the ticket
TABS = {
    "all": Domain.TRUE,
    "open": OPEN,
    "closed": Domain("closed", "=", True),
}


class CrmTileProblems(models.AbstractModel):
    """Tickets of customers, last updated first; the open ones at first."""

    _name = "crm.tile.problems"
    _inherit = "crm.tile.tickets.mixin"
    _description = "Tile: Problems"
    _purpose = _lt("What customers complain about, the last updated first.")

    def _get_content(self, scope):
        ticket = self.env["helpdesk.ticket"]
        counts = {
            tab: ticket.search_count(self._get_problems_domain(scope, tab))
            for tab in ("all", "open")
        }
        counts["closed"] = counts["all"] - counts["open"]
        active = self._get_tab(scope, TABS, "open")
        tabs = self._get_problems_tabs(counts, active)
        if not counts[active]:
            reason = self._get_no_problems_reason(active)
            reading = self._get_problems_reading()
            return self._empty(f"{reason} {reading}".rstrip(), tabs=tabs)
        return self._ready(
            self._make_rows(self._get_problems_domain(scope, active), ROW_COUNT),
            *self._get_reading_text(),
            tabs=tabs,
        )

    def _get_problems_domain(self, scope, tab):
        """Return the domain of the tickets of ``scope`` in a tab."""
        return (
            Domain("company_id", "=", scope.company.id)
            & scope.get_manager_domain("crm_account_manager_id")
            & TABS[tab]
        )

    def _get_problems_tabs(self, counts, active):
        labels = {
            "all": self.env._("All"),
            "open": self.env._("Open"),
            "closed": self.env._("Closed"),
        }
        return [
            blocks.Tab(tab, labels[tab], tab == active, counts[tab]) for tab in TABS
        ]

    def _get_no_problems_reason(self, tab):
        reasons = {
            "all": self.env._("These customers have no ticket."),
            "open": self.env._("These customers have no open ticket."),
            "closed": self.env._("These customers have no closed ticket."),
        }
        return reasons[tab]

    # ------------------------------------------------------------------
    # Behind it
    # ------------------------------------------------------------------

    def _open(self, scope, drill):
        """Open the tickets of the tab, or the ticket of a row."""
        key, value = self._check_drill(drill, ticket=self._is_row_id)
        if key == "ticket":
            return self._open_record("helpdesk.ticket", value)
        tab = self._get_tab(scope, TABS, "open")
        facets = {} if tab == "all" else {f"search_default_{tab}": 1}
        return self._get_report_action(
            Domain("company_id", "=", scope.company.id),
            **facets,
            **self._get_manager_facets(scope),
        )

    def _get_report(self):
        reading = self._get_problems_reading()
        return Report(
            title=self.env._("Problems"),
            action=self._report_action,
            domain=Domain("company_id", "in", self.env.companies.ids),
            group_by="category_id",
            chart="count",
            reading_note=reading or self.env._("All tickets of the company"),
            terms=(self._get_scope_term(), *self._get_terms()),
        )
