# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools.sql import column_exists, create_column

DONE, CANCELLED = "1_done", "1_canceled"


class ProjectTask(models.Model):
    """When a task was last done or cancelled.

    Odoo's own date of the last change of stage moves with every later change, and is
    that of the reopening once a task is open again.
    """

    _inherit = "project.task"

    crm_date_closed = fields.Datetime("Last Closed", readonly=True, copy=False)
    crm_closed_state = fields.Selection(
        [(DONE, "Done"), (CANCELLED, "Cancelled")],
        "Last Closed As",
        readonly=True,
        copy=False,
    )

    def _auto_init(self):
        if not column_exists(self.env.cr, self._table, "crm_date_closed"):
            self._add_closing_columns()
        return super()._auto_init()

    def _add_closing_columns(self):
        """Begin with what is known of the tasks that are closed already."""
        cr = self.env.cr
        create_column(cr, self._table, "crm_date_closed", "timestamp")
        create_column(cr, self._table, "crm_closed_state", "varchar")
        cr.execute(
            """
            UPDATE project_task
               SET crm_date_closed = COALESCE(date_last_stage_update, create_date),
                   crm_closed_state = state
             WHERE state IN %s
            """,
            [(DONE, CANCELLED)],
        )

    @api.model_create_multi
    def create(self, vals_list):
        tasks = super().create(vals_list)
        tasks._record_closing()
        return tasks

    def write(self, vals):
        if "state" not in vals:
            return super().write(vals)
        before = {task: task.state for task in self}
        result = super().write(vals)
        changed = self.filtered(lambda task: task.state != before[task])
        changed._record_closing()
        return result

    def _record_closing(self):
        """Note of the tasks that are closed that it was now."""
        for state in (DONE, CANCELLED):
            # As superuser, for a customer of the portal may close a task as well.
            closed = self.sudo().filtered(lambda task, state=state: task.state == state)
            closed.write(
                {"crm_date_closed": fields.Datetime.now(), "crm_closed_state": state}
            )
