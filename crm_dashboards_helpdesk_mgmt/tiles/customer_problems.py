from odoo import api, models
from odoo.fields import Domain

from odoo.addons.crm_dashboards.tiles import blocks
from odoo.addons.crm_dashboards.tiles.customer_rows import ROW_COUNT

from .problems import TABS


class CrmDashboardTile(models.Model):
    _inherit = "crm.dashboard.tile"

    @api.model
    def _get_customer_problems_domain(self, scope):
        """Return what no facet of the report takes away: companies and customer."""
        companies = self._get_companies(scope)
        return Domain("company_id", "in", companies.ids) & self._get_customer_domain(
            scope
        )

    @api.model
    def _tile_customer_problems(self, scope):
        """Open tickets of the customer, last updated first."""
        ticket = self.env["helpdesk.ticket"]
        domain = self._get_customer_problems_domain(scope) & TABS["open"]
        count = ticket.search_count(domain)
        reading = self._get_problems_reading()
        if not count:
            reason = self.env._("This customer has no open ticket.")
            return self._empty(f"{reason} {reading}".rstrip())
        tickets = ticket.search(
            domain, order="date_last_update DESC, id DESC", limit=ROW_COUNT
        )
        updaters = tickets._get_last_updaters()
        rows = [
            self._get_problem_row(each, updaters[each], with_customer=False)
            for each in tickets
        ]
        return self._ready(
            blocks.note(self.env._("%(count)s open", count=count)),
            {"type": "rows", "rows": rows},
            *([blocks.text(reading)] if reading else []),
        )

    @api.model
    def _open_customer_problems(self, scope, drill):
        """Open the customer's open tickets, or the ticket of a row."""
        key, value = self._check_drill(drill, ticket=self._is_row_id)
        if key == "ticket":
            return self._open_ticket(value)
        return self._get_report_action(
            "crm_dashboards_helpdesk_mgmt.helpdesk_ticket_action_problems_report",
            self._get_customer_problems_domain(scope),
            search_default_open=1,
            **self._get_company_context(scope),
        )
