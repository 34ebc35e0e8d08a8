# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from ..models.answer import answer
from ..models.plain import is_id

UNDO_TIME = timedelta(minutes=5)  # the browser offers it for ten seconds


class CrmUndoMixin(models.AbstractModel):
    """A dialog whose answer can be taken back a moment later by who gave it.

    Each has a door ``action_undo`` of its own: an abstract model has no access rights.
    """

    _name = "crm.undo.mixin"
    _description = "Dialog With Undo"

    # Models of what it makes, in the order in which that goes.
    _makes = ()

    made = fields.Json(readonly=True, help="Ids of the records it made, by model.")

    def _answer(self, message, *made):
        """Return the action that closes the dialog and tells what was done.

        :param made: recordsets of what goes again if that is taken back
        """
        self.made = {records._name: records.ids for records in made if records}
        return answer(message, self if self.made else None)

    def _undo(self):
        """Take back what the user has just done with this dialog."""
        self.check_access("write")
        made = self._get_made()
        since = self.env.cr.now() - UNDO_TIME
        for records in made:
            for record in records.sudo():
                if record.create_uid != self.env.user or record.create_date < since:
                    self._refuse_undo()
        if not made:
            self._refuse_undo()
        for records in made:
            self._take_back(records)
        self.made = False
        return False

    def _take_back(self, records):
        """Take back records of one of the models that it makes."""
        if isinstance(records, self.env.registry["crm.decision.mixin"]):
            records._take_back()
        else:
            records.unlink()

    def _get_made(self):
        """Return the records there still are of those it made.

        What is not of the kinds that it makes, a client may have written there.
        """
        made = self.made if isinstance(self.made, dict) else {}
        found = []
        for name in self._makes:
            ids = made.get(name)
            ids = filter(is_id, ids) if isinstance(ids, list) else ()
            records = self.env[name].browse(ids).exists()
            found += [records] if records else []
        return found

    def _refuse_undo(self):
        raise UserError(self.env._("This cannot be undone any more."))
