from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.crm_dashboards.tiles import blocks
from odoo.addons.crm_dashboards.tiles.customer_rows import ROW_COUNT

# tab: condition on the ticket
TABS = {
    "all": Domain.TRUE,
    "open": Domain("closed", "=", False),
    "closed": Domain("closed", "=", True),
}
HOUR, DAY = 3600, 86400  # seconds


class CrmDashboardTile(models.Model):
    _inherit = "crm.dashboard.tile"

    @api.model
    def _get_problems_domain(self, scope, tab):
        """Return the domain of the tickets of ``scope`` in a tab."""
        return (
            Domain("company_id", "=", self.env.company.id)
            & scope.get_domain(self.env, "account_manager_id")
            & TABS[tab]
        )

    @api.model
    def _get_problems_tab(self, scope):
        """Return the chosen tab, the open tickets at first."""
        tab = scope.tabs.get("problems")
        return tab if tab in TABS else "open"

    @api.model
    def _tile_problems(self, scope):
        """Tickets of customers, last updated first."""
        ticket = self.env["helpdesk.ticket"]
        counts = {
            tab: ticket.search_count(self._get_problems_domain(scope, tab))
            for tab in ("all", "open")
        }
        counts["closed"] = counts["all"] - counts["open"]
        active = self._get_problems_tab(scope)
        tabs = self._get_problems_tabs(counts, active)
        reading = self._get_problems_reading()
        if not counts[active]:
            reason = self._get_no_problems_reason(active)
            return self._empty(f"{reason} {reading}".rstrip(), tabs=tabs)
        tickets = ticket.search(
            self._get_problems_domain(scope, active),
            order="date_last_update DESC, id DESC",
            limit=ROW_COUNT,
        )
        updaters = tickets._get_last_updaters()
        rows = [self._get_problem_row(each, updaters[each]) for each in tickets]
        return self._ready(
            {"type": "rows", "rows": rows},
            *([blocks.text(reading)] if reading else []),
            tabs=tabs,
        )

    @api.model
    def _get_problems_tabs(self, counts, active):
        labels = {
            "all": self.env._("All"),
            "open": self.env._("Open"),
            "closed": self.env._("Closed"),
        }
        return [
            blocks.tab(tab, labels[tab], tab == active, counts[tab]) for tab in TABS
        ]

    @api.model
    def _get_no_problems_reason(self, tab):
        reasons = {
            "all": self.env._("These customers have no ticket."),
            "open": self.env._("These customers have no open ticket."),
            "closed": self.env._("These customers have no closed ticket."),
        }
        return reasons[tab]

    @api.model
    def _get_problems_reading(self):
        """Say which tickets the user may read, empty if all of them."""
        user = self.env.user
        if user.has_group("helpdesk_mgmt.group_helpdesk_user"):
            return ""
        if user.has_group("helpdesk_mgmt.group_helpdesk_user_own"):
            return self.env._("Of the tickets you may read.")
        return self.env._(
            "Only the tickets you follow: you have no access to the helpdesk."
        )

    @api.model
    def _get_problem_row(self, ticket, updater, with_customer=True):
        parts = [ticket.number, ticket.sudo().category_id.name]
        if with_customer:
            # As in any list, who may read the ticket may read its customer's name.
            customer = ticket.sudo().commercial_partner_id.name
            parts.insert(1, customer or ticket.partner_name or ticket.partner_email)
        return {
            "id": ticket.id,
            "avatar": {
                "user_id": updater.user_ids[:1].id,
                "name": updater.name or self.env._("Somebody unknown"),
            },
            "title": ticket.name,
            "subtitle": " · ".join(filter(None, parts)),
            "cell": self._get_age_cell(ticket.create_date),
            "drill": blocks.drill("ticket", ticket.id),
        }

    @api.model
    def _get_age_cell(self, moment):
        """Return the time since a UTC moment as a cell, in hours on the first day."""
        seconds = (fields.Datetime.now() - moment).total_seconds()
        if seconds >= DAY:
            return blocks.days(seconds // DAY)
        if seconds >= HOUR:
            return blocks.text_cell(self.env._("%s h", int(seconds // HOUR)))
        return blocks.text_cell(self.env._("< 1 h"))

    @api.model
    def _open_problems(self, scope, drill):
        """Open the tickets of the tab, or the ticket of a row."""
        key, value = self._check_drill(drill, ticket=self._is_row_id)
        if key == "ticket":
            return self._open_ticket(value)
        tab = self._get_problems_tab(scope)
        facets = {} if tab == "all" else {f"search_default_{tab}": 1}
        return self._get_report_action(
            "crm_dashboards_helpdesk_mgmt.helpdesk_ticket_action_problems_report",
            Domain("company_id", "=", self.env.company.id),
            **facets,
            **self._get_manager_facets(scope),
        )

    @api.model
    def _open_ticket(self, ticket_id):
        """Return the action that opens the ticket behind a row."""
        ticket = self.env["helpdesk.ticket"].browse(ticket_id)
        ticket.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": ticket._name,
            "res_id": ticket.id,
            "views": [[False, "form"]],
        }
