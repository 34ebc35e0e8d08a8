# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import SUPERUSER_ID, fields, models
from odoo.tools import SQL

from ..nightly.periods import FIRST_MOMENT
from .record_action import open_record
from .rpc import rpc

EVERYTHING = SQL("TRUE")
KINDS = {
    "visit": "Visit",
    "call": "Call",
    "meeting": "Meeting",
    "email": "E-mail",
    "other": "Other",
}


class CrmEngagement(models.Model):
    """Active engagements with customers: calls, visits, e-mails, meetings, quotations.

    Three sources say that somebody was in touch with a customer:

    * a message with an activity type that counts, on the customer, one of its contacts
      or one of their documents. Odoo leaves an archived activity too: only the message
      counts;
    * a meeting with the customer that has ended, unless its activity was marked as done
      for the customer, which left such a message;
    * a message that an internal user sent to the customer from a quotation or order.

    It tells when, what and by whom, never the words: a private meeting stays private.
    """

    _name = "crm.engagement"
    _description = "Active Engagement"
    _auto = False
    _order = "date DESC, id DESC"
    _rec_name = "activity_type_id"
    _depends = {
        "mail.message": [
            "author_id",
            "date",
            "is_internal",
            "mail_activity_type_id",
            "message_type",
            "model",
            "res_id",
            "subtype_id",
        ],
        "mail.message.subtype": ["internal"],
        "mail.notification": ["mail_message_id", "res_partner_id"],
        "mail.activity": [
            "active",
            "activity_type_id",
            "calendar_event_id",
            "date_done",
            "res_id",
            "res_model",
        ],
        "mail.activity.type": ["category", "crm_counts_as_engagement"],
        "calendar.event": ["active", "partner_ids", "stop", "user_id"],
        "calendar.attendee": ["event_id", "partner_id", "state"],
        "res.partner": ["commercial_partner_id", "company_id"],
        "res.users": ["partner_id", "share"],
        "res.company": ["partner_id"],
        "crm.lead": ["company_id", "partner_id"],
        "sale.order": ["company_id", "partner_id"],
    }

    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    company_id = fields.Many2one(
        "res.company", readonly=True, help="Of the document; of every company if empty."
    )
    date = fields.Datetime(readonly=True)
    activity_type_id = fields.Many2one("mail.activity.type", "Type", readonly=True)
    kind = fields.Selection(
        list(KINDS.items()), readonly=True, help="The few that one counts."
    )
    user_id = fields.Many2one("res.users", "By", readonly=True)
    res_model = fields.Char("Document Model", readonly=True)
    res_id = fields.Many2oneReference(
        "Document", model_field="res_model", readonly=True
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT engagement.*,
                   CASE WHEN type.id = %(visit)s THEN 'visit'
                        WHEN type.category = 'phonecall' THEN 'call'
                        WHEN type.category = 'meeting' THEN 'meeting'
                        WHEN type.id = %(email)s THEN 'email'
                        ELSE 'other' END AS kind
              FROM (%(engagements)s) engagement
              JOIN mail_activity_type type ON type.id = engagement.activity_type_id
            """,
            visit=self._get_type_id("crm_dashboards.mail_activity_type_visit"),
            email=self._get_type_id("mail.mail_activity_data_email"),
            engagements=self._get_engagements_sql(),
        )

    def _get_engagement_documents(self):
        """Return the models whose messages may be engagements; addons add theirs.

        Each has a ``company_id``; an addon extends ``_depends``, too. Of a contact that
        is no company of the engagement: it is one of each that may use the contact.

        :return: {model: name of its column with the customer or contact}
        """
        return {
            "res.partner": "id",
            "crm.lead": "partner_id",
            "sale.order": "partner_id",
        }

    def _get_engagements_sql(self, messages=EVERYTHING, meetings=EVERYTHING):
        """Return the query of all engagements.

        :param messages: SQL condition on ``message`` (mail_message)
        :param meetings: SQL condition on ``event`` (calendar_event)
        """
        selects = [
            self._get_activities_sql(model, messages)
            for model in self._get_engagement_documents()
        ]
        selects.append(self._get_sent_quotations_sql(messages))
        selects.append(self._get_meetings_sql(meetings))
        return SQL(" UNION ALL ").join(selects)

    def _get_activities_sql(self, model, messages):
        """Return the query of the messages on ``model`` with a type that counts."""
        return SQL(
            """
            SELECT message.id * 2 AS id,
                   contact.commercial_partner_id AS partner_id,
                   %(company)s AS company_id,
                   message.date,
                   message.mail_activity_type_id AS activity_type_id,
                   %(doer)s AS user_id,
                   message.model AS res_model,
                   message.res_id
              FROM mail_message message
              JOIN mail_activity_type type
                ON type.id = message.mail_activity_type_id
               AND type.crm_counts_as_engagement
              JOIN %(table)s document ON document.id = message.res_id
              JOIN res_partner contact ON contact.id = document.%(partner)s
             WHERE message.model = %(model)s
               AND message.mail_activity_type_id IS NOT NULL
               AND message.date BETWEEN %(first)s AND %(now)s
               AND %(messages)s
            """,
            first=FIRST_MOMENT,
            now=fields.Datetime.now(),
            company=SQL("NULL::int4")
            if model == "res.partner"
            else SQL.identifier("document", "company_id"),
            doer=self._get_doer_sql(),
            model=model,
            table=SQL.identifier(self.env[model]._table),
            partner=SQL.identifier(self._get_engagement_documents()[model]),
            messages=messages,
        )

    def _get_sent_quotations_sql(self, messages):
        """Return the query of what people sent to customers from their orders.

        Sending one order lists the customer among the recipients of the message,
        sending several at once only notifies the customer.
        """
        return SQL(
            """
            SELECT message.id * 2 AS id,
                   contact.commercial_partner_id AS partner_id,
                   document.company_id,
                   message.date,
                   type.id AS activity_type_id,
                   doer.id AS user_id,
                   message.model AS res_model,
                   message.res_id
              FROM mail_message message
              JOIN mail_activity_type type
                ON type.id = %(type)s AND type.crm_counts_as_engagement
              JOIN sale_order document ON document.id = message.res_id
              JOIN res_partner contact ON contact.id = document.partner_id
              JOIN res_users doer
                ON doer.id = %(doer)s AND NOT doer.share AND doer.id <> %(bot)s
             WHERE %(is_mail)s
               AND EXISTS (
                   SELECT FROM (
                          SELECT res_partner_id
                            FROM mail_message_res_partner_rel
                           WHERE mail_message_id = message.id
                           UNION ALL
                          SELECT res_partner_id
                            FROM mail_notification
                           WHERE mail_message_id = message.id) recipient
                     JOIN res_partner person ON person.id = recipient.res_partner_id
                    WHERE person.commercial_partner_id = contact.commercial_partner_id)
               AND %(messages)s
            """,
            doer=self._get_doer_sql(),
            bot=SUPERUSER_ID,
            type=self._get_type_id("crm_dashboards.mail_activity_type_quotation_sent"),
            is_mail=self._get_is_mail_sql(),
            messages=messages,
        )

    def _get_is_mail_sql(self):
        """Return the condition on ``message``: a mail from an order.

        Mails that Odoo sends by itself, such as the confirmation of an order, are of
        another type or by OdooBot. What is told soonest of most messages comes first.
        """
        return SQL(
            """
            message.is_internal IS NOT TRUE
            AND message.mail_activity_type_id IS NULL
            AND message.model = 'sale.order'
            AND message.message_type IN ('comment', 'email_outgoing')
            AND (message.subtype_id IN (
                SELECT id FROM mail_message_subtype WHERE internal)) IS NOT TRUE
            AND message.date BETWEEN %(first)s AND %(now)s
            """,
            first=FIRST_MOMENT,
            now=fields.Datetime.now(),
        )

    def _get_touching_messages_sql(self):
        """Return the query of all messages that may be engagements, read in one pass.

        :return: SQL with columns message_id, model (its place among the documents),
            document_id, type_id (0 for mails from orders), author_id, creator_id (0
            where there is none) and date
        """
        documents = list(self._get_engagement_documents())
        types = self.env["mail.activity.type"].sudo().with_context(active_test=False)
        counting = types.search([("crm_counts_as_engagement", "=", True)])
        sent = self._get_sent_quotation_type()
        return SQL(
            """
            SELECT message.id,
                   CASE message.model %(places)s END,
                   message.res_id,
                   COALESCE(message.mail_activity_type_id, 0),
                   COALESCE(message.author_id, 0),
                   COALESCE(message.create_uid, 0),
                   message.date
              FROM mail_message message
             WHERE CASE WHEN message.mail_activity_type_id IS NULL
                        THEN %(sent_counts)s AND %(is_mail)s
                        ELSE message.mail_activity_type_id = ANY(%(types)s)
                             AND message.model = ANY(%(documents)s)
                             AND message.date BETWEEN %(first)s AND %(now)s END
               AND message.res_id IS NOT NULL
            """,
            documents=documents,
            places=SQL(" ").join(
                SQL("WHEN %s THEN %s", model, place)
                for place, model in enumerate(documents)
            ),
            first=FIRST_MOMENT,
            now=fields.Datetime.now(),
            types=counting.ids,
            sent_counts=bool(sent),
            is_mail=self._get_is_mail_sql(),
        )

    def _get_sent_quotation_type(self):
        """Return the id of the type of sent quotations, None if they do not count."""
        xmlid = "crm_dashboards.mail_activity_type_quotation_sent"
        sent = self.env["mail.activity.type"].sudo().browse(self._get_type_id(xmlid))
        return sent.id if sent.exists().crm_counts_as_engagement else None

    def _get_meetings_sql(self, meetings=EVERYTHING):
        """Return the query of meetings with customers that have ended."""
        return SQL(
            """
            SELECT MIN(attendee.id) * 2 + 1 AS id,
                   contact.commercial_partner_id AS partner_id,
                   NULL::int4 AS company_id,
                   event.stop AS date,
                   type.id AS activity_type_id,
                   event.user_id,
                   'calendar.event' AS res_model,
                   event.id AS res_id
              FROM calendar_event event
              JOIN mail_activity_type type
                ON type.id = %(type)s AND type.crm_counts_as_engagement
              JOIN calendar_event_res_partner_rel guest
                ON guest.calendar_event_id = event.id
              JOIN calendar_attendee attendee
                ON attendee.event_id = event.id
               AND attendee.partner_id = guest.res_partner_id
               AND attendee.state IS DISTINCT FROM 'declined'
              JOIN res_partner contact ON contact.id = guest.res_partner_id
             WHERE event.active
               AND event.stop >= %(first)s
               AND event.stop < %(now)s
               AND NOT EXISTS (
                   SELECT FROM mail_activity activity
                     JOIN mail_activity_type done_type
                       ON done_type.id = activity.activity_type_id
                      AND done_type.crm_counts_as_engagement
                    WHERE activity.calendar_event_id = event.id
                      AND NOT activity.active
                      AND activity.date_done IS NOT NULL
                      AND contact.commercial_partner_id = %(customer)s)
               AND %(meetings)s
             GROUP BY event.id, contact.commercial_partner_id, type.id
            """,
            type=self._get_type_id("mail.mail_activity_data_meeting"),
            first=FIRST_MOMENT,
            now=fields.Datetime.now(),
            customer=self._get_activity_customer_sql(),
            meetings=meetings,
        )

    def _get_doer_sql(self):
        """Return the SQL of the user behind ``message``.

        The author of a mail is who its sender's address belongs to. With the company's
        address that is no person or nobody: then it is who pressed the button.
        """
        return SQL(
            """
            CASE WHEN message.author_id IS NULL
                   OR message.author_id IN (SELECT partner_id FROM res_company)
                 THEN message.create_uid
                 ELSE (SELECT author.id
                         FROM res_users author
                        WHERE author.partner_id = message.author_id
                        ORDER BY author.share, author.id
                        LIMIT 1)
             END
            """
        )

    def _get_activity_customer_sql(self):
        """Return the SQL of the customer of the document of ``activity``."""
        cases = [
            SQL(
                """
                WHEN %(model)s THEN (
                    SELECT person.commercial_partner_id
                      FROM %(table)s document
                      JOIN res_partner person ON person.id = document.%(partner)s
                     WHERE document.id = activity.res_id)
                """,
                model=model,
                table=SQL.identifier(self.env[model]._table),
                partner=SQL.identifier(partner),
            )
            for model, partner in self._get_engagement_documents().items()
        ]
        return SQL("CASE activity.res_model %s END", SQL(" ").join(cases))

    def _get_type_id(self, xmlid):
        return self.env["ir.model.data"]._xmlid_to_res_id(xmlid) or None

    def _get_last_engagements_sql(self, nights, messages, meetings, customers):
        """Return the query of the last engagement of each customer of some companies.

        Of each company messages count that its own night has not read.

        What has no company, such as a call on the customer itself or a meeting, is an
        engagement of every company.

        :param nights: crm.metric.refresh of the companies
        :param messages, meetings: as for :meth:`_get_engagements_sql`
        :param customers: ids of those whose engagements are all looked at
        :return: SQL with columns partner_id, company_id, date, activity_type_id,
            user_id
        """
        engagements = self._get_engagements_sql(messages, meetings)
        if customers:
            theirs = SQL("contact.commercial_partner_id = ANY(%s)", customers)
            engagements = SQL(
                "%s UNION ALL %s",
                engagements,
                self._get_engagements_sql(theirs, theirs),
            )
        return SQL(
            """
            (SELECT DISTINCT ON (company.id, engagement.partner_id)
                    engagement.partner_id, company.id AS company_id, engagement.date,
                    engagement.activity_type_id, engagement.user_id
               FROM (%(engagements)s) engagement
               JOIN UNNEST(%(companies)s::int4[], %(seen)s::int8[]) company (id, seen)
                 ON company.id = COALESCE(engagement.company_id, company.id)
                AND (engagement.res_model = 'calendar.event'
                     OR engagement.id > 2 * company.seen
                     OR engagement.partner_id = ANY(%(customers)s::int4[]))
              ORDER BY company.id, engagement.partner_id, engagement.date DESC,
                       engagement.id DESC)
            """,
            companies=nights.company_id.ids,
            seen=[night.engagement_message_id for night in nights],
            customers=customers,
            engagements=engagements,
            to_flush=self._get_fields_to_flush(),
        )

    def _get_fields_to_flush(self):
        return [
            self.env[model]._fields[name]
            for model, names in self._depends.items()
            for name in names
        ]

    @rpc(one=True)
    def action_open_document(self):
        """Open what the engagement was noted on, if the user may read it."""
        return open_record(self.env[self.res_model].browse(self.res_id))
