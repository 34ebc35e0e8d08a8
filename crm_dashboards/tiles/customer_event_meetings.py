from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .customer_event import Event, tell


class CrmDashboardTile(models.Model):
    """Meetings with a customer; others' private ones are told as "Busy"."""

    _inherit = "crm.dashboard.tile"

    @api.model
    def _get_meeting_domain(self, scope):
        """Return the domain of meetings with the customer or on its opportunities.

        A guest who declined was not there.
        """
        guest = self._get_customer_domain(scope)
        guest &= Domain("state", "!=", "declined")
        domain = Domain("attendee_ids", "any", guest)
        opportunities = self.env["crm.lead"].with_context(active_test=False)
        if opportunities.has_access("read"):
            query = opportunities._search(
                self._get_document_domain(scope, "partner_id")
            )
            domain |= Domain("opportunity_id", "in", query)
        return domain

    @api.model
    def _get_meeting_events(self, scope, limit):
        """Meetings that have ended, but those noted on a document when done."""
        meetings = self.env["calendar.event"]
        self.env["mail.activity"].flush_model()
        domain = self._get_meeting_domain(scope)
        domain &= Domain("stop", "<", fields.Datetime.now())
        query = meetings._search(domain, order="start DESC, id DESC", limit=limit)
        query.add_where(
            SQL(
                """
                NOT EXISTS (
                    SELECT FROM mail_activity activity
                     WHERE activity.calendar_event_id = %(meeting)s
                       AND NOT activity.active
                       AND activity.date_done IS NOT NULL
                       AND %(done_for)s IN %(customers)s)
                """,
                meeting=SQL.identifier(query.table, "id"),
                done_for=self.env["crm.engagement"]._get_activity_customer_sql(),
                customers=scope.entity_ids,
            )
        )
        return [
            self._get_meeting_event(meeting, scope)
            for meeting in meetings.browse(query)
        ]

    @api.model
    def _get_meeting_event(self, meeting, scope):
        kind = self.env._("Meeting")
        guests = self.env["res.partner"]
        if not self._is_private(meeting):
            guests = meeting.partner_ids.filtered(
                lambda partner: (
                    partner.sudo().commercial_partner_id.id in scope.entity_ids
                )
            )
        return Event(
            moment=self._get_meeting_start(meeting),
            day=meeting.start_date if meeting.allday else None,
            record=meeting,
            kind=kind,
            text=tell(kind, self._get_meeting_words(meeting)),
            icon="fa-users",
            people=(*guests.sudo().mapped("name"), self._name_user(meeting.user_id)),
        )

    @api.model
    def _get_meeting_start(self, meeting):
        if meeting.allday:
            return self._get_moment(meeting.start_date)
        return meeting.start

    @api.model
    def _get_meeting_words(self, meeting):
        return self.env._("Busy") if self._is_private(meeting) else meeting.name

    @api.model
    def _is_private(self, meeting):
        """Whether the words of a meeting are kept from the user."""
        return bool(meeting) and meeting._check_private_event_conditions()

    @api.model
    def _get_upcoming_meetings(self, scope, limit):
        """Meetings that have not ended."""
        domain = self._get_meeting_domain(scope)
        domain &= Domain("stop", ">=", fields.Datetime.now())
        meetings = self.env["calendar.event"].search(
            domain, order="start, id", limit=limit
        )
        return [self._get_meeting_event(meeting, scope) for meeting in meetings]
