# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class CrmTileTimelineMixin(models.AbstractModel):
    """Project tasks are documents of a customer."""

    _inherit = "crm.tile.timeline.mixin"

    def _get_event_keys(self):
        return {**super()._get_event_keys(), "project.task": "task"}

    def _get_event_documents(self, scope):
        documents = super()._get_event_documents(scope)
        return {**documents, "project.task": self._get_task_domain(scope)}

    def _get_task_domain(self, scope):
        return self._get_document_domain(scope, "partner_id")

    def _name_assignees(self, task):
        return ", ".join(task.sudo().user_ids.mapped("name"))
