# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError
from odoo.fields import NO_ACCESS
from odoo.tests import HttpCase, JsonRpcException, freeze_time, tagged
from odoo.tools import mute_logger

from .test_recorded_alerts import RecordedAlertCase

RECORDED = (
    "crm.account.manager.change",
    "crm.alert",
    "crm.alert.action",
    "crm.alert.outcome",
    "crm.month.end",
    "crm.month.end.line",
    "crm.quotation.change",
    "crm.sums.change",
)


@tagged("post_install", "-at_install")
class TestRecordedAccess(RecordedAlertCase, HttpCase):
    """What is recorded from now on is the administrators' alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        late = cls.customers["Late"]
        snooze = cls.env["crm.missing.order.decision"]._decide(
            cls.env["crm.customer.metric"].search(
                [("partner_id", "=", late.id), ("company_id", "=", cls.company.id)]
            ),
            "snooze",
            snoozed_until="2026-11-25",
        )
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE crm_missing_order_decision SET create_date = '2026-11-22'"
            " WHERE id = %s",
            snooze.ids,
        )
        quotation = cls._create_order(late, "2026-11-20", 1, state="draft")
        quotation.action_quotation_sent()
        cls._create_order(late, "2026-11-24", 1)
        for day in ("2026-11-23", "2026-11-25", "2026-12-02"):
            with freeze_time(day):
                cls._refresh()
                cls._refresh(cls.sister)
        groups = "base.group_user,base.group_allow_export,base.group_partner_manager"
        cls.refused = [
            cls._create_user(f"refused_{number}", f"{groups},{group}")
            for number, group in enumerate(
                (
                    "sales_team.group_sale_salesman",
                    "sales_team.group_sale_salesman_all_leads",
                    "sales_team.group_sale_manager",
                    "account.group_account_invoice",
                    "account.group_account_readonly",
                    "account.group_account_manager",
                    "base.group_erp_manager",
                )
            )
        ]
        cls.portal = cls._create_user("portal", "base.group_portal")
        cls.refused.append(cls.portal)
        cls.admin = cls._create_user("admin", "base.group_system")

    def test_there_is_something_to_read(self):
        for name in RECORDED:
            self.assertTrue(self.env[name].search([]), name)

    def test_nobody_else_reads_by_any_method(self):
        for user in self.refused:
            for name in RECORDED:
                records = self.env[name].search([], limit=1).with_env(self._as(user))
                calls = {
                    "read": lambda each: each.read(["id"]),
                    "web_read": lambda each: each.web_read({"display_name": {}}),
                    "search": lambda each: each.search([]),
                    "search_count": lambda each: each.search_count([]),
                    "search_read": lambda each: each.search_read([], ["id"]),
                    "read_group": lambda each: each._read_group([], [], ["__count"]),
                    "web_read_group": lambda each: each.formatted_read_group(
                        [], [], ["__count"]
                    ),
                    "name_search": lambda each: each.name_search(""),
                    "display_name": lambda each: each.display_name,
                    "export": lambda each: each.export_data(["display_name"]),
                }
                for method, call in calls.items():
                    # portal users may export nothing at all, which is no AccessError
                    error = UserError if method == "export" else AccessError
                    with (
                        self.subTest(user=user.name, model=name, method=method),
                        self.assertRaises(error),
                    ):
                        call(records)

    def test_nobody_writes(self):
        for user in (*self.refused, self.admin):
            for name in RECORDED:
                record = self.env[name].search([], limit=1).with_env(self._as(user))
                calls = (
                    lambda each: each.write({}),
                    lambda each: each.create({}),
                    lambda each: each.unlink(),
                )
                for call in calls:
                    with (
                        self.subTest(user=user.name, model=name),
                        self.assertRaises(AccessError),
                    ):
                        call(record)

    def test_no_field_of_another_model_leads_there(self):
        """A domain or a sort through a relation would tell what cannot be read."""
        for name, model in self.env.items():
            for field in model._fields.values():
                if field.comodel_name in RECORDED and name not in RECORDED:
                    self.assertEqual(field.groups, NO_ACCESS, field)

    def test_portal_is_refused_over_the_wire(self):
        self.authenticate(self.portal.login, self.portal.login)
        for name in RECORDED:
            with mute_logger("odoo.http"), self.assertRaises(JsonRpcException) as e:
                self.make_jsonrpc_request(
                    f"/web/dataset/call_kw/{name}/search_read",
                    {
                        "model": name,
                        "method": "search_read",
                        "args": [[], ["id"]],
                        "kwargs": {},
                    },
                )
            self.assertEqual(str(e.exception), "odoo.exceptions.AccessError")

    def test_administrator_reads_what_is_of_his_companies(self):
        self._create_orders([(self.customers["Late"], "2026-11-24", 1)], self.sister)
        self.env.flush_all()
        as_admin = self._as(self.admin)
        alerts = as_admin["crm.alert"].search([])
        self.assertEqual(alerts.company_id, self.company)
        self.assertTrue(alerts.action_ids)
        self.assertTrue(alerts.outcome_ids)
        self.assertEqual(as_admin["crm.month.end"].search([]).company_id, self.company)
        lines = as_admin["crm.month.end.line"].search([])
        self.assertEqual(lines.month_end_id.company_id, self.company)
        changes = as_admin["crm.quotation.change"].search([])
        self.assertTrue(changes)
        self.assertEqual(
            as_admin["crm.sums.change"].search([]).company_id, self.company
        )
        for name in RECORDED:
            records = as_admin[name].search([])
            self.assertTrue(records, name)
            fnames = [
                fname
                for fname, field in records._fields.items()
                if field.type != "json"
            ]
            self.assertEqual(len(records.read(fnames)), len(records))
