# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain

from odoo.addons.crm_dashboards.tiles.mixins.event import Event, tell

from ..models.project_task import CANCELLED, DONE

CLOSED_TASK = Domain("crm_date_closed", "!=", False)


class CrmTileCustomerEvents(models.AbstractModel):
    """Project tasks of a customer among its events: created and closed."""

    _inherit = "crm.tile.customer_events"

    def _get_event_sources(self):
        return super()._get_event_sources() + [
            self._get_created_task_events,
            self._get_closed_task_events,
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
                task.is_closed,
            )
            for task in tasks
        ]

    def _get_closed_task_events(self, scope, limit):
        """Tasks, when they were last done or cancelled, be they open again."""
        order = "crm_date_closed DESC"
        words = {DONE: self.env._("Task done"), CANCELLED: self.env._("Task cancelled")}
        return [
            self._get_task_event(
                task,
                task.crm_date_closed,
                words[task.crm_closed_state],
                self._name_assignees(task),
                closed=True,
            )
            for task in self._search_tasks(scope, CLOSED_TASK, order, limit)
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

    def _get_task_event(self, task, moment, kind, who, closed):
        return Event(
            moment=moment,
            record=task,
            kind=kind,
            text=tell(kind, task.name),
            icon="fa-check-square-o" if closed else "fa-square-o",
            people=(who, task.sudo().project_id.name),
        )
