# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import models
from odoo.exceptions import AccessError
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

EVENT_COUNT = 20
LIST_COUNT = 500  # events of the list behind See More
# Odoo notes changes as the transaction ends, a moment after what caused them.
SAME_ACT = timedelta(minutes=1)


class CrmTileCustomerEvents(models.AbstractModel):
    """One timeline over all that happened with a customer, newest first."""

    _name = "crm.tile.customer_events"
    _inherit = ["crm.tile.messages.mixin", "crm.tile.documents.mixin"]
    _description = "Tile: Latest Events"
    _purpose = _lt("What happened with the customer, the latest first.")

    _report_action = "crm_dashboards.crm_customer_event_action"

    def _get_content(self, scope):
        events = self._collect_events(scope, EVENT_COUNT)
        if not events:
            return self._empty(self.env._("Nothing happened yet that you may read."))
        return self._ready(self._make_timeline(events))

    def _get_event_sources(self):
        """Return the methods that find events; an addon adds its own.

        Each takes (scope, limit) and returns a list of Event, the newest first, not
        more than ``limit``: as many mean that there may be older ones.
        """
        return [
            self._get_message_events,
            self._get_planned_events,
            self._get_meeting_events,
            self._get_order_events,
            self._get_invoice_events,
            self._get_payment_events,
        ]

    def _collect_events(self, scope, count):
        """Return the newest ``count`` events with the customer, without gaps.

        :return: list of Event
        """
        limit = 2 * count  # some say nothing, or what another says
        events, horizon = [], None
        for source in self._get_event_sources():
            try:
                found = source(scope, limit)
            except AccessError:  # not the user's kind of record
                continue
            events += found
            if len(found) >= limit:
                # There may be older ones that were not read: stop where they begin.
                oldest = min(event.moment for event in found)
                horizon = max(horizon or oldest, oldest)
        if horizon:
            events = [event for event in events if event.moment >= horizon]
        events = self._tell_once([event for event in events if event.text])
        events.sort(key=self._get_newest_first_key)
        return self._tell_companies(events[:count], scope)

    def _tell_once(self, events):
        """Leave out what Odoo noted by itself of another event of the record."""
        acts = {}
        for event in events:
            if not event.is_automatic:
                acts.setdefault(event.record, []).append(event.moment)
        return [
            event
            for event in events
            if not event.is_automatic
            or all(
                abs(event.moment - moment) > SAME_ACT
                for moment in acts.get(event.record, ())
            )
        ]

    def _get_newest_first_key(self, event):
        return -event.moment.timestamp(), event.record._name, -event.record.id

    def _open(self, scope, drill):
        """Open the list of events, or the record behind one."""
        key, value = self._check_event_drill(drill)
        if key:
            return self._open_event_record(key, value)
        return self.env["crm.customer.event"]._open_list(
            scope.customer,
            self.env._("Events of %s", scope.customer.display_name),
            self._collect_events(scope, LIST_COUNT),
        )
