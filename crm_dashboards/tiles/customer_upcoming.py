from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from . import blocks
from .customer_event import Event, tell

UPCOMING_COUNT = 10
UPCOMING_LIST_COUNT = 200


class CrmDashboardTile(models.Model):
    """What is going to happen with a customer."""

    _inherit = "crm.dashboard.tile"

    @api.model
    def _get_upcoming_sources(self):
        """Return the methods that find what is planned; an addon adds its own.

        Each takes (scope, limit) and returns a list of Event, the earliest first.
        """
        return [self._get_upcoming_activities, self._get_upcoming_meetings]

    @api.model
    def _tile_customer_upcoming(self, scope):
        """Visits, calls, meetings and tasks to come, the overdue ones first."""
        events = self._collect_upcoming(scope, UPCOMING_COUNT)
        if not events:
            return self._empty(self.env._("Nothing is planned with this customer."))
        parts = {}
        if self._get_customer(scope).has_access("write"):
            parts["more"] = {
                "label": self.env._("Schedule"),
                "drill": blocks.drill("schedule"),
            }
        return self._ready(self._make_timeline(events, **parts))

    @api.model
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

    @api.model
    def _get_upcoming_activities(self, scope, limit):
        """Open activities on the customer's documents; at the time of their meeting."""
        activities = self._search_activities(scope, SQL("date_deadline"), limit)
        names = self._name_documents(activities, "res_model", "res_id", scope)
        return [
            self._get_upcoming_activity(activity, names[activity])
            for activity in activities
        ]

    @api.model
    def _get_upcoming_activity(self, activity, document_name):
        kind = self._get_activity_kind(activity)
        meeting = activity.calendar_event_id
        day = activity.date_deadline
        late = self._tell_days_overdue(day)
        has_time = bool(meeting) and not meeting.allday and not late
        document = self.env[activity.res_model].browse(activity.res_id)
        return Event(
            moment=meeting.start if has_time else self._get_moment(day),
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

    @api.model
    def _name_contact(self, document):
        """Return the person in the customer whom a document is with, if it says so."""
        if "partner_id" not in document._fields:
            return ""
        contact = document.sudo().partner_id
        return contact.name if contact.parent_id else ""

    @api.model
    def _tell_days_overdue(self, day):
        """Return "2 days overdue", empty if the day has not passed."""
        days = (self._get_viewer_today() - day).days
        if days <= 0:
            return ""
        if days == 1:
            return self.env._("1 day overdue")
        return self.env._("%s days overdue", days)

    @api.model
    def _open_customer_upcoming(self, scope, drill):
        """Open all that is planned, the dialog that plans more, or a record."""
        key, value = self._check_event_drill(
            drill, schedule=lambda value: value is True
        )
        customer = self._get_customer(scope)
        if key == "schedule":
            return customer._get_schedule_action()
        if key:
            return self._open_event_record(key, value)
        return self.env["crm.customer.event"]._open_list(
            customer,
            self.env._("Upcoming Activities of %s", customer.display_name),
            self._collect_upcoming(scope, UPCOMING_LIST_COUNT),
            is_upcoming=True,
        )
