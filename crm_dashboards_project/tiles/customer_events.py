# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain

from odoo.addons.crm_dashboards.tiles.mixins.event import Event, tell

DONE_TASK = Domain("state", "=", "1_done")


class CrmTileCustomerEvents(models.AbstractModel):
    """Project tasks of a customer among its events: created and done."""

    _inherit = "crm.tile.customer_events"

    def _get_event_sources(self):
        return super()._get_event_sources() + [
            self._get_created_task_events,
            self._get_done_task_events,
        ]

    def _get_created_task_events(self, scope, limit):
        """Tasks, when they were created."""
        tasks = self._search_tasks(scope, Domain.TRUE, "create_date DESC", limit)
        return [
            self._get_task_event(
                task,
                task.create_date,
                self.env._("Task"),
                self._name_user(task.create_uid),
            )
            for task in tasks
        ]

    def _get_done_task_events(self, scope, limit):
        """Tasks that are done, when their state or stage was last changed."""
        order = "date_last_stage_update DESC"
        tasks = self._search_tasks(scope, DONE_TASK, order, limit)
        return [
            self._get_task_event(
                task,
                task.date_last_stage_update,
                self.env._("Task done"),
                self._name_assignees(task),
            )
            for task in tasks
            if task.date_last_stage_update
        ]

    def _search_tasks(self, scope, condition, order, limit):
        """Return tasks of the customer as the user, the archived ones too."""
        return (
            self.env["project.task"]
            .with_context(active_test=False)
            .search(
                self._get_task_domain(scope) & condition,
                order=f"{order}, id DESC",
                limit=limit,
            )
        )

    def _get_task_event(self, task, moment, kind, who):
        return Event(
            moment=moment,
            record=task,
            kind=kind,
            text=tell(kind, task.name),
            icon="fa-check-square-o" if task.is_closed else "fa-square-o",
            people=(who, task.sudo().project_id.name),
        )
