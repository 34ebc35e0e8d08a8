# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...nightly.periods import FIRST_MOMENT, LAST_MOMENT
from .event import Event, tell


class CrmTileMeetingsMixin(models.AbstractModel):
    """Meetings with a customer; others' private ones are told as "Busy"."""

    _name = "crm.tile.meetings.mixin"
    _inherit = "crm.tile.timeline.mixin"
    _description = "Tile With Meetings"

    def _get_meeting_domain(self, scope):
        """Return the domain of meetings with the customer or on its opportunities.

        A guest who declined was not there. Both are looked up beforehand, each by its
        index: together in one condition they make PostgreSQL read all meetings.
        """
        guest = scope.get_customer_domain()
        guest &= Domain("state", "!=", "declined")
        guests = self.env["calendar.attendee"]._search(guest)
        queries = [guests.subselect(SQL.identifier(guests.table, "event_id"))]
        opportunities = self.env["crm.lead"].with_context(active_test=False)
        if opportunities.has_access("read"):
            query = opportunities._search(
                self._get_document_domain(scope, "partner_id")
            )
            meetings = self.env["calendar.event"].sudo()
            queries.append(
                meetings._search(Domain("opportunity_id", "in", query)).subselect()
            )
        found = SQL(" UNION ").join(queries)
        return Domain.custom(
            to_sql=lambda _model, alias, _query: SQL(
                "%s = ANY(ARRAY(%s))", SQL.identifier(alias, "id"), found
            )
        )

    def _get_meeting_events(self, scope, limit):
        """Meetings that have ended, but those noted on a document when done."""
        meetings = self.env["calendar.event"]
        self.env["mail.activity"].flush_model()
        domain = self._get_meeting_domain(scope)
        domain &= Domain("stop", "<", fields.Datetime.now())
        domain &= Domain("start", ">=", FIRST_MOMENT)
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
                customers=tuple(scope.entities.ids),
            )
        )
        return [
            self._make_meeting_event(scope, meeting)
            for meeting in meetings.browse(query)
        ]

    def _make_meeting_event(self, scope, meeting):
        kind = self.env._("Meeting")
        guests = self.env["res.partner"]
        if not self._is_private(meeting):
            guests = meeting.partner_ids.filtered(
                lambda partner: (
                    partner.sudo().commercial_partner_id.id in scope.entities.ids
                )
            )
        return Event(
            moment=self._get_meeting_start(scope, meeting),
            day=meeting.start_date if meeting.allday else None,
            record=meeting,
            kind=kind,
            text=tell(kind, self._get_meeting_words(meeting)),
            icon="fa-users",
            people=(*guests.sudo().mapped("name"), self._name_user(meeting.user_id)),
        )

    def _get_meeting_start(self, scope, meeting):
        if meeting.allday:
            return self._get_moment(scope, meeting.start_date)
        return meeting.start

    def _get_meeting_words(self, meeting):
        return self.env._("Busy") if self._is_private(meeting) else meeting.name

    def _is_private(self, meeting):
        """Whether the words of a meeting are kept from the user."""
        return bool(meeting) and meeting._check_private_event_conditions()

    def _get_upcoming_meetings(self, scope, limit):
        """Meetings that have not ended."""
        domain = self._get_meeting_domain(scope)
        domain &= Domain("stop", ">=", fields.Datetime.now())
        domain &= Domain("start", ">=", FIRST_MOMENT) & Domain("stop", "<", LAST_MOMENT)
        meetings = self.env["calendar.event"].search(
            domain, order="start, id", limit=limit
        )
        return [self._make_meeting_event(scope, meeting) for meeting in meetings]
