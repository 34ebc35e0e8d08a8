# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.crm_dashboards.models.rpc import rpc

from ..writing.answer import Rejected
from ..writing.endpoint import NoAnswer, is_web_address
from .summary_parameters import ENABLED, KEY, MODEL, URL


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    crm_ai_enabled = fields.Boolean(
        "Summaries Written by a Model", config_parameter=ENABLED
    )
    crm_ai_url = fields.Char("Address of the Endpoint", config_parameter=URL)
    crm_ai_model = fields.Char("Model", config_parameter=MODEL)
    crm_ai_key = fields.Char(
        "Key", compute="_compute_crm_ai_key", inverse="_inverse_crm_ai_key"
    )
    crm_ai_has_key = fields.Boolean(compute="_compute_crm_ai_has_key")

    def _compute_crm_ai_key(self):
        """The key goes in and never comes out."""
        self.crm_ai_key = False

    def _inverse_crm_ai_key(self):
        for settings in self.filtered("crm_ai_key"):
            key = settings.crm_ai_key.strip()
            # What cannot be sent as a header would be quoted in an error.
            if not (key.isascii() and key.isprintable()):
                raise ValidationError(
                    self.env._("The key holds characters that no key has.")
                )
            self._store_summary_key(key)
        self.invalidate_recordset(["crm_ai_key", "crm_ai_has_key"], flush=False)

    def _store_summary_key(self, key):
        self.env["ir.config_parameter"].sudo().set_param(KEY, key)
        self.env["crm.written.summary"].sudo()._forget_failures()

    def _compute_crm_ai_has_key(self):
        key = self.env["ir.config_parameter"].sudo().get_param(KEY)
        self.crm_ai_has_key = bool(key)

    def set_values(self):
        """Refuse an address that cannot be asked, rather than be silent about it."""
        for settings in self:
            url = settings.crm_ai_url
            if url and not is_web_address(url):
                raise ValidationError(self._explain_summary("address"))
            if settings.crm_ai_enabled and not (url and settings.crm_ai_model):
                raise ValidationError(
                    self.env._(
                        "A written summary needs the address of an endpoint and the "
                        "name of a model."
                    )
                )
        return super().set_values()

    @rpc(one=True)
    def action_test_summary(self):
        """Ask the model about made-up figures and show its answer, or what is wrong."""
        self.check_access("write")
        summary = self.env["crm.written.summary"].sudo()
        try:
            text = summary._try(
                summary._make_endpoint(self.crm_ai_url, self.crm_ai_model)
            )
        except (NoAnswer, Rejected) as error:
            raise UserError(self._explain_summary(error.reason)) from None
        summary._forget_failures()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("The model writes of made-up figures"),
                "message": text,
                "type": "success",
                "sticky": True,
            },
        }

    @rpc
    def action_forget_summary_key(self):
        """Delete the key."""
        self.check_access("write")
        self._store_summary_key(False)
        return {"type": "ir.actions.client", "tag": "reload"}

    def _explain_summary(self, reason):
        return self.env["crm.written.summary"]._explain(reason)
