# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain

from odoo.addons.crm_dashboards.tiles.mixins.event import Event, tell

# Of a ticket that was opened again, too: that it was closed once stays true.
CLOSED_TICKET = Domain("closed_date", "!=", False)


class CrmTileCustomerEvents(models.AbstractModel):
    """Tickets of a customer among its events: created and closed.

    What was noted on them comes along, since tickets are documents of engagements.
    """

    _inherit = "crm.tile.customer_events"

    def _get_event_sources(self):
        return super()._get_event_sources() + [
            self._get_created_ticket_events,
            self._get_closed_ticket_events,
        ]

    def _get_created_ticket_events(self, scope, limit):
        """Tickets, when they were created."""
        tickets = self._search_tickets(scope, Domain.TRUE, "create_date", limit)
        return [
            self._get_ticket_event(
                ticket,
                ticket.create_date,
                self.env._("Ticket %s", ticket.number),
                ticket.create_uid,
            )
            for ticket in tickets
        ]

    def _get_closed_ticket_events(self, scope, limit):
        """Tickets, when they were last closed."""
        tickets = self._search_tickets(scope, CLOSED_TICKET, "closed_date", limit)
        return [
            self._get_ticket_event(
                ticket,
                ticket.closed_date,
                self.env._("Ticket %s closed", ticket.number),
                ticket.user_id,
            )
            for ticket in tickets
        ]

    def _search_tickets(self, scope, condition, date_field, limit):
        """Return tickets of the customer as the user, the archived ones too."""
        return (
            self.env["helpdesk.ticket"]
            .with_context(active_test=False)
            .search(
                self._get_document_domain(scope, "partner_id") & condition,
                order=f"{date_field} DESC, id DESC",
                limit=limit,
            )
        )

    def _get_ticket_event(self, ticket, moment, words, user):
        return Event(
            moment=moment,
            record=ticket,
            kind=self.env._("Ticket"),
            text=tell(words, ticket.name),
            icon="fa-life-ring",
            people=(self._name_user(user),),
        )
