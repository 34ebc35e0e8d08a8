# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.tools import SQL


class UncheckedMany2one(fields.Many2one):
    """A reference without foreign key, in rows that a night writes by the million.

    For each of them PostgreSQL would look up and lock the row that it refers to, which
    takes longer than writing it. What ``ondelete`` says is done by the models referred
    to, see :class:`CrmReferredMixin`. Not for contacts: Odoo merges them by the foreign
    keys that there are.
    """

    def update_db_foreign_key(self, model, column):
        """There is none."""


class CrmReferredMixin(models.AbstractModel):
    """Records that references without foreign key go to, see above.

    A reference that a night writes at the very moment of the deletion stays: nothing is
    shown of it, and the next night writes another one.
    """

    _name = "crm.referred.mixin"
    _description = "Records Referred To"

    def unlink(self):
        """Do what foreign keys would do."""
        ids = self.ids
        result = super().unlink()
        for model in self.env.values():
            for field in model._fields.values():
                if (
                    isinstance(field, UncheckedMany2one)
                    and field.comodel_name == self._name
                    and field.store
                ):
                    self._forget(model, field, ids)
        return result

    def _forget(self, model, field, ids):
        table, column = SQL.identifier(model._table), SQL.identifier(field.name)
        action = SQL("UPDATE %s SET %s = NULL", table, column)
        if field.ondelete == "cascade":
            action = SQL("DELETE FROM %s", table)
        self.env.cr.execute(SQL("%s WHERE %s = ANY(%s)", action, column, ids))
        model.invalidate_model()
