# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class CrmDecisionMixin(models.AbstractModel):
    """Decisions of people: rows are only added, and the newest of its kind counts."""

    _name = "crm.decision.mixin"
    _description = "Decision"

    # Fields by which decisions are about the same.
    _about = ("partner_id", "company_id")
    # Values of a row that takes back all that was decided before.
    _undecided = {}

    def _take_back(self):
        """Add rows by which holds again what held before these."""
        rows = []
        for decision in self.sudo():
            about = [(name, "=", decision[name].id) for name in self._about]
            before = decision.search(
                [*about, ("id", "<", decision.id)], order="id DESC", limit=1
            )
            (values,) = (before or decision).copy_data()
            rows.append(values if before else {**values, **self._undecided})
        return self.sudo().create(rows).sudo(False)
