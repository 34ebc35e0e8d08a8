# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.exceptions import AccessError
from odoo.tools import SQL, LazyTranslate

from .. import blocks
from ..mixins.event import Event, tell

_lt = LazyTranslate(__name__)

UPCOMING_COUNT = 10
UPCOMING_LIST_COUNT = 200


class CrmTileCustomerUpcoming(models.AbstractModel):
    """Visits, calls, meetings and tasks to come, the overdue ones first."""

    _name = "crm.tile.customer_upcoming"
    _inherit = "crm.tile.messages.mixin"
    _description = "Tile: Upcoming Activities"
    _print_place = 30
    _purpose = _lt("What is planned with the customer, the overdue first.")

    _report_action = "crm_dashboards.crm_customer_event_action"

    def _get_content(self, scope):
        events = self._collect_upcoming(scope, UPCOMING_COUNT)
        if not events:
            return self._empty(self.env._("Nothing is planned with this customer."))
        more = False
        if scope.customer.has_access("write"):
            more = blocks.Link(self.env._("Schedule"), blocks.Drill("schedule"))
        return self._ready(self._make_timeline(events, more=more))

    def _get_upcoming_sources(self):
        """Return the methods that find what is planned; an addon adds its own.

        Each takes (scope, limit) and returns a list of Event, the earliest first.
        """
        return [self._get_upcoming_activities, self._get_upcoming_meetings]

    def _collect_upcoming(self, scope, count):
        """Return the first ``count`` events to come; a meeting once.

        :return: list of Event
        """
        events = []
        for source in self._get_upcoming_sources():
            try:
                events += source(scope, count)
            except AccessError:  # not the user's kind of record
                continue
        events.sort(key=lambda event: (event.moment, event.record._name))
        meetings, once = set(), []
        for event in events:
            if event.record._name == "calendar.event":
                if event.record in meetings:
                    continue
                meetings.add(event.record)
            once.append(event)
        return self._tell_companies(once[:count], scope)

    def _get_upcoming_activities(self, scope, limit):
        """Open activities on the customer's documents; at the time of their meeting."""
        activities = self._search_activities(scope, SQL("date_deadline"), limit)
        names = self._name_documents(activities, "res_model", "res_id", scope)
        return [
            self._make_activity_event(scope, activity, names[activity])
            for activity in activities
        ]

    def _make_activity_event(self, scope, activity, document_name):
        kind = self._get_activity_kind(activity)
        meeting = activity.calendar_event_id
        day = activity.date_deadline
        late = self._tell_days_overdue(scope, day)
        has_time = bool(meeting) and not meeting.allday and not late
        document = self.env[activity.res_model].browse(activity.res_id)
        return Event(
            moment=meeting.start if has_time else self._get_moment(scope, day),
            day=None if has_time else day,
            record=meeting or document,
            kind=kind,
            text=tell(kind, self._get_activity_words(activity)),
            icon=activity.activity_type_id.sudo().icon or "fa-clock-o",
            people=(
                self._name_contact(document),
                document_name,
                self._name_user(activity.user_id),
                late,
            ),
            is_overdue=bool(late),
        )

    def _name_contact(self, document):
        """Return the person in the customer whom a document is with, if it says so."""
        if "partner_id" not in document._fields:
            return ""
        contact = document.sudo().partner_id
        return contact.name if contact.parent_id else ""

    def _tell_days_overdue(self, scope, day):
        """Return "2 days overdue", empty if the day has not passed."""
        days = (scope.today - day).days
        if days <= 0:
            return ""
        if days == 1:
            return self.env._("1 day overdue")
        return self.env._("%s days overdue", days)

    def _open(self, scope, drill):
        """Open all that is planned, the dialog that plans more, or a record."""
        key, value = self._check_event_drill(drill, schedule=self._is_all)
        if key == "schedule":
            return self.env["crm.call.wizard"]._get_action(scope.customer, "plan")
        if key:
            return self._open_event_record(key, value)
        return self.env["crm.customer.event"]._open_list(
            scope.customer,
            self.env._("Upcoming Activities of %s", scope.customer.display_name),
            self._collect_upcoming(scope, UPCOMING_LIST_COUNT),
            is_upcoming=True,
        )
