# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError
from odoo.models import LOG_ACCESS_COLUMNS
from odoo.tests import tagged

from .common import DASHBOARD, DashboardCase
from .rpc_common import RpcCase

TILE, DASHBOARDS = "crm.dashboard.tile", "crm.dashboard"
OURS = "crm_dashboards"


@tagged("post_install", "-at_install")
class TestKeptFields(DashboardCase, RpcCase):
    """What is read-only in views cannot be written past them either."""

    def setUp(self):
        super().setUp()
        self.tile = self.env.ref("crm_dashboards.crm_dashboard_tile_orders")

    def _log_in(self, user):
        self.env.flush_all()
        self.authenticate(user.login, user.login)

    def test_manager_places_tiles_but_does_not_say_what_they_are(self):
        self._log_in(self.manager)
        tile = self.tile.ids
        customer = self.env.ref("crm_dashboards.crm_dashboard_customer")
        for values in ({"code": "rfm"}, {"code": "x"}, {"dashboard_id": customer.id}):
            with self.subTest(values=values):
                self._check_refused(TILE, "write", tile, values)
                self._check_refused(TILE, "web_save", tile, values, {})
        self._call(TILE, "write", tile, {"name": "Sales", "size": "6"})
        self.assertEqual((self.tile.name, self.tile.code), ("Sales", "orders"))
        for values in ({"code": "x"}, {"is_of_customer": False}):
            self._check_refused(DASHBOARDS, "write", customer.ids, values)

    def test_nobody_makes_tiles(self):
        self._log_in(self.manager)
        values = {"name": "Twice", "code": "rfm", "dashboard_id": 1}
        self._check_refused(TILE, "create", [values])
        self._check_refused(TILE, "copy", self.tile.ids, {"code": "x"})
        self._check_refused(TILE, "unlink", self.tile.ids)
        xmlid = "crm_dashboards.crm_dashboard_tile_orders"
        answer = self._call(TILE, "load", ["id", "code"], [[xmlid, "x"]])
        self.assertFalse(answer["ids"])
        self.assertEqual(self.tile.code, "orders")

    def test_outcome_of_an_opportunity_is_not_written_by_hand(self):
        lead = self.env["crm.lead"].create(
            {"name": "Open", "type": "opportunity", "user_id": self.seller.id}
        )
        self._log_in(self.seller)
        for values in (
            {"crm_outcome": "positive"},
            {"crm_date_outcome": "2026-11-01 12:00:00"},
        ):
            with self.subTest(values=values):
                self._check_refused("crm.lead", "write", lead.ids, values)
                new = {"name": "New", "type": "opportunity", **values}
                self._check_refused("crm.lead", "create", [new])
                context = {f"default_{name}": value for name, value in values.items()}
                self._check_refused(
                    "crm.lead", "create", [{"name": "New"}], context=context
                )
        self._call("crm.lead", "action_set_won", lead.ids)
        self.assertEqual(lead.crm_outcome, "positive")

    def test_rows_that_only_code_writes_are_closed(self):
        customer = self._create_customer("Azure", self.seller)
        for user in (self.seller, self.manager):
            self._log_in(user)
            self._call(TILE, "save_preference", DASHBOARD, {"hidden": ["rfm"]})
            rows = {
                "crm.dashboard.tile.preference": {
                    "user_id": user.id,
                    "dashboard": "customer",
                    "settings": {"hidden": 7},
                },
                "crm.missing.order.decision": {
                    "partner_id": customer.id,
                    "decision": "snooze",
                    "snoozed_until": "2099-01-01",
                },
                "crm.reactivation": {
                    "partner_id": customer.id,
                    "company_id": self.company.id,
                    "kind": "activity",
                    "last_order_date": "2026-11-01",
                },
            }
            for model, values in rows.items():
                with self.subTest(user=user.name, model=model):
                    self._check_refused(model, "create", [values])
        own = self.env["crm.dashboard.tile.preference"].search(
            [("user_id", "=", self.manager.id)]
        )
        self.assertEqual(own.settings, {"hidden": ["rfm"]})
        self._check_refused(own._name, "write", own.ids, {"settings": []})
        self._check_refused(own._name, "unlink", own.ids)

    def test_no_stored_field_is_kept_by_its_view_alone(self):
        """Of whatever model: what is read-only is refused to who may write the rest."""
        administrator = self._create_user(
            "administrator", "base.group_system,sales_team.group_sale_manager"
        )
        checked = set()
        for name, model in self.env.registry.items():
            if model._abstract or model._transient:
                continue
            for field in model._fields.values():
                if not self._is_kept(field):
                    continue
                for user in (self.seller, self.manager, administrator):
                    records = self.env[name].with_user(user)
                    if records.has_access("write") or records.has_access("create"):
                        checked.add(str(field))
                        self.assertFalse(
                            records._has_field_access(field, "write"),
                            f"{user.name} writes {field}",
                        )
        self.assertIn("crm.dashboard.tile.code", checked)
        self.assertIn("crm.lead.crm_outcome", checked)
        self.assertIn("res.partner.crm_appointed_user_id", checked)

    def _is_kept(self, field):
        is_ours = (field._module or "").startswith(OURS)
        is_technical = field.name in ("id", *LOG_ACCESS_COLUMNS)
        return is_ours and field.store and field.readonly and not is_technical

    def test_settings_are_the_administrator_s(self):
        """Another place that was looked at: Odoo's own rights keep it."""
        reason = self.env["crm.lost.reason"].create({"name": "Price"})
        stage = self.env["crm.stage"].search([], limit=1)
        kind = self.env.ref("crm_dashboards.mail_activity_type_visit")
        for records, values in (
            (self.company, {"crm_engagement_days": 5}),
            (reason, {"crm_outcome": "positive"}),
            (stage, {"crm_is_ending": True}),
            (kind, {"crm_counts_as_engagement": False}),
        ):
            with self.subTest(model=records._name), self.assertRaises(AccessError):
                records.with_user(self.seller).write(values)
        settings = self.env["res.config.settings"].with_user(self.manager)
        with self.assertRaises(AccessError):
            settings.create({"crm_engagement_days": 5})
