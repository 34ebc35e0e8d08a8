# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.crm_dashboards.tests.customer_event_common import CustomerEventCase

EVENTS, UPCOMING = "customer_events", "customer_upcoming"


@tagged("post_install", "-at_install")
class TestTaskEvents(CustomerEventCase):
    """Tasks of a customer on its dashboard."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.project = cls.env["project.project"].create(
            {"name": "Shop fitting", "privacy_visibility": "employees"}
        )

    def _create_task(self, name, created="2026-11-01 10:00:00", **values):
        task = self.env["project.task"].create(
            {
                "name": name,
                "project_id": self.project.id,
                "partner_id": self.contact.id,
                "user_ids": [Command.set(self.seller.ids)],
                **values,
            }
        )
        task.message_ids.unlink()
        self._date_creation(task, created)
        return task

    def _get(self, code=EVENTS, user=None, **options):
        return self._get_texts(code, user, **options)

    def test_task_is_created_and_done(self):
        task = self._create_task("Measure the shop")
        self._create_task("Draw a plan", "2026-11-02 10:00:00")
        self.assertEqual(self._get(), ["Task: Draw a plan", "Task: Measure the shop"])
        task.write({"state": "1_done"})
        lines = self._get_lines(EVENTS)
        self.assertEqual(
            [line["title"] for line in lines],
            [
                "Task done: Measure the shop",
                "Task: Draw a plan",
                "Task: Measure the shop",
            ],
        )
        self.assertEqual(lines[0]["subtitle"], "Seller · Shop fitting")
        self.assertEqual(lines[0]["datetime"], "2026-11-21 12:00:00")

    def test_cancelled_task_is_not_done(self):
        task = self._create_task("Measure the shop")
        task.state = "1_canceled"
        self.assertEqual(
            self._get(), ["Task cancelled: Measure the shop", "Task: Measure the shop"]
        )

    def test_task_opened_again_was_closed(self):
        task = self._create_task("Measure the shop")
        words = {"1_done": "Task done", "1_canceled": "Task cancelled"}
        for day, (state, closed) in enumerate(words.items(), 10):
            with freeze_time(f"2026-11-{day} 10:00:00"):
                task.state = state
            with freeze_time("2026-11-15 10:00:00"):
                task.state = "01_in_progress"
            line, _created = self._get_lines(EVENTS)
            with self.subTest(state=state):
                self.assertEqual(line["title"], f"{closed}: Measure the shop")
                self.assertEqual(line["datetime"], f"2026-11-{day} 10:00:00")

    def test_later_changes_do_not_close_a_task_again(self):
        task = self._create_task("Measure the shop")
        with freeze_time("2026-11-10 10:00:00"):
            task.state = "1_done"
        task.write({"state": "1_done", "priority": "1"})
        task.stage_id = self.env["project.task.type"].create({"name": "Archive"})
        line = self._get_lines(EVENTS)[0]
        self.assertEqual(line["datetime"], "2026-11-10 10:00:00")

    def test_task_that_was_born_closed(self):
        with freeze_time("2026-11-10 10:00:00"):
            self._create_task("Measure the shop", state="1_done")
        self.assertIn("Task done: Measure the shop", self._get())

    def test_tasks_closed_before_the_addon_came(self):
        task = self._create_task("Measure the shop", state="1_canceled")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE project_task SET date_last_stage_update = '2026-11-05 10:00:00'"
            " WHERE id = %s;"
            " ALTER TABLE project_task DROP crm_date_closed, DROP crm_closed_state",
            [task.id],
        )
        self.env["project.task"]._add_closing_columns()
        line = self._get_lines(EVENTS)[0]
        self.assertEqual(line["title"], "Task cancelled: Measure the shop")
        self.assertEqual(line["datetime"], "2026-11-05 10:00:00")

    def test_what_was_noted_and_planned_on_a_task(self):
        task = self._create_task("Measure the shop")
        self._post(task, "2026-11-03 10:00:00", "Bring a ladder")
        self._plan(task, "2026-11-30", "Ask for the key")
        self.assertIn("Note: Bring a ladder", self._get())
        self.assertEqual(self._get(UPCOMING), ["Call: Ask for the key"])

    def test_due_dates_in_order_with_whom_and_overdue_in_red(self):
        self._create_task("Deliver", date_deadline="2026-12-04 16:00:00")
        self._create_task("Measure", date_deadline="2026-11-19 16:00:00")
        self._create_task("Without due date")
        self._create_task("Done", date_deadline="2026-11-18 16:00:00", state="1_done")
        self._plan(self.customer, "2026-11-25", "Call back")
        lines = self._get_lines(UPCOMING)
        self.assertEqual(
            [(line["title"], line["tone"], line["subtitle"]) for line in lines],
            [
                (
                    "Task: Measure",
                    "negative",
                    "Ann · Shop fitting · Seller · 2 days overdue",
                ),
                ("Call: Call back", False, "Seller"),
                ("Task: Deliver", False, "Ann · Shop fitting · Seller"),
            ],
        )
        self.assertEqual(lines[0]["cell"], {"value": "2026-11-19", "unit": "date"})

    def test_task_opens(self):
        task = self._create_task("Measure", date_deadline="2026-11-30 16:00:00")
        for code in (EVENTS, UPCOMING):
            (line,) = self._get_lines(code)
            # without rights in projects Odoo's form does not open, its page does
            action = self._click(code, line["drill"])
            self.assertEqual(action["url"], task.access_url)

    def test_task_of_a_closed_project_is_for_its_followers(self):
        task = self._create_task(
            "Secret", date_deadline="2026-11-30 16:00:00", user_ids=False
        )
        self.assertTrue(self._get(user=self.seller))
        self.project.privacy_visibility = "followers"
        for code in (EVENTS, UPCOMING):
            self.assertFalse(self._get(code, self.seller))
            with self.assertRaises(AccessError):
                self._click(code, {"key": "task", "value": task.id}, self.seller)
        task.message_subscribe(self.seller.partner_id.ids)
        for code in (EVENTS, UPCOMING):
            self.assertEqual(self._get(code, self.seller), ["Task: Secret"])

    def test_task_of_another_customer_or_company_is_not_shown(self):
        other = self._create_customer("Other", self.seller)
        self._create_task("Theirs", partner_id=other.id)
        project = self.env["project.project"].create(
            {"name": "In the sister", "company_id": self.sister.id}
        )
        self._create_task("The sister's", project_id=project.id)
        self.assertFalse(self._get())
        self.manager.company_ids = self.company | self.sister
        self.assertEqual(
            self._get(companies=self.sister | self.company), ["Task: The sister's"]
        )
