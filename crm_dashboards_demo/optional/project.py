# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Work for customers: tasks of a project, done, to do and late."""

import datetime

from ..records.backdating import backdate
from ..records.partners import quietly
from .wholesaler import grant

PROJECT = "Displays & Shop Fitting"
STAGES = ("Planned", "In Work", "Done")
DAYS = 120
TASKS = (
    "Set up the shelf display",
    "Plan the window for the season",
    "Measure the gift corner",
    "Print shelf labels",
    "Train the staff on the new range",
)
CUSTOMERS, PER_CUSTOMER = 8, 3


def fill(wholesaler):
    """Create tasks on customers, whose account managers do the work."""
    grant(wholesaler.administrators, "project.group_project_manager")
    grant(wholesaler.sellers, "project.group_project_user")
    env, clock = wholesaler.env, wholesaler.clock
    rng = wholesaler.get_random("project")
    project = quietly(env)["project.project"].create(
        {
            "name": PROJECT,
            "company_id": env.company.id,
            "privacy_visibility": "employees",
            "type_ids": [(0, 0, {"name": name}) for name in STAGES],
        }
    )
    stages = project.type_ids.sorted("id")
    planned = [
        (customer, name, place)
        for customer in wholesaler.regulars[:CUSTOMERS]
        for place, name in enumerate(rng.permutation(TASKS)[:PER_CUSTOMER].tolist())
    ]
    values, moments, changed = [], [], []
    for customer, name, place in planned:
        created = clock.days_ago(rng, rng.integers(20, DAYS))
        finished = created + datetime.timedelta(days=int(rng.integers(3, 18)))
        # One is done, one is late or due soon, one is due later.
        due = clock.days_ago(rng, (7, rng.integers(-9, 4), -16)[place])
        moments.append(created)
        changed.append(created if place else min(finished, clock.now()))
        values.append(
            {
                "name": name,
                "project_id": project.id,
                "partner_id": customer.id,
                "user_ids": [(6, 0, customer.user_id.ids)],
                "stage_id": stages[2 - place].id,
                "state": "01_in_progress" if place else "1_done",
                "date_deadline": due,
            }
        )
    quiet = quietly(env)["project.task"].with_context(
        mail_auto_subscribe_no_notify=True
    )
    tasks = quiet.create(values)
    for task, moment in zip(tasks, changed, strict=True):
        task.date_last_stage_update = moment
        if "crm_date_closed" in task._fields and task.crm_date_closed:
            task.crm_date_closed = moment
    authors = [task.user_ids.id for task in tasks]
    backdate(tasks, moments, authors, changed)
    return project
