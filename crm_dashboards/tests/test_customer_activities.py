# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .customer_event_common import CustomerEventCase
from .search_view import SearchView
from .workbook_common import WorkbookCase

CODE = "customer_activities"


@tagged("post_install", "-at_install")
class TestCustomerActivities(CustomerEventCase, WorkbookCase):
    """How often one was in touch with a customer, by the rule of engagements."""

    def _get_counts(self, user=None, **options):
        tile = self._get_customer_tile(CODE, user, **options)
        if tile["state"] == "empty":
            self.assertEqual(
                tile["message"],
                "No visit, call, meeting or e-mail in the last 12 months.",
            )
            return {}
        items = self._get_block(tile, "share")["items"]
        return {item["label"]: item["cell"]["value"] for item in items}

    def _report(self, drill=False, user=None):
        env = self._as(user or self.manager)
        return SearchView(env, self._click(CODE, drill, user))

    def _be_in_touch(self):
        for day in (1, 2, 3):
            self._log(self.contact, f"2026-11-0{day} 10:00:00", self.call)
        self._log(self.lead, "2026-11-04 10:00:00", self.visit)
        self._log(self.lead, "2026-11-05 10:00:00", self.visit)
        self._log(self.customer, "2026-11-06 10:00:00", self.email)
        self._meet(self.contact, "2026-11-07 10:00:00")
        self._send(self.quotation)

    def test_nobody_was_in_touch(self):
        self.assertFalse(self._get_counts())

    def test_kinds_with_number_and_share(self):
        self._be_in_touch()
        tile = self._get_customer_tile(CODE)
        items = self._get_block(tile, "share")["items"]
        self.assertEqual(
            [
                (item["label"], item["cell"]["value"], item["share"], item["drill"])
                for item in items
            ],
            [
                ("Visits", 2, 0.25, {"key": "kind", "value": "visit"}),
                ("Calls", 3, 0.375, {"key": "kind", "value": "call"}),
                ("Meetings", 1, 0.125, {"key": "kind", "value": "meeting"}),
                ("E-mails", 1, 0.125, {"key": "kind", "value": "email"}),
                ("Others", 1, 0.125, {"key": "kind", "value": "other"}),
            ],
        )

    def test_what_counts_is_the_rule_of_engagements(self):
        self._log(self.customer, "2026-11-01 10:00:00", self.voicemail)
        self._log(self.customer, "2026-11-01 11:00:00", self.todo)
        self._plan(self.customer, "2026-12-01")
        self._meet(self.contact, "2026-11-10 10:00:00").action_archive()
        self._meet(self.contact, "2026-11-22 10:00:00")
        self.assertFalse(self._get_counts())
        self.voicemail.crm_counts_as_engagement = True
        self.assertEqual(self._get_counts(), {"Others": 1})

    def test_done_activity_counts_once(self):
        self._plan(self.lead, "2026-11-21").action_feedback(feedback="Done")
        self.assertEqual(self._get_counts(), {"Calls": 1})

    def test_own_type_of_call_is_a_call(self):
        own = self.env["mail.activity.type"].create(
            {
                "name": "Video call",
                "category": "phonecall",
                "crm_counts_as_engagement": True,
            }
        )
        self._log(self.customer, "2026-11-01 10:00:00", own)
        self.assertEqual(self._get_counts(), {"Calls": 1})

    def test_twelve_months_begin_at_midnight_of_who_looks(self):
        self._log(self.customer, "2025-11-20 23:30:00", self.call)
        self._log(self.customer, "2025-11-21 00:30:00", self.visit)
        self.assertEqual(self._get_counts(), {"Visits": 1})
        self.manager.tz = "Europe/Brussels"  # 23:30 UTC is 0:30 of the 21st
        self.assertEqual(self._get_counts(), {"Visits": 1, "Calls": 1})
        self.assertEqual(len(self._report().search()), 2)

    def test_private_meeting_counts_without_a_word_of_it(self):
        self._meet_privately("2026-11-10 11:00:00")
        tile = self._get_customer_tile(CODE)
        self.assertEqual(self._get_counts(), {"Meetings": 1})
        self.assertNotIn("Secret", str(tile))
        self.assertNotIn("Secret", str(self._report().search().read()))

    def test_tile_report_and_workbook_show_one_number(self):
        self._be_in_touch()
        self._log(self.customer, "2025-06-01 10:00:00", self.call)  # long ago
        for drill, number in (
            (False, 8),
            ({"key": "kind", "value": "call"}, 3),
            ({"key": "kind", "value": "other"}, 1),
        ):
            with self.subTest(drill=drill):
                report = self._report(drill)
                self.assertEqual(len(report.search()), number)
                content = self._export_report(CODE, domain=report.get_plain_domain())
                rows = self._read_records(self._open(content)["Engagements"], "Date")
                self.assertEqual(len(rows), number)

    def test_what_is_no_filter_of_the_report_stays(self):
        other = self._create_customer("Other", self.seller)
        self._log(other, "2026-11-01 10:00:00", self.call)
        self._be_in_touch()
        action = self._click(CODE, False)
        found = self._as(self.manager)["crm.engagement"].search(action["domain"])
        self.assertEqual(found.partner_id, self.customer)
        self.assertEqual(
            {
                key: value
                for key, value in action["context"].items()
                if key.startswith("search_default_")
            },
            {"search_default_last_12_months": 1, "search_default_by_kind": 1},
        )

    def test_line_of_the_report_opens_its_document(self):
        self._log(self.lead, "2026-11-04 10:00:00", self.visit)
        line = self._report().search()
        action = line.action_open_document()
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("crm.lead", self.lead.id)
        )
        self.lead.user_id = self.colleague
        line = self._report(user=self.seller).search()
        with self.assertRaises(AccessError):
            line.action_open_document()

    def test_companies_are_counted_apart(self):
        both = self.company | self.sister
        self.manager.company_ids = both
        order = self._create_quiet_order(
            self.customer, "2026-11-01", 10, company=self.sister
        )
        self._log(order, "2026-11-04 10:00:00", self.visit, self.manager)
        self._log(self.customer, "2026-11-04 10:00:00", self.call)
        for companies in (self.company, both):
            self.assertEqual(self._get_counts(companies=companies), {"Calls": 1})
        self.assertEqual(
            self._get_counts(companies=self.sister | self.company),
            {"Visits": 1, "Calls": 1},
        )

    def test_salesperson_counts_own_customers_only(self):
        self._be_in_touch()
        self.assertEqual(sum(self._get_counts(self.seller).values()), 8)
        self.assertEqual(sum(self._get_counts(self.reader).values()), 8)
        self.customer.user_id = self.colleague
        self.assertFalse(self._get_counts(self.seller))

    def test_portal_and_plain_users_are_refused(self):
        for groups in ("base.group_portal", "base.group_user"):
            user = self._create_user(groups.replace(".", "_"), groups)
            with self.assertRaises(AccessError):
                self._get_counts(user)
            with self.assertRaises(AccessError):
                self._click(CODE, False, user)

    def test_drill_that_the_tile_did_not_declare_is_refused(self):
        for value in ("fax", True, ["call"], {"a": 1}):
            with self.subTest(value=value), self.assertRaises(ValidationError):
                self._click(CODE, {"key": "kind", "value": value})
