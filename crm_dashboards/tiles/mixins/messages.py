# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re

from lxml import html

from odoo import fields, models
from odoo.tools import SQL, format_date, format_datetime, format_list
from odoo.tools.mail import html_to_inner_content

from ...models.date_words import format_day
from ...models.plain import is_id
from ...nightly.periods import FIRST_MOMENT, LAST_MOMENT
from .event import Event, shorten, tell

# What these say, the event of the order or invoice itself says already.
TOLD_BY_DOCUMENTS = (
    "sale.mt_order_confirmed",
    "account.mt_invoice_validated",
)
MEETING_LINKS = ".//*[@data-oe-model='calendar.event']/@data-oe-id"
LONGEST_ID = 10  # digits
SPACE_BEFORE_COLON = re.compile(r"\s+:")
SPACES = re.compile(r"\s+")
MAIL_TYPES = ("email", "email_outgoing", "auto_comment", "out_of_office")


class CrmTileMessagesMixin(models.AbstractModel):
    """What was noted on a customer's documents: activities, mails, notes, changes.

    A done activity leaves an archived activity and a message; the message is the event.
    """

    _name = "crm.tile.messages.mixin"
    _inherit = "crm.tile.meetings.mixin"
    _description = "Tile With Messages"

    def _get_message_events(self, scope, limit):
        """Done activities, notes, mails and changes, as the chatter has them."""
        messages = self._search_latest_messages(scope, limit)
        contents = {
            **self._tell_messages(messages),
            **self._tell_sent_quotations(messages),
            **self._tell_private_meetings(messages),
        }
        names = self._name_documents(messages, "model", "res_id", scope)
        return [
            Event(
                moment=message.date,
                record=self.env[message.model].browse(message.res_id),
                kind=kind,
                text=text,
                icon=icon,
                people=(self._name_author(message), names[message]),
                is_automatic=self._is_automatic(message),
            )
            for message in messages
            for kind, icon, text in [contents[message]]
        ]

    def _search_latest_messages(self, scope, limit):
        messages = self.env["mail.message"]
        messages.flush_model(["model", "res_id", "date", "message_type", "subtype_id"])
        told = [
            subtype_id
            for xmlid in TOLD_BY_DOCUMENTS
            if (subtype_id := self.env["ir.model.data"]._xmlid_to_res_id(xmlid))
        ]
        ids = self._search_latest(
            "mail_message",
            ("model", "res_id"),
            scope,
            SQL(
                "item.message_type <> 'user_notification'"
                " AND item.date BETWEEN %s AND %s"
                " AND (item.subtype_id IS NULL OR item.subtype_id <> ALL(%s))",
                FIRST_MOMENT,
                fields.Datetime.now(),
                told,
            ),
            SQL("item.date DESC, item.id DESC"),
            limit,
        )
        return messages.search([("id", "in", ids)], order="date DESC, id DESC")

    def _is_automatic(self, message):
        is_notification = message.message_type == "notification"
        return is_notification and not message.mail_activity_type_id

    def _name_author(self, message):
        return message.sudo().author_id.name or message.email_from

    # ------------------------------------------------------------------
    # What a message says
    # ------------------------------------------------------------------

    def _tell_messages(self, messages):
        """Return {message: (kind, icon, text)}, the text empty where it has none."""
        return {message: self._tell_message(message) for message in messages}

    def _tell_message(self, message):
        activity_type = message.mail_activity_type_id.sudo()
        if activity_type:
            kind, words = activity_type.name, self._get_act_words(message.body)
            # Odoo's own words of a done activity begin with the type.
            text = shorten(words) if words.startswith(kind) else tell(kind, words)
            return kind, activity_type.icon or "fa-check", text
        words = self._get_plain_text(message.body)
        if message.message_type == "notification":
            kind = self.env._("Change")
            changes = self._tell_changes(message)
            text = changes or words or message.subtype_id.sudo().description
            return kind, "fa-exchange", shorten(text)
        if message.is_internal or message.subtype_id.sudo().internal:
            kind, icon = self.env._("Note"), "fa-pencil"
        elif message.message_type in MAIL_TYPES:
            kind, icon = self.env._("E-mail"), "fa-envelope"
            words = message.subject or words
        else:
            kind, icon = self.env._("Message"), "fa-comment"
        if not words and message.sudo().attachment_ids:
            words = format_list(
                self.env, message.sudo().attachment_ids.mapped("name"), "unit"
            )
        return kind, icon, tell(kind, words) if words else ""

    def _get_act_words(self, body):
        """Return what was done and what came of it, in one line.

        Odoo's message of a done activity has headings, and the note of when it was
        planned: neither is told.
        """
        root = self._parse(body)
        for title in root.find_class("o_mail_note_title"):
            note = title.getnext()
            if note is not None:
                note.drop_tree()
            title.drop_tree()
        for heading in root.find_class("fw-bold"):
            heading.drop_tree()
        if len(root) == 1 and root[0].tag == "div":
            root = root[0]
        parts = [root.text or "", *(part.text_content() for part in root)]
        plain = [self._normalize_spaces(part) for part in parts]
        return " · ".join(filter(None, plain))

    def _parse(self, body):
        return html.fragment_fromstring(body or "", create_parent="div")

    def _get_linked_meetings(self, body):
        """Return the ids of the meetings that a message's body links to."""
        return [
            int(link)
            for link in self._parse(body).xpath(MEETING_LINKS)
            if link.isdecimal() and len(link) <= LONGEST_ID and is_id(int(link))
        ]

    def _normalize_spaces(self, text):
        return SPACE_BEFORE_COLON.sub(":", SPACES.sub(" ", text)).strip()

    def _get_plain_text(self, body):
        return self._normalize_spaces(html_to_inner_content(body))

    def _tell_changes(self, message):
        """Return the tracked changes that the user may read, in a line."""
        # The model of tracked values is the administrator's: the message and the
        # fields decide who reads them, as in the chatter.
        changes = message.sudo().tracking_value_ids._filter_has_field_access(self.env)
        return ", ".join(
            f"{change['fieldInfo']['changedField']}: {self._tell_change(change)}"
            for change in changes._tracking_value_format()
        )

    def _tell_change(self, change):
        return self.env._(
            "%(before)s → %(now)s",
            before=self._format_change(change, "oldValue"),
            now=self._format_change(change, "newValue"),
        )

    def _format_change(self, change, key):
        value, info = change[key], change["fieldInfo"]
        if info["fieldType"] == "boolean":
            return self.env._("Yes") if value else self.env._("No")
        if value in (False, None, ""):
            return self.env._("none")
        if info["fieldType"] == "date":
            return format_date(self.env, value)
        if info["fieldType"] == "datetime":
            return format_datetime(self.env, fields.Datetime.to_datetime(value[:-1]))
        if info["fieldType"] == "monetary":
            currency = self.env["res.currency"].browse(info["currencyId"])
            return (currency or self.env.company.currency_id).format(value)
        return str(value)

    def _tell_sent_quotations(self, messages):
        """Tell those by which a quotation was sent, by the rule of engagements."""
        orders = messages.filtered(lambda message: message.model == "sale.order")
        if not orders:
            return {}
        engagements = self.env["crm.engagement"].sudo()
        sent = engagements._get_sent_quotations_sql(
            SQL("message.id IN %s", tuple(orders.ids))
        )
        query = SQL("SELECT res_id, date FROM (%s) sent", sent)
        found = set(self.env.execute_query(query))
        if not found:
            return {}
        quotation_sent = self.env.ref(
            "crm_dashboards.mail_activity_type_quotation_sent"
        ).sudo()
        return {
            message: (
                quotation_sent.name,
                quotation_sent.icon,
                tell(quotation_sent.name, message.subject),
            )
            for message in orders
            if (message.res_id, message.date) in found
        }

    def _tell_private_meetings(self, messages):
        """Tell what Odoo noted of others' private meetings without a word of them."""
        linked = {
            message: self.env["calendar.event"].browse(
                self._get_linked_meetings(message.body)
            )
            for message in messages
        }
        existing = self.env["calendar.event"].union(*linked.values()).exists()
        done = self._get_private_activities(messages)
        kind = self.env._("Meeting")
        busy = tell(kind, self.env._("Busy"))
        return {
            message: (kind, "fa-users", busy)
            for message, meetings in linked.items()
            if any(self._is_private(meeting) for meeting in meetings & existing)
            or (message.model, message.res_id, message.mail_activity_type_id) in done
        }

    def _get_private_activities(self, messages):
        """Return (model, id, type) of done activities of others' private meetings."""
        typed = messages.filtered("mail_activity_type_id")
        if not typed:
            return set()
        # As superuser, for only whether the user may read the meeting is asked.
        activities = (
            self.env["mail.activity"]
            .sudo()
            .with_context(active_test=False)
            .search(
                [
                    ("calendar_event_id", "!=", False),
                    ("active", "=", False),
                    ("res_model", "in", typed.mapped("model")),
                    ("res_id", "in", typed.mapped("res_id")),
                ]
            )
        )
        return {
            (activity.res_model, activity.res_id, activity.activity_type_id)
            for activity in activities.sudo(False)
            if self._is_private(activity.sudo().calendar_event_id.sudo(False))
        }

    # ------------------------------------------------------------------
    # Open activities
    # ------------------------------------------------------------------

    def _search_activities(self, scope, order, limit):
        """Return the open activities on the customer's documents, as the user."""
        activities = self.env["mail.activity"]
        activities.flush_model(["active", "res_model", "res_id", "date_deadline"])
        ids = self._search_latest(
            "mail_activity",
            ("res_model", "res_id"),
            scope,
            SQL(
                "item.active AND item.date_deadline BETWEEN %s AND %s",
                FIRST_MOMENT.date(),
                LAST_MOMENT.date(),
            ),
            SQL("item.%s, item.id DESC", order),
            limit,
        )
        return activities.browse(ids)._filtered_access("read")

    def _get_planned_events(self, scope, limit):
        """Activities that were planned and are not done yet, when they were planned."""
        activities = self._search_activities(scope, SQL("create_date DESC"), limit)
        names = self._name_documents(activities, "res_model", "res_id", scope)
        return [
            Event(
                moment=activity.create_date,
                record=self._get_planned_record(activity),
                kind=self._get_activity_kind(activity),
                text=tell(
                    self.env._("%s planned", self._get_activity_kind(activity)),
                    self._get_activity_words(activity),
                ),
                icon=activity.activity_type_id.sudo().icon or "fa-clock-o",
                people=(
                    self._name_user(activity.create_uid),
                    names[activity],
                    self.env._("for %s", format_day(self.env, activity.date_deadline)),
                ),
            )
            for activity in activities
        ]

    def _get_planned_record(self, activity):
        """Return what a click opens: the activity, unless its words are not told."""
        if self._is_private(activity.calendar_event_id):
            return self.env[activity.res_model].browse(activity.res_id)
        return activity

    def _get_activity_kind(self, activity):
        return activity.activity_type_id.sudo().name or self.env._("Activity")

    def _get_activity_words(self, activity):
        """Return what an activity is about; of others' private meetings, "Busy"."""
        meeting = activity.calendar_event_id
        if self._is_private(meeting):
            return self._get_meeting_words(meeting)
        return activity.summary or self._get_plain_text(activity.note)
