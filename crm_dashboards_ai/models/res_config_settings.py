# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.crm_dashboards.models.rpc import rpc

from ..writing.answer import Rejected
from ..writing.endpoint import NoAnswer, get_origin, is_web_address
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
    crm_ai_key_note = fields.Char(compute="_compute_crm_ai_key_note")

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
            if not get_origin(settings.crm_ai_url):
                raise ValidationError(
                    self.env._(
                        "Please enter the address with its key: it is sent nowhere "
                        "else."
                    )
                )
            self._store_summary_key(key, settings.crm_ai_url)
        self.invalidate_recordset(
            ["crm_ai_key", "crm_ai_has_key", "crm_ai_key_note"], flush=False
        )

    def _store_summary_key(self, key, url=None):
        self.env["ir.config_parameter"]._set_summary_key(key, url)
        self.env["crm.written.summary"].sudo()._forget_failures()

    def _compute_crm_ai_has_key(self):
        key = self.env["ir.config_parameter"].sudo().get_param(KEY)
        self.crm_ai_has_key = bool(key)

    @api.depends("crm_ai_url")
    def _compute_crm_ai_key_note(self):
        """Say for which address a key is stored, and whether it is another one."""
        _key, origin = self.env["ir.config_parameter"]._get_summary_key()
        for settings in self:
            note = self.env._(
                "A key for %(origin)s is stored; it is never shown. A new one "
                "replaces it.",
                origin=origin,
            )
            if not origin:
                note = self.env._(
                    "The stored key cannot be read in this copy of the database: "
                    "please enter it again."
                )
            elif origin != get_origin(settings.crm_ai_url):
                note = self.env._(
                    "The stored key is for %(origin)s and is not sent to another "
                    "address: please enter the key of the new one.",
                    origin=origin,
                )
            settings.crm_ai_key_note = settings.crm_ai_has_key and note

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
