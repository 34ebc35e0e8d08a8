# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Work for customers: tasks of a project, done, to do and late."""

import datetime

from .backdating import backdate
from .partners import quietly

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
PER_CUSTOMER = 3


def create(env, rng, clock, customers):
    """Create tasks on customers; returns project.task records, none without projects.

    A customer's account manager does the work.
    """
    if "project.task" not in env:
        return []
    project = quietly(env)["project.project"].create(
        {
            "name": PROJECT,
            "company_id": env.company.id,
            "privacy_visibility": "employees",
            "type_ids": [(0, 0, {"name": name}) for name in STAGES],
        }
    )
    planned, in_work, done = project.type_ids.sorted("id")
    values, moments, changed, authors = [], [], [], []
    for customer in customers:
        names = rng.permutation(len(TASKS))[:PER_CUSTOMER]
        for place, name in enumerate(names.tolist()):
            created = clock.days_ago(rng, rng.integers(20, DAYS))
            finished = min(
                created + datetime.timedelta(days=int(rng.integers(3, 18))), clock.now()
            )
            # One is done, one is late or due soon, one is due later.
            due = clock.days_ago(rng, (7, rng.integers(-9, 4), -16)[place])
            moments.append(created)
            changed.append(created if place else finished)
            authors.append(customer.user_id)
            values.append(
                {
                    "name": TASKS[name],
                    "project_id": project.id,
                    "partner_id": customer.partner_id,
                    "user_ids": [(6, 0, [customer.user_id])],
                    "stage_id": (done, in_work, planned)[place].id,
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
    backdate(tasks, moments, authors, changed)
    return tasks
