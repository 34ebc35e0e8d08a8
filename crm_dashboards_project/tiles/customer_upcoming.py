# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.fields import Domain

from odoo.addons.crm_dashboards.tiles.mixins.event import Event, tell

OPEN_TASK = Domain("is_closed", "=", False)


class CrmTileCustomerUpcoming(models.AbstractModel):
    """Project tasks of a customer among what is to come: when they are due."""

    _inherit = "crm.tile.customer_upcoming"

    def _get_upcoming_sources(self):
        return super()._get_upcoming_sources() + [self._get_upcoming_tasks]

    def _get_upcoming_tasks(self, scope, limit):
        """Open tasks with a due date, at its end of the day or its time."""
        domain = self._get_task_domain(scope) & OPEN_TASK
        domain &= Domain("date_deadline", "!=", False)
        tasks = self.env["project.task"].search(
            domain, order="date_deadline, id", limit=limit
        )
        return [self._make_task_event(scope, task) for task in tasks]

    def _make_task_event(self, scope, task):
        day = fields.Datetime.context_timestamp(self, task.date_deadline).date()
        late = self._tell_days_overdue(scope, day)
        kind = self.env._("Task")
        return Event(
            moment=task.date_deadline,
            day=day,
            record=task,
            kind=kind,
            text=tell(kind, task.name),
            icon="fa-square-o",
            people=(
                self._name_contact(task),
                task.sudo().project_id.name,
                self._name_assignees(task),
                late,
            ),
            is_overdue=bool(late),
        )
