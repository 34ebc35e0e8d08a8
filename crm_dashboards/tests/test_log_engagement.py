# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from .common import NOW
from .engagement_common import EngagementCase

CODE = "needs_engagement"


@tagged("post_install", "-at_install")
class TestWizard(EngagementCase):
    def _open_wizard(self, document, user=None):
        """Open the dialog as the actions of a form do."""
        env = self._as(user or self.seller)
        context = {"active_model": document._name, "active_id": document.id}
        return env["crm.log.engagement"].with_context(**context)

    def test_it_posts_one_message_dated_as_said(self):
        for document in (self.customer, self.lead, self.quotation):
            with self.subTest(document=document._name):
                before = document.message_ids
                form = Form(self._open_wizard(document))
                self.assertEqual(form.activity_type_id, self.call)
                self.assertEqual(form.customer_id, self.customer)
                form.activity_type_id = self.visit
                form.contact_id = self.contact
                form.date = "2026-11-18 09:30:00"
                form.note = "Shelves full\n<b>bold</b>"
                form.save().action_log()
                message = document.message_ids - before
                self.assertEqual(len(message), 1)
                self.assertEqual(str(message.date), "2026-11-18 09:30:00")
                self.assertEqual(message.mail_activity_type_id, self.visit)
                self.assertEqual(message.author_id, self.seller.partner_id)
                self.assertEqual(message.subtype_id, self.env.ref("mail.mt_activities"))
                for words in ("Visit", "Ann", "Shelves full", "&lt;b&gt;bold"):
                    self.assertIn(words, message.body)
                self.assertFalse(message.notified_partner_ids & self.contact)
                self._assert_last("2026-11-18 09:30:00", self.visit)
                message.sudo().unlink()
                self._assert_never()

    def test_now_is_the_usual_time(self):
        Form(self._open_wizard(self.customer)).save().action_log()
        self._assert_last(NOW, self.call)
        self.assertEqual(len(self._get_engagements()), 1)

    def test_dialog_says_whether_the_type_counts(self):
        form = Form(self._open_wizard(self.customer))
        self.assertTrue(form.counts)
        form.activity_type_id = self.voicemail
        self.assertFalse(form.counts)
        form.save().action_log()
        self._assert_never()

    def test_future_is_refused(self):
        form = Form(self._open_wizard(self.customer))
        form.date = "2026-11-21 12:00:01"
        with self.assertRaises(ValidationError):
            form.save()

    def test_contact_of_another_customer_is_refused(self):
        stranger = self._create_customer("Stranger", self.seller)
        with self.assertRaises(ValidationError):
            self._open_wizard(self.customer).create({"contact_id": stranger.id})

    def test_other_documents_are_refused(self):
        for model, record in (("res.users", self.seller.id), ("res.partner", 0)):
            with self.assertRaises(ValidationError):
                self._as(self.seller)["crm.log.engagement"].create(
                    {"res_model": model, "res_id": record}
                ).action_log()

    def test_document_that_one_may_not_read_is_refused(self):
        lead = self.env["crm.lead"].create(
            {
                "name": "Theirs",
                "type": "opportunity",
                "user_id": self.colleague.id,
                "company_id": self.company.id,
            }
        )
        with self.assertRaises(AccessError):
            self._open_wizard(lead).create({}).action_log()

    def test_portal_and_plain_users_cannot_log(self):
        for user in (
            self._create_user("internal", "base.group_user"),
            self._create_user("portal", "base.group_portal"),
        ):
            with self.assertRaises(AccessError):
                self._open_wizard(self.customer, user).create({})

    def test_it_is_offered_on_the_forms(self):
        actions = self.env["ir.actions.actions"]
        for model in ("res.partner", "crm.lead", "sale.order"):
            with self.subTest(model=model):
                bindings = actions.with_user(self.seller).get_bindings(model)
                name = model.replace(".", "_")
                action = self.env.ref(f"crm_dashboards.{name}_action_log_engagement")
                self.assertEqual(action.res_model, "crm.log.engagement")
                self.assertIn(action.id, [each["id"] for each in bindings["action"]])


@tagged("post_install", "-at_install")
class TestRowActions(EngagementCase):
    def _run(self, action, row_id=None, user=None, code=CODE):
        env = self._as(user or self.seller)
        if row_id is None:
            row_id = self._get_metric(self.customer).id
        return env["crm.dashboard.tile"].run_row_action(code, action, row_id, {})

    def test_each_button_of_a_row_does_something(self):
        tile = self._get_tile(CODE, self.seller)
        (row,) = self._get_block(tile, "rows")["rows"]
        self.assertEqual(
            [action["key"] for action in row["actions"]], ["log_engagement", "schedule"]
        )
        for action in row["actions"]:
            self.assertEqual(
                self._run(action["key"], row["id"])["type"], "ir.actions.act_window"
            )

    def test_log_engagement_takes_the_customer_off_the_tile(self):
        action = self._run("log_engagement")
        self.assertEqual(action["target"], "new")
        env = self._as(self.seller)
        wizard = env[action["res_model"]].with_context(**action["context"]).create({})
        self.assertEqual(wizard.customer_id, self.customer)
        self.assertEqual(self._get_tile(CODE, self.seller)["state"], "ready")
        wizard.action_log()
        self.assertEqual(self._get_tile(CODE, self.seller)["state"], "empty")

    def test_schedule_activity_is_about_the_customer(self):
        action = self._run("schedule")
        wizard = (
            self._as(self.seller)[action["res_model"]]
            .with_context(**action["context"])
            .create({"activity_type_id": self.call.id})
        )
        wizard.action_confirm()
        self.assertEqual(self.customer.activity_ids.activity_type_id, self.call)
        self._assert_never()

    def test_reader_of_accounts_gets_no_buttons(self):
        reader = self._create_user(
            "reader", "base.group_user,account.group_account_readonly"
        )
        (row,) = self._get_block(self._get_tile(CODE, reader), "rows")["rows"]
        self.assertFalse(row["actions"])

    def test_what_no_row_offers_is_refused(self):
        for action in ("delete", "", None, 7, ["schedule"], "schedule__", "snooze"):
            with self.subTest(action=action), self.assertRaises(ValidationError):
                self._run(action)

    def test_rows_that_there_are_not_are_refused(self):
        for row_id in ("1", True, None, [1], {}):
            env = self._as(self.seller)["crm.dashboard.tile"]
            with self.subTest(row_id=row_id), self.assertRaises(ValidationError):
                env.run_row_action(CODE, "schedule", row_id)

    def test_customer_of_somebody_else_is_refused(self):
        theirs = self._create_customer("Theirs", self.colleague)
        self._refresh()
        metric = self._get_metric(theirs)
        for action in ("log_engagement", "schedule"):
            with self.assertRaises(AccessError):
                self._run(action, metric.id)

    def test_others_are_refused(self):
        row_id = self._get_metric(self.customer).id
        for user in (
            self._create_user("internal", "base.group_user"),
            self._create_user("portal", "base.group_portal"),
        ):
            with self.assertRaises(AccessError):
                self._run("log_engagement", row_id, user)

    def test_hidden_tile_is_refused(self):
        record = self.env.ref("crm_dashboards.crm_dashboard_tile_needs_engagement")
        record.group_ids = self.env.ref("base.group_system")
        with self.assertRaises(AccessError):
            self._run("log_engagement")
