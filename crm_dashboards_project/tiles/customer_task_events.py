from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.crm_dashboards.tiles.customer_event import Event, tell

OPEN_TASK = Domain("is_closed", "=", False)
DONE_TASK = Domain("state", "=", "1_done")


class CrmDashboardTile(models.Model):
    """Project tasks of a customer: created, done, and when they are due."""

    _inherit = "crm.dashboard.tile"

    @api.model
    def _get_event_keys(self):
        return {**super()._get_event_keys(), "project.task": "task"}

    @api.model
    def _get_event_documents(self, scope):
        documents = super()._get_event_documents(scope)
        return {**documents, "project.task": self._get_task_domain(scope)}

    @api.model
    def _get_task_domain(self, scope):
        return self._get_document_domain(scope, "partner_id")

    @api.model
    def _get_event_sources(self):
        return super()._get_event_sources() + [
            self._get_created_task_events,
            self._get_done_task_events,
        ]

    @api.model
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

    @api.model
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

    @api.model
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

    @api.model
    def _get_task_event(self, task, moment, kind, who):
        return Event(
            moment=moment,
            record=task,
            kind=kind,
            text=tell(kind, task.name),
            icon="fa-check-square-o" if task.is_closed else "fa-square-o",
            people=(who, task.sudo().project_id.name),
        )

    @api.model
    def _name_assignees(self, task):
        return ", ".join(task.sudo().user_ids.mapped("name"))

    @api.model
    def _get_upcoming_sources(self):
        return super()._get_upcoming_sources() + [self._get_upcoming_tasks]

    @api.model
    def _get_upcoming_tasks(self, scope, limit):
        """Open tasks with a due date, at its end of the day or its time."""
        domain = self._get_task_domain(scope) & OPEN_TASK
        domain &= Domain("date_deadline", "!=", False)
        tasks = self.env["project.task"].search(
            domain, order="date_deadline, id", limit=limit
        )
        return [self._get_upcoming_task(task) for task in tasks]

    @api.model
    def _get_upcoming_task(self, task):
        day = fields.Datetime.context_timestamp(self, task.date_deadline).date()
        late = self._tell_days_overdue(day)
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
