# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.exceptions import AccessError

from ..writing.endpoint import get_origin
from ..writing.sealing import seal, unseal
from .summary_parameters import KEY, SECRET, URL


class IrConfigParameter(models.Model):
    """The model's key is the server's alone, and never in a statement of SQL.

    It is stored sealed together with the origin that it is for. A rule hides its
    record as well.
    """

    _inherit = "ir.config_parameter"

    @api.model
    def get_param(self, key, default=False):
        self._check_summary_key(key)
        return super().get_param(key, default)

    @api.model
    def set_param(self, key, value):
        # Before the search that does not find the hidden record.
        self._check_summary_key(key)
        return super().set_param(key, value)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_summary_key(vals.get("key"))
        return super().create(
            [
                self._seal_summary_key(vals) if vals.get("key") == KEY else vals
                for vals in vals_list
            ]
        )

    def write(self, vals):
        self._check_summary_key(vals.get("key"))
        sealed = self.filtered(lambda parameter: parameter.key == KEY)
        if vals.get("key") == KEY:
            sealed = self
        super(IrConfigParameter, self - sealed).write(vals)
        return super(IrConfigParameter, sealed).write(self._seal_summary_key(vals))

    def _check_summary_key(self, key):
        if key == KEY and not self.env.su:
            raise AccessError(
                self.env._(
                    "The key is for the server alone; it is entered in the settings."
                )
            )

    # ------------------------------------------------------------------
    # The key of the written summary
    # ------------------------------------------------------------------

    def _set_summary_key(self, key, url):
        """Store a key for the origin of ``url``, or forget it if it is empty."""
        parameters = self.sudo().with_context(crm_summary_url=url)
        parameters.set_param(KEY, key)

    def _get_summary_key(self):
        """Return (key, origin that it is for), both empty where there is none."""
        sealed = self.sudo().get_param(KEY)
        return unseal(sealed, self._get_sealing_secret()) if sealed else ("", "")

    def _seal_summary_key(self, vals):
        """Return ``vals`` with the key sealed, for the stored address by default."""
        if not vals.get("value"):
            return vals
        url = self.env.context.get("crm_summary_url") or self.sudo().get_param(URL)
        sealed = seal(vals["value"], get_origin(url), self._get_sealing_secret())
        return {**vals, "value": sealed}

    def _get_sealing_secret(self):
        return self.sudo().get_param(SECRET)
