# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..models.rpc import rpc


class CrmLogEngagement(models.TransientModel):
    """Asks how and when one was in touch with a customer, and notes it."""

    _name = "crm.log.engagement"
    _inherit = ["crm.undo.mixin"]
    _description = "Log Engagement"

    _makes = ("mail.message",)

    res_model = fields.Char(
        required=True,
        readonly=True,
        default=lambda self: self.env.context.get("active_model"),
    )
    res_id = fields.Many2oneReference(
        model_field="res_model",
        required=True,
        readonly=True,
        default=lambda self: self.env.context.get("active_id"),
    )
    customer_id = fields.Many2one("res.partner", compute="_compute_customer_id")
    activity_type_id = fields.Many2one(
        "mail.activity.type",
        "Type",
        required=True,
        default=lambda self: self._get_default_type(),
        domain="[('res_model', 'in', [False, res_model])]",
    )
    counts = fields.Boolean(related="activity_type_id.crm_counts_as_engagement")
    date = fields.Datetime("When", required=True, default=fields.Datetime.now)
    contact_id = fields.Many2one(
        "res.partner",
        "With",
        domain="[('commercial_partner_id', '=', customer_id)]",
    )
    note = fields.Text("What was said")

    def _get_default_type(self):
        call = self.env.ref("mail.mail_activity_data_call", raise_if_not_found=False)
        return call or self.env["mail.activity.type"].search(
            [("crm_counts_as_engagement", "=", True)], limit=1
        )

    @api.depends("res_model", "res_id")
    def _compute_customer_id(self):
        for wizard in self:
            wizard.customer_id = wizard._get_contact().commercial_partner_id

    @api.constrains("date")
    def _check_date(self):
        now = fields.Datetime.now()
        if any(wizard.date > now for wizard in self):
            raise ValidationError(
                self.env._(
                    "This has not happened yet. Schedule an activity for what is to "
                    "come."
                )
            )

    @api.constrains("contact_id", "res_model", "res_id")
    def _check_contact_id(self):
        for wizard in self:
            customer = wizard.contact_id.commercial_partner_id
            if customer and customer != wizard.customer_id:
                raise ValidationError(
                    self.env._("Please choose a contact of this customer.")
                )

    @rpc(one=True)
    def action_log(self):
        """Post one message with the activity type on the document, dated as said."""
        message = self._get_document().message_post_with_source(
            "crm_dashboards.message_engagement",
            render_values={
                "activity_type": self.activity_type_id,
                "contact": self.contact_id,
                "lines": (self.note or "").splitlines(),
            },
            subtype_xmlid="mail.mt_activities",
            mail_activity_type_id=self.activity_type_id.id,
            date=self.date,
        )
        told = self.env._(
            "%(type)s with %(customer)s is logged.",
            type=self.activity_type_id.name,
            customer=self.customer_id.display_name,
        )
        return self._answer(told, message)

    @rpc(one=True)
    def action_undo(self):
        """Take back what was done a moment ago."""
        return self._undo()

    def _take_back(self, messages):
        """Take back what was logged, which is what has a type; notes are not."""
        if not all(message.mail_activity_type_id for message in messages):
            self._refuse_undo()
        messages.sudo().unlink()

    def _get_document(self):
        """Return the record that the engagement is noted on.

        :raise AccessError: the user may not read it
        :raise ValidationError: no document that engagements are noted on
        """
        self.ensure_one()
        documents = self.env["crm.engagement"]._get_engagement_documents()
        document = (
            self.res_model in documents
            and self.env[self.res_model].browse(self.res_id).exists()
        )
        if not document:
            raise ValidationError(
                self.env._("Engagements are logged on customers and their documents.")
            )
        document.check_access("read")
        return document

    def _get_contact(self):
        """Return the customer or contact of the document."""
        document = self._get_document()
        partner = self.env["crm.engagement"]._get_engagement_documents()[self.res_model]
        return document if partner == "id" else document[partner]

    def _get_action(self, document):
        """Return the action that opens the dialog about ``document``."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Log Engagement"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "active_model": document._name,
                "active_id": document.id,
                "active_ids": document.ids,
            },
        }
