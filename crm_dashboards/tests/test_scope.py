# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import DASHBOARD, DashboardCase


@tagged("post_install", "-at_install")
class TestScope(DashboardCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for manager, value in (
            (cls.manager, 1),
            (cls.seller, 10),
            (cls.colleague, 100),
            (None, 1000),
        ):
            customer = cls._create_customer(f"Worth {value}", manager)
            cls._create_order(customer, "2026-11-02", value)

    def _tile(self, user=None, companies=None):
        return self._as(user or self.manager, companies)["crm.dashboard.tile"]

    def _get_sum(self, scope, user=None):
        """Return the orders of this month of a scope."""
        tile = self._get_tile("orders", user, scope)
        if tile["state"] == "empty":
            return 0
        return self._get_block(tile, "figure")["figures"][0]["cell"]["value"]

    # ------------------------------------------------------------------
    # Whose customers
    # ------------------------------------------------------------------

    def test_account_manager(self):
        for account_manager, expected in (
            ("all", 1111),
            ("me", 1),
            ("none", 1000),
            (self.seller.id, 10),
            (self._get_idle_user_id(), 0),
        ):
            with self.subTest(account_manager=account_manager):
                scope = {"account_manager": account_manager}
                self.assertEqual(self._get_sum(scope), expected)

    def _get_idle_user_id(self):
        """A user who is nobody's account manager."""
        return self._create_user("internal", "base.group_user").id

    def test_team_is_those_the_user_leads_or_belongs_to(self):
        scope = {"account_manager": "team"}
        self.assertEqual(self._get_sum(scope), 1)  # always oneself
        team = self.env["crm.team"].create(
            {
                "name": "North",
                "company_id": False,
                "user_id": self.manager.id,
                "member_ids": [(4, self.seller.id)],
            }
        )
        self.assertEqual(self._get_sum(scope), 11)
        self.assertEqual(self._get_sum(scope, self.colleague), 100)
        team.write({"user_id": False, "member_ids": [(4, self.colleague.id)]})
        self.assertEqual(self._get_sum(scope), 1)
        self.assertEqual(self._get_sum(scope, self.colleague), 110)

    def test_without_all_documents_rights_it_is_always_me(self):
        for account_manager in ("all", "team", "none", self.manager.id, "me"):
            scope = {"account_manager": account_manager}
            self.assertEqual(self._get_sum(scope, self.seller), 10)
            header = self._tile(self.seller).get_dashboard(DASHBOARD, scope)
            self.assertEqual(header["scope"]["account_manager"], "me")
        self.assertEqual([choice["value"] for choice in header["scopes"]], ["me"])

    def test_default_is_everyone_until_one_has_ten_customers(self):
        self.assertEqual(self._get_sum({}), 1111)
        self.assertEqual(self._get_sum({"account_manager": None}), 1111)
        for number in range(9):
            customer = self._create_customer(f"Mine {number}", self.manager)
            self.assertEqual(self._get_sum({}), 1111 + number)
            self._create_order(customer, "2026-11-02", 1)
        self.assertEqual(self._get_sum({}), 10)

    def test_one_may_start_on_the_dashboard(self):
        dashboard = self.env.ref("crm_dashboards.crm_dashboard_action_account_manager")
        seller = self.seller.with_user(self.seller)
        self.assertFalse(seller.crm_opens_dashboard)
        seller.crm_opens_dashboard = True
        self.assertEqual(self.seller.action_id.id, dashboard.id)
        seller.crm_opens_dashboard = False
        self.assertFalse(self.seller.action_id)
        other = self.env.ref("contacts.action_contacts")
        self.seller.action_id = other.id
        seller.crm_opens_dashboard = False
        self.assertEqual(self.seller.action_id.id, other.id)
        with self.assertRaises(AccessError):
            self.colleague.with_user(self.seller).crm_opens_dashboard = True

    def _offers_start(self, user):
        return self._tile(user).get_dashboard(DASHBOARD)["offers_start"]

    def test_to_start_on_the_dashboard_is_offered_once(self):
        self.assertTrue(self._offers_start(self.seller))
        self.assertTrue(self._tile(self.seller).answer_start(DASHBOARD, False))
        self.assertFalse(self.seller.action_id)
        self.assertFalse(self._offers_start(self.seller))
        self.assertTrue(self._offers_start(self.colleague), "each user is asked")
        self._tile(self.colleague).answer_start(DASHBOARD, True)
        self.assertTrue(self.colleague.crm_opens_dashboard)
        self.colleague.crm_opens_dashboard = False  # changed his mind
        self.assertFalse(self._offers_start(self.colleague))

    def test_the_answer_keeps_what_was_saved_and_is_kept(self):
        tile = self._tile(self.manager)
        tile.save_preference(DASHBOARD, {"hidden": ["orders"]})
        tile.answer_start(DASHBOARD, False)
        tile.save_preference(DASHBOARD, {"scope": {"account_manager": "team"}})
        header = tile.get_dashboard(DASHBOARD)
        self.assertFalse(header["offers_start"])
        self.assertNotIn("orders", [each["code"] for each in header["tiles"]])

    def test_who_starts_somewhere_else_is_not_asked(self):
        self.seller.action_id = self.env.ref("contacts.action_contacts").id
        self.assertFalse(self._offers_start(self.seller))
        for answer in (True, False, "yes"):
            with self.assertRaises(ValidationError):
                self._tile(self.seller).answer_start(DASHBOARD, answer)

    def test_choices_are_the_account_managers_of_customers_with_figures(self):
        self._refresh()
        choices = self._tile().get_dashboard(DASHBOARD)["scopes"]
        values = [choice["value"] for choice in choices]
        self.assertEqual(values[:4], ["me", "team", "all", "none"])
        managers = self.manager | self.seller | self.colleague
        self.assertLessEqual(set(managers.ids), set(values[4:]))
        names = [choice["label"] for choice in choices[4:]]
        self.assertEqual(names, sorted(names))

    # ------------------------------------------------------------------
    # What is refused
    # ------------------------------------------------------------------

    def test_unreadable_scopes_are_refused(self):
        scopes = [
            {"domain": []},
            {"account_manager": "me", "user_id": 1},
            {"account_manager": "everyone"},
            {"account_manager": ""},
            {"account_manager": True},
            {"account_manager": False},
            {"account_manager": 0},
            {"account_manager": -1},
            {"account_manager": 2**31},
            {"account_manager": 1.0},
            {"account_manager": [1]},
            {"account_manager": {"id": 1}},
            {"customer_id": True},
            {"customer_id": "1"},
            {"customer_id": -1},
            {"customer_id": 1.5},
            {"customer_id": [1]},
            {"customer_id": 2**40},
            {"tabs": "all"},
            {"tabs": ["orders"]},
            {"tabs": {"orders": 1}},
            {"tabs": {"orders": ["all"]}},
            {"all_sales": "yes"},
            {"all_sales": 1},
            {"tabs": {"orders": "x" * 4096}},
            [],
            "me",
            7,
            True,
        ]
        tile = self._tile()
        for scope in scopes:
            calls = (
                lambda scope=scope: tile.get_tiles(DASHBOARD, ["orders"], scope),
                lambda scope=scope: tile.get_dashboard(DASHBOARD, scope),
                lambda scope=scope: tile.open_report("orders", scope, False),
                lambda scope=scope: tile.save_preference(DASHBOARD, {"scope": scope}),
            )
            for number, call in enumerate(calls):
                with self.subTest(scope=str(scope)[:50], call=number):
                    with self.assertRaises(ValidationError):
                        call()

    def test_4_kb_are_the_limit(self):
        scope = {"account_manager": "me", "tabs": {"orders": ""}}
        room = 4096 - len('{"account_manager": "me", "tabs": {"orders": ""}}')
        tile = self._tile()
        scope["tabs"]["orders"] = "x" * room
        self.assertTrue(tile.get_tiles(DASHBOARD, ["orders"], scope))
        scope["tabs"]["orders"] += "x"
        with self.assertRaises(ValidationError):
            tile.get_tiles(DASHBOARD, ["orders"], scope)

    def test_unreadable_lists_of_tiles_are_refused(self):
        tile = self._tile()
        for codes in (
            "orders",
            {"orders": 1},
            [1],
            [None],
            [["orders"]],
            ["a"] * 51,
            7,
        ):
            with self.subTest(codes=codes), self.assertRaises(ValidationError):
                tile.get_tiles(DASHBOARD, codes, {})
        self.assertFalse(tile.get_tiles(DASHBOARD, ["nothing"], {}))
        self.assertFalse(tile.get_tiles(DASHBOARD, [], {}))
        self.assertIn("rfm", tile.get_tiles(DASHBOARD, False, {}))

    def test_unknown_dashboards_are_refused(self):
        tile = self._tile()
        for dashboard in ("nothing", "", None, 7, ["account_manager"], {}):
            with self.subTest(dashboard=dashboard):
                with self.assertRaises(ValidationError):
                    tile.get_tiles(dashboard, ["orders"], {})
                with self.assertRaises(ValidationError):
                    tile.get_dashboard(dashboard)
                with self.assertRaises(ValidationError):
                    tile.save_preference(dashboard, {})

    def test_customer_who_is_not_there_is_refused(self):
        gone = self._create_customer("Gone")
        gone_id = gone.id
        gone.unlink()
        with self.assertRaises(ValidationError):
            self._tile().get_tiles(DASHBOARD, ["orders"], {"customer_id": gone_id})

    def test_unreadable_customer_is_refused(self):
        foreign = self._create_customer("Foreign", company_id=self.sister.id)
        with self.assertRaises(AccessError):
            self._tile().get_tiles(DASHBOARD, ["orders"], {"customer_id": foreign.id})

    def test_contact_of_an_unreadable_customer_is_refused(self):
        foreign = self._create_customer("Foreign")
        contact = self._create_customer(
            "Contact", is_company=False, parent_id=foreign.id
        )
        self.env.flush_all()
        # Odoo keeps contact and company together; the check must not rely on it
        self.env.cr.execute(
            "UPDATE res_partner SET company_id = %s WHERE id = %s",
            [self.sister.id, foreign.id],
        )
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self._tile().get_tiles(DASHBOARD, ["orders"], {"customer_id": contact.id})

    # ------------------------------------------------------------------
    # Preferences
    # ------------------------------------------------------------------

    def test_scope_is_remembered(self):
        scope = {"account_manager": self.seller.id, "tabs": {"orders": "all"}}
        self.assertTrue(self._tile().save_preference(DASHBOARD, {"scope": scope}))
        header = self._tile().get_dashboard(DASHBOARD)
        self.assertEqual(
            header["scope"],
            {
                "account_manager": self.seller.id,
                "all_sales": False,
                "tabs": {"orders": "all"},
                "period": "month",
                "comparison": "before",
            },
        )
        # another user has another
        colleague = self._tile(self.colleague).get_dashboard(DASHBOARD)
        self.assertEqual(colleague["scope"]["account_manager"], "all")

    def test_asked_scope_wins_over_the_remembered_one(self):
        tile = self._tile()
        tile.save_preference(DASHBOARD, {"scope": {"account_manager": "none"}})
        header = tile.get_dashboard(DASHBOARD, {"account_manager": "all"})
        self.assertEqual(header["scope"]["account_manager"], "all")
        self.assertEqual(
            tile.get_dashboard(DASHBOARD)["scope"]["account_manager"], "none"
        )

    def test_user_s_order_and_hidden_tiles(self):
        tile = self._tile()
        codes = [each["code"] for each in tile.get_dashboard(DASHBOARD)["tiles"]]
        self.assertLess(codes.index("orders"), codes.index("twelve_months"))
        self.assertLess(codes.index("twelve_months"), codes.index("rfm"))
        order = ["rfm", "twelve_months", "orders", "no such tile"]
        tile.save_preference(DASHBOARD, {"order": order})
        tile.save_preference(DASHBOARD, {"hidden": ["twelve_months", "nor this"]})
        header = tile.get_dashboard(DASHBOARD)
        shown = [each["code"] for each in header["tiles"]]
        self.assertEqual(shown[:2], ["rfm", "orders"])
        self.assertEqual(set(shown), set(codes) - {"twelve_months"})
        tile.save_preference(DASHBOARD, {"hidden": [], "order": []})
        self.assertEqual(
            [each["code"] for each in tile.get_dashboard(DASHBOARD)["tiles"]], codes
        )

    def test_preferences_do_not_touch_one_another(self):
        tile = self._tile()
        tile.save_preference(DASHBOARD, {"scope": {"account_manager": "none"}})
        tile.save_preference(DASHBOARD, {"hidden": ["rfm"]})
        header = tile.get_dashboard(DASHBOARD)
        self.assertEqual(header["scope"]["account_manager"], "none")
        self.assertNotIn("rfm", [each["code"] for each in header["tiles"]])
        preference = self.env["crm.dashboard.tile.preference"].search(
            [("user_id", "=", self.manager.id)]
        )
        self.assertEqual(len(preference), 1)

    def test_unreadable_preferences_are_refused(self):
        tile = self._tile()
        for values in (
            {"columns": 3},
            {"order": "rfm"},
            {"hidden": [1]},
            {"scope": {"domain": []}},
            {"order": ["x" * 5000]},
            [],
            "rfm",
            None,
        ):
            with self.subTest(values=str(values)[:50]):
                with self.assertRaises(ValidationError):
                    tile.save_preference(DASHBOARD, values)

    def test_deleted_account_manager_is_forgotten(self):
        gone = self._create_user("gone", "sales_team.group_sale_salesman")
        gone_id = gone.id
        scope = {"account_manager": gone_id}
        self._tile().save_preference(DASHBOARD, {"scope": scope})
        gone.unlink()
        header = self._tile().get_dashboard(DASHBOARD)
        self.assertEqual(header["scope"]["account_manager"], "all")
        # still asked for by an open dashboard
        with self.assertRaises(ValidationError):
            self._get_sum(scope)

    def test_tabs_alone_say_nothing_of_whose_customers(self):
        tile = self._tile()
        for scope in (
            {"account_manager": "none"},
            {"tabs": {"close_rate": "last_month"}},
        ):
            tile.save_preference(DASHBOARD, {"scope": scope})
        scope = tile.get_dashboard(DASHBOARD)["scope"]
        self.assertEqual(scope["account_manager"], "none")
        self.assertEqual(scope["tabs"], {"close_rate": "last_month"})

    def test_preferences_of_another_version_are_read_as_far_as_they_go(self):
        self._tile().save_preference(DASHBOARD, {"hidden": ["rfm"]})
        saved = self.env["crm.dashboard.tile.preference"].search(
            [("user_id", "=", self.manager.id)]
        )
        for settings, manager, hidden in (
            ([], "all", False),
            ("later", "all", False),
            (7, "all", False),
            ({"scope": [], "hidden": 7, "order": {"rfm": 1}}, "all", False),
            ({"scope": {"account_manager": [1]}, "hidden": [1, "rfm"]}, "all", True),
            ({"scope": {"account_manager": "none", "quarter": 3}}, "none", False),
            (
                {"scope": {"account_manager": "none", "tabs": ["x"]}, "zoom": 2},
                "none",
                False,
            ),
        ):
            with self.subTest(settings=settings):
                saved.settings = settings
                header = self._tile().get_dashboard(DASHBOARD)
                self.assertEqual(header["scope"]["account_manager"], manager)
                codes = [each["code"] for each in header["hidden_tiles"]]
                self.assertEqual("rfm" in codes, hidden)
                self._tile().save_preference(DASHBOARD, {"order": ["rfm"]})

    def test_archived_tile_stays_away_whatever_the_context_says(self):
        self.env.ref("crm_dashboards.crm_dashboard_tile_rfm").active = False
        tile = self._tile().with_context(active_test=False)
        header = tile.get_dashboard(DASHBOARD)
        codes = [each["code"] for each in header["tiles"] + header["hidden_tiles"]]
        self.assertNotIn("rfm", codes)
        with self.assertRaises(AccessError):
            tile.open_report("rfm")
        self.env.ref("crm_dashboards.crm_dashboard_account_manager").active = False
        for context in ({"active_test": False}, {}):
            with self.assertRaises(ValidationError):
                self._tile().with_context(**context).get_dashboard(DASHBOARD)

    def test_archived_tile_is_gone(self):
        self.env.ref("crm_dashboards.crm_dashboard_tile_rfm").active = False
        codes = [
            each["code"] for each in self._tile().get_dashboard(DASHBOARD)["tiles"]
        ]
        self.assertNotIn("rfm", codes)
        self.assertIsNone(self._get_tile("rfm"))
        with self.assertRaises(AccessError):
            self._tile().open_report("rfm")
