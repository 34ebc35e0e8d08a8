# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class CrmKeptFieldsMixin(models.AbstractModel):
    """Fields that code and data of addons write, and nobody else.

    ``readonly`` tells views, and is no right: whoever may write a record may write such
    a field from outside. Here it is one, for the fields of these addons.
    """

    _name = "crm.kept.fields.mixin"
    _description = "Fields That Nobody Writes"

    def _has_field_access(self, field, operation):
        return super()._has_field_access(field, operation) and (
            operation == "read" or self.env.su or not self._is_kept(field)
        )

    def _is_kept(self, field):
        """Whether a field of these addons is stored, and not for users to fill in."""
        is_own = (field._module or "").startswith("crm_dashboards")
        return is_own and field.store and field.readonly
