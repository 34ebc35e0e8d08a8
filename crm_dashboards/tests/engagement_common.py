# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Customers, contacts, documents and acts of engagement for the tests."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tools import SQL

from ..nightly.last_engagements import ACT_TYPES, read_last_engagements
from .common import DashboardCase


class EngagementCase(DashboardCase):
    """A customer with a contact, an opportunity and a quotation, spoken to by nobody.

    What users do here is done under their names: OdooBot is no salesperson.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.call = cls.env.ref("mail.mail_activity_data_call")
        cls.meeting = cls.env.ref("mail.mail_activity_data_meeting")
        cls.todo = cls.env.ref("mail.mail_activity_data_todo")
        cls.visit = cls.env.ref("crm_dashboards.mail_activity_type_visit")
        cls.voicemail = cls.env.ref("crm_dashboards.mail_activity_type_voicemail")
        cls.quotation_sent = cls.env.ref(
            "crm_dashboards.mail_activity_type_quotation_sent"
        )
        cls.seller.email = "seller@wholesale.example"
        cls.customer = cls._create_customer(
            "Azure", cls.seller, email="office@azure.example"
        )
        cls.contact = cls.env["res.partner"].create(
            {
                "name": "Ann",
                "parent_id": cls.customer.id,
                "email": "ann@azure.example",
            }
        )
        cls.lead = cls.env["crm.lead"].create(
            {
                "name": "Shelving",
                "type": "opportunity",
                "partner_id": cls.contact.id,
                "company_id": cls.company.id,
                "user_id": cls.seller.id,
            }
        )
        cls.quotation = cls._create_order(
            cls.contact, "2026-11-20", 100, state="draft", user_id=cls.seller.id
        )
        cls._refresh()

    def _get_last(self, customer=None, company=None):
        """Return (UTC moment, type, user) of a customer's last engagement."""
        self.env.invalidate_all()
        self._check_columns(company or self.company)
        metric = self._get_metric(customer or self.customer, company)
        return (
            metric.last_engagement_date,
            metric.last_engagement_type_id,
            metric.last_engagement_user_id,
        )

    def _check_columns(self, company):
        """Check that the night finds in columns what the rules say in SQL."""
        self.env.flush_all()
        night = self.env["crm.metric.refresh"]._begin_night(company)
        found = read_last_engagements(night)
        columns = [found[name].tolist() for name in found if name in ACT_TYPES]
        names = [name for name in found if name in ACT_TYPES]
        query = SQL(
            """
            SELECT DISTINCT ON (partner_id) id, partner_id, date,
                   activity_type_id AS type_id, COALESCE(user_id, 0) AS user_id
              FROM (%s) act
             WHERE COALESCE(company_id, %s) = %s
             ORDER BY partner_id, date DESC, id DESC
            """,
            self.env["crm.engagement"]._get_engagements_sql(),
            company.id,
            company.id,
        )
        self.assertEqual(
            [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)],
            self.env.execute_query_dict(query),
        )

    def _assert_never(self, customer=None, company=None):
        date, engagement_type, user = self._get_last(customer, company)
        self.assertFalse(date)
        self.assertFalse(engagement_type)
        self.assertFalse(user)

    def _assert_last(self, date, engagement_type, user=None, customer=None):
        last = self._get_last(customer)
        user = user or self.seller
        moment = fields.Datetime.to_datetime(date)
        self.assertEqual(last, (moment, engagement_type, user))

    def _get_engagements(self, customer=None):
        self.env.invalidate_all()
        return self.env["crm.engagement"].search(
            [("partner_id", "=", (customer or self.customer).id)]
        )

    @classmethod
    def _log(cls, document, date, engagement_type=None, user=None):
        """Post what marking an activity as done leaves, dated as said."""
        return document.with_user(user or cls.seller).message_post(
            body="A secret",
            message_type="notification",
            subtype_xmlid="mail.mt_activities",
            mail_activity_type_id=(engagement_type or cls.call).id,
            date=date,
        )

    @classmethod
    def _meet(cls, guests, stop, **values):
        """A meeting of the seller with ``guests`` that ends at ``stop`` (UTC)."""
        stop = fields.Datetime.to_datetime(stop)
        return (
            cls.env["calendar.event"]
            .with_user(cls.seller)
            .with_context(dont_notify=True, no_mail_to_attendees=True)
            .create(
                {
                    "name": "Secret talks",
                    "start": stop - timedelta(hours=1),
                    "stop": stop,
                    "user_id": cls.seller.id,
                    "partner_ids": [Command.set((cls.seller.partner_id | guests).ids)],
                    **values,
                }
            )
        )

    @classmethod
    def _send(cls, quotations, user=None):
        """Press “Send by Email” on quotations and send the dialog as it comes up."""
        quotations = quotations.with_user(user or cls.seller)
        action = quotations.action_quotation_send()
        composer = (
            cls.env["mail.compose.message"]
            .with_user(user or cls.seller)
            .with_context(**action["context"])
            .create({})
        )
        if not composer.template_id:  # several at once: the user chooses one
            composer.template_id = cls.env.ref("sale.email_template_edi_sale")
        composer._action_send_mail()

    def _make_old(self):
        """Have the night, and only the night, see what has happened so far."""
        self.env.flush_all()
        for table in ("mail_message", "calendar_event"):
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET create_date = create_date - interval '1 day',"
                    " write_date = write_date - interval '1 day'",
                    SQL.identifier(table),
                )
            )
