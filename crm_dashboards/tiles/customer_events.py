from dataclasses import replace
from datetime import timedelta

from odoo import api, models
from odoo.exceptions import AccessError

from ..models.record_action import open_record
from ..nightly.periods import get_day_start, get_viewer_zone, get_zone_today

EVENT_COUNT = 20
LIST_COUNT = 500  # events of the list behind See More
# Odoo notes changes as the transaction ends, a moment after what caused them.
SAME_ACT = timedelta(minutes=1)


class CrmDashboardTile(models.Model):
    """One timeline over all that happened with a customer."""

    _inherit = "crm.dashboard.tile"

    @api.model
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

    @api.model
    def _tile_customer_events(self, scope):
        """The latest events with the customer, newest first."""
        events = self._collect_events(scope, EVENT_COUNT)
        if not events:
            return self._empty(self.env._("Nothing happened yet that you may read."))
        return self._ready(self._make_timeline(events))

    @api.model
    def _make_timeline(self, events, **parts):
        """Return the block that draws ``events``."""
        keys = self._get_event_keys()
        return {
            "type": "timeline",
            "events": [event.to_line(keys[event.record._name]) for event in events],
            **parts,
        }

    @api.model
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

    @api.model
    def _tell_companies(self, events, scope):
        """Name the company of each event in another company than the current one."""
        if not scope.all_sales:
            return events
        ids = {}
        for event in events:
            ids.setdefault(event.record._name, set()).add(event.record.id)
        names = {
            (model, record.id): record.company_id.name
            for model, record_ids in ids.items()
            if "company_id" in self.env[model]._fields
            # As superuser: of a record that the user may read, the name alone.
            for record in self.env[model].sudo().browse(record_ids)
            if record.company_id - self.env.company
        }
        return [
            replace(
                event,
                people=(
                    *event.people,
                    names.get((event.record._name, event.record.id), ""),
                ),
            )
            for event in events
        ]

    @api.model
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

    @api.model
    def _get_newest_first_key(self, event):
        return -event.moment.timestamp(), event.record._name, -event.record.id

    @api.model
    def _get_moment(self, day):
        """Return the UTC moment at which ``day`` begins for who looks."""
        return get_day_start(get_viewer_zone(self.env), day)

    @api.model
    def _get_viewer_today(self):
        return get_zone_today(get_viewer_zone(self.env))

    @api.model
    def _open_customer_events(self, scope, drill):
        """Open the list of events, or the record behind one."""
        key, value = self._check_event_drill(drill)
        if key:
            return self._open_event_record(key, value)
        customer = self._get_customer(scope)
        return self.env["crm.customer.event"]._open_list(
            customer,
            self.env._("Events of %s", customer.display_name),
            self._collect_events(scope, LIST_COUNT),
        )

    @api.model
    def _check_event_drill(self, drill, **allowed):
        """Check a click on a timeline; see :meth:`_check_drill`."""
        keys = dict.fromkeys(self._get_event_keys().values(), self._is_row_id)
        return self._check_drill(drill, **keys, **allowed)

    @api.model
    def _open_event_record(self, key, record_id):
        """Return the action that opens the record behind an event, if the user may."""
        models_by_key = {key: model for model, key in self._get_event_keys().items()}
        return open_record(self.env[models_by_key[key]].browse(record_id))
