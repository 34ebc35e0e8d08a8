# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from ..models.record_action import open_record
from ..models.rpc import rpc


class CrmCustomerEvent(models.TransientModel):
    """What happened with a customer, as a user saw it a moment ago.

    Events come from many models and their words are read with the rights of who looks.
    The list behind a timeline therefore is a copy for this user only, made anew each
    time it is opened.
    """

    _name = "crm.customer.event"
    _description = "Event of a Customer"
    _order = "sequence, id"
    _rec_name = "text"

    sequence = fields.Integer()
    customer_id = fields.Many2one("res.partner", required=True, ondelete="cascade")
    is_upcoming = fields.Boolean()
    day = fields.Date("Date", readonly=True)
    date = fields.Datetime("Time", readonly=True)
    kind = fields.Char(readonly=True)
    text = fields.Char("What", readonly=True)
    people = fields.Char("Who", readonly=True)
    is_overdue = fields.Boolean("Overdue", readonly=True)
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", readonly=True)

    def _open_list(self, customer, title, events, is_upcoming=False):
        """Return the action that opens ``events`` of ``customer`` as a list.

        :param events: list of Event, in the order of the list
        """
        former = [
            ("create_uid", "=", self.env.uid),
            ("customer_id", "=", customer.id),
            ("is_upcoming", "=", is_upcoming),
        ]
        writable = self.sudo()  # users may only read their lists
        writable.search(former).unlink()
        writable.create(
            [
                {
                    "sequence": sequence,
                    "customer_id": customer.id,
                    "is_upcoming": is_upcoming,
                    **self._prepare_event(event),
                }
                for sequence, event in enumerate(events)
            ]
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_dashboards.crm_customer_event_action"
        )
        action["name"] = action["display_name"] = title
        # What is opened from the list is read in the same companies.
        action["context"] = {"allowed_company_ids": self.env.companies.ids}
        action["domain"] = [
            ("customer_id", "=", customer.id),
            ("is_upcoming", "=", is_upcoming),
        ]
        return action

    def _prepare_event(self, event):
        """Return the values of a line, without time where only the day is known."""
        moment = fields.Datetime.context_timestamp(self, event.moment)
        return {
            "day": event.day or moment.date(),
            "date": not event.day and event.moment,
            "kind": event.kind,
            "text": event.text,
            "people": event.subtitle,
            "is_overdue": event.is_overdue,
            "res_model": event.record._name,
            "res_id": event.record.id,
        }

    @rpc(one=True)
    def action_open_record(self):
        """Open what the event is about, if the user still may read it."""
        return open_record(self.env[self.res_model].browse(self.res_id))
