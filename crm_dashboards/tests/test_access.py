# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from ..models.partner_figures_mixin import METRIC_FIELDS
from .common import DASHBOARD, DashboardCase
from .rpc_common import RpcCase

MODELS = (
    "crm.customer.metric",
    "crm.segment.change",
    "crm.metric.backtest",
    "crm.metric.refresh",
    "crm.dashboard.tile",
    "crm.dashboard.tile.preference",
)
PARTNER_FIELDS = [*METRIC_FIELDS, "crm_metric_id", "crm_metric_ids"]
EXPORT = "base.group_allow_export"


class AccessCase(DashboardCase):
    """Six ranked customers: two of the seller, one of it visits the portal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller.group_ids += cls.env.ref(EXPORT)
        cls.internal = cls._create_user("internal", f"base.group_user,{EXPORT}")
        cls.invoicing = cls._create_user(
            "invoicing", f"base.group_user,account.group_account_invoice,{EXPORT}"
        )
        cls.reader = cls._create_user(
            "reader", f"base.group_user,account.group_account_readonly,{EXPORT}"
        )
        cls.stranger = cls._create_user(
            "stranger", f"sales_team.group_sale_manager,{EXPORT}", cls.sister
        )
        cls.portal = cls._create_user("portal", "base.group_portal")
        cls.own = cls.portal.partner_id
        cls.own.write(
            {"is_company": True, "customer_rank": 1, "user_id": cls.seller.id}
        )
        cls.customers = cls.own + cls._create_customer("Second", cls.seller)
        for number in range(4):
            cls.customers += cls._create_customer(f"Other {number}", cls.colleague)
        cls.fresh = cls._create_customer("Never ordered", cls.seller)
        cls._create_orders(
            [
                (customer, f"2026-{10 - place:02}-01", 100 * (place + 1))
                for place, customer in enumerate(cls.customers)
            ]
        )
        cls._refresh()
        cls.env["crm.segment.change"].create(
            [
                {
                    "partner_id": customer.id,
                    "company_id": cls.company.id,
                    "date": "2026-11-20",
                    "segment_from": "new",
                    "segment_to": "promising",
                    "cause": "time",
                }
                for customer in cls.customers
            ]
        )
        cls.env.flush_all()
        cls.supplier = cls.env["res.partner"].create({"name": "Supplier"})
        cls.all = cls.customers | cls.fresh | cls.supplier
        cls.mine = cls.customers[:2]

    def _among(self, fname="id"):
        return Domain(fname, "in", self.all.ids)


@tagged("post_install", "-at_install")
class TestNobody(AccessCase):
    """Portal users and plain internal users get nothing, by no way in."""

    def test_dashboard_calls_are_refused(self):
        for user in (self.portal, self.internal):
            tile = self._as(user)["crm.dashboard.tile"]
            row = self._get_metric(self.own)
            calls = {
                "get_dashboard": lambda tile=tile: tile.get_dashboard(DASHBOARD),
                "get_tiles": lambda tile=tile: tile.get_tiles(DASHBOARD, False),
                "get_tiles, none": lambda tile=tile: tile.get_tiles(DASHBOARD, []),
                "open_report": lambda tile=tile: tile.open_report("orders"),
                "save_preference": lambda tile=tile: tile.save_preference(
                    DASHBOARD, {}
                ),
                "get_rfm_explanation": (
                    lambda tile=tile, row=row: tile.get_rfm_explanation(row.id)
                ),
            }
            for name, call in calls.items():
                with self.subTest(user=user.name, call=name):
                    with self.assertRaises(AccessError):
                        call()

    def test_models_are_closed(self):
        self._as(self.manager)["crm.dashboard.tile"].save_preference(DASHBOARD, {})
        for user in (self.portal, self.internal):
            for name in MODELS:
                with self.subTest(user=user.name, model=name):
                    model = self._as(user)[name]
                    record = self.env[name].search([], limit=1).with_env(model.env)
                    self._assert_refused(lambda model=model: model.search([]))
                    self._assert_refused(lambda model=model: model.search_count([]))
                    self._assert_refused(
                        lambda model=model: model.formatted_read_group(
                            [], [], ["__count"]
                        )
                    )
                    self._assert_refused(lambda record=record: record.read())

    def test_partner_s_fields_are_closed(self):
        for user in (self.portal, self.internal):
            partner = self.own.with_env(self._as(user))
            self.assertTrue(partner.read(["name"]))  # the partner itself is readable
            fields = partner.fields_get()
            for fname in PARTNER_FIELDS:
                with self.subTest(user=user.name, field=fname):
                    self.assertNotIn(fname, fields)
                    for attempt in self._get_attempts(partner, fname):
                        self._assert_refused(attempt)
                    with self.assertRaises(UserError):
                        partner.export_data([fname])

    def test_dotted_paths_are_closed(self):
        for user in (self.portal, self.internal):
            env = self._as(user)
            paths = {
                "res.partner": ("crm_metric_id.segment", "child_ids.crm_order_count"),
                "res.users": ("partner_id.crm_rfm_segment",),
            }
            for name, fnames in paths.items():
                for fname in fnames:
                    with self.subTest(user=user.name, path=fname):
                        domain = [(fname, "!=", False)]
                        self._assert_refused(
                            lambda name=name, domain=domain, env=env: env[name].search(
                                domain
                            )
                        )

    def _get_attempts(self, partner, fname):
        """Return every way in which a field could give itself away."""
        mine = [("id", "=", partner.id)]
        operator = "in" if fname.startswith("crm_metric") else "!="
        value = [1] if operator == "in" else False
        return [
            lambda: partner.read([fname]),
            lambda: partner[fname],
            lambda: partner.search([(fname, operator, value)]),
            lambda: partner.search_count([*mine, (fname, "=", False)]),
            lambda: partner.search(mine, order=f"{fname} desc"),
            lambda: partner.search_read(mine, [fname]),
            lambda: partner.web_search_read(mine, {fname: {}}),
            lambda: partner.formatted_read_group(mine, [fname], ["__count"]),
            lambda: partner._read_group(mine, [], [f"{fname}:count_distinct"]),
            lambda: partner.web_read_group(mine, [fname], ["__count"]),
        ]

    def _assert_refused(self, call):
        with self.assertRaises(AccessError):
            call()


@tagged("post_install", "-at_install")
class TestReaders(AccessCase):
    """All-documents sales, invoicing and accounting readers see every customer."""

    def test_everyone_s_figures_are_readable(self):
        for user in (self.manager, self.colleague, self.invoicing, self.reader):
            with self.subTest(user=user.name):
                self._check_sees(user, self.customers | self.fresh)
                env = self._as(user)
                self.assertEqual(
                    env["crm.segment.change"].search([]).partner_id, self.customers
                )
                tile = self._get_tile("rfm", user)
                self.assertEqual(self._get_block(tile, "note")["text"], "6 customers")
                tile = self._get_tile("twelve_months", user)
                # 100 + 200 + … + 600
                self.assertEqual(
                    sum(
                        point["value"]
                        for point in self._get_block(tile, "chart")["points"]
                    ),
                    2100,
                )
                self.assertFalse(self._get_words(tile))

    def test_salesperson_sees_own_customers_only(self):
        self._check_sees(self.seller, self.mine | self.fresh)
        env = self._as(self.seller)
        self.assertEqual(env["crm.segment.change"].search([]).partner_id, self.mine)
        tile = self._get_tile("rfm", self.seller)
        self.assertEqual(self._get_block(tile, "note")["text"], "2 customers")
        tile = self._get_tile("twelve_months", self.seller)
        self.assertIn("Of the orders you may read.", self._get_words(tile))

    def test_customer_that_changes_hands_changes_eyes(self):
        self.mine[1].user_id = self.colleague
        self._check_sees(self.seller, self.mine[0] | self.fresh)

    def test_user_of_another_company_sees_nothing(self):
        self._check_sees(self.stranger, self.env["res.partner"])
        self.assertEqual(self._get_tile("rfm", self.stranger)["state"], "empty")
        self.assertEqual(self._get_tile("orders", self.stranger)["state"], "empty")
        env = self._as(self.stranger, self.company)
        with self.assertRaises(AccessError):
            env["crm.dashboard.tile"].get_tiles(DASHBOARD, ["rfm"], {})
        tile = self._as(self.stranger)["crm.dashboard.tile"]
        with self.assertRaises(AccessError):
            tile.get_rfm_explanation(self._get_metric(self.own).id)

    def test_figures_are_of_the_current_company(self):
        both = self.company | self.sister
        self.manager.company_ids = both
        self._create_order(self.own, "2026-11-01", 1, company=self.sister)
        self._refresh(self.sister)
        for company, value in ((self.company, 100), (self.sister, 1)):
            companies = company | (both - company)
            own = self.own.with_env(self._as(self.manager, companies))
            self.assertEqual(own.crm_order_value, value)
            self.assertEqual(own.search([("crm_order_value", "=", value)]), own)
            domain = Domain("id", "=", own.id)
            self.assertEqual(
                own._read_group(domain, [], ["crm_order_value:sum"]), [(value,)]
            )

    def test_nobody_writes_figures(self):
        values = {
            "crm.customer.metric": {"segment": "champions"},
            "crm.segment.change": {"cause": "orders"},
            "crm.metric.refresh": {"error": "none"},
        }
        admin = self._create_user(
            "admin", "base.group_system,sales_team.group_sale_manager"
        )
        for user in (self.manager, self.invoicing, self.seller, admin):
            for name, change in values.items():
                with self.subTest(user=user.name, model=name):
                    record = self.env[name].search([], limit=1)
                    record = record.with_env(self._as(user))
                    with self.assertRaises(AccessError):
                        record.write(change)
                    with self.assertRaises(AccessError):
                        record.unlink()
                    with self.assertRaises(AccessError):
                        record.create(change)

    def test_refresh_log_is_for_managers(self):
        for user in (self.seller, self.colleague, self.invoicing, self.reader):
            with self.assertRaises(AccessError):
                self._as(user)["crm.metric.refresh"].search([])
        log = self._as(self.manager)["crm.metric.refresh"].search([])
        self.assertEqual(log.company_id, self.company)

    def test_explanation_is_for_those_who_see_the_customer(self):
        other = self._get_metric(self.customers[2])
        for user in (self.colleague, self.invoicing, self.reader):
            tile = self._as(user)["crm.dashboard.tile"]
            self.assertTrue(tile.get_rfm_explanation(other.id)["lines"])
        tile = self._as(self.seller)["crm.dashboard.tile"]
        self.assertTrue(tile.get_rfm_explanation(self._get_metric(self.own).id))
        with self.assertRaises(AccessError):
            tile.get_rfm_explanation(other.id)

    def test_explanation_of_odd_ids_is_refused(self):
        tile = self._as(self.manager)["crm.dashboard.tile"]
        ids = self._get_metric(self.customers[0]).ids * 2
        for odd in (0, -1, 10**6, 10**12, False, True, "1", ids, {}, None, 1.5):
            with self.subTest(odd=odd), self.assertRaises(UserError):
                tile.get_rfm_explanation(odd)

    def test_preferences_of_others_are_closed(self):
        self._as(self.manager)["crm.dashboard.tile"].save_preference(
            DASHBOARD, {"hidden": ["rfm"]}
        )
        preference = self._as(self.colleague)["crm.dashboard.tile.preference"]
        self.assertFalse(preference.search([]))
        with self.assertRaises(AccessError):
            preference.create({"user_id": self.seller.id, "dashboard": DASHBOARD})

    def _check_sees(self, user, visible):
        """Check read, search, group by, sort and export against one another.

        :param visible: customers whose figures the user may see
        """
        partners = self._as(user)["res.partner"]
        metrics = partners.env["crm.customer.metric"].search(self._among("partner_id"))
        self.assertEqual(metrics.partner_id, visible)
        self._check_values(partners, visible)
        self._check_search(partners, visible)
        self._check_group_by(partners, visible & self.customers)
        self._check_order(partners, visible & self.customers)
        self._check_export(partners, visible)

    def _check_values(self, partners, visible):
        fnames = list(METRIC_FIELDS)
        for values in self.all.with_env(partners.env).read(fnames, load=None):
            partner = self.all.filtered(lambda each, row=values: each.id == row["id"])
            metric = partner in visible and self._get_metric(partner)
            for fname, source in METRIC_FIELDS.items():
                self.assertEqual(
                    values[fname] or False,
                    metric and metric[source] or False,
                    f"{fname} of {partner.name} as {partners.env.user.name}",
                )

    def _check_search(self, partners, visible):
        def found(*term):
            return partners.search(self._among() & Domain(*term))

        ranked = visible & self.customers
        self.assertEqual(found("crm_rfm_segment", "!=", False), ranked)
        self.assertEqual(found("crm_rfm_segment", "=", False), self.all - ranked)
        for fname in ("crm_order_value", "crm_order_count"):
            self.assertEqual(found(fname, ">", 0), ranked)
            self.assertEqual(found(fname, "=", 0), self.all - ranked)
            self.assertEqual(found(fname, "!=", 0), ranked)
            self.assertEqual(found(fname, "<", 1), self.all - ranked)
            self.assertEqual(found(fname, ">=", 0), self.all)
        self.assertEqual(found("crm_last_order_date", "=", False), self.all - ranked)
        self.assertEqual(found("crm_metric_id", "!=", False), visible)
        self.assertEqual(found("crm_metric_id.segment", "!=", False), ranked)
        self.assertEqual(
            found("crm_metric_id", "not any", [("segment", "!=", False)]),
            self.all - ranked,
        )
        with self.assertRaises(AccessError):
            found("crm_metric_ids", "!=", False)

    def _check_group_by(self, partners, ranked):
        arguments = (
            self._among(),
            ["crm_rfm_segment"],
            ["__count", "crm_order_value:sum"],
        )
        for groups in (
            partners.web_read_group(*arguments)["groups"],
            partners.formatted_read_group(*arguments),
        ):
            counts = {group["crm_rfm_segment"]: group["__count"] for group in groups}
            self.assertEqual(counts.pop(False), len(self.all - ranked))
            self.assertEqual(sum(counts.values()), len(ranked))
            self.assertEqual(
                sum(group["crm_order_value:sum"] or 0 for group in groups),
                sum(self._get_metric(partner).order_value for partner in ranked),
            )
            for group in groups:
                domain = self._among() & Domain(group["__extra_domain"])
                self.assertEqual(partners.search_count(domain), group["__count"])

    def _check_order(self, partners, ranked):
        """Those without figures come last, in both directions of most and newest."""
        by_value = ranked.sorted(lambda each: -self._get_metric(each).order_value)
        by_date = ranked.sorted(lambda each: self._get_metric(each).last_order_date)
        for order, expected in (
            ("crm_order_value desc", by_value),
            ("crm_last_order_date desc", by_date[::-1]),
            ("crm_last_order_date", by_date),
        ):
            found = partners.search(self._among(), order=order)
            self.assertEqual(found, self.all)
            self.assertEqual(found[: len(ranked)].ids, expected.ids, order)

    def _check_export(self, partners, visible):
        if not partners.env.user.has_group(EXPORT):
            return
        everyone = self.all.with_env(partners.env)
        rows = everyone.export_data([".id", "crm_order_value"])["datas"]
        self.assertEqual(
            {int(partner): float(value or 0) for partner, value in rows},
            {
                partner.id: self._get_metric(partner).order_value
                if partner in visible
                else 0.0
                for partner in self.all
            },
        )


@tagged("post_install", "-at_install")
class TestPortalCalls(AccessCase, RpcCase):
    """What a portal user may send over the wire, ``call_kw`` being open to it."""

    def test_calls_are_refused(self):
        self.authenticate(self.portal.login, self.portal.login)
        row = self._get_metric(self.own)
        calls = [
            ("crm.dashboard.tile", "get_dashboard", [DASHBOARD]),
            ("crm.dashboard.tile", "get_tiles", [DASHBOARD, ["rfm"], {}]),
            ("crm.dashboard.tile", "open_report", ["rfm", {}, False]),
            ("crm.dashboard.tile", "save_preference", [DASHBOARD, {}]),
            ("crm.dashboard.tile", "get_rfm_explanation", [row.id]),
            ("crm.customer.metric", "search_read", [[], ["segment"]]),
            ("crm.segment.change", "search_read", [[], ["segment_to"]]),
            ("res.partner", "read", [self.own.ids, ["crm_rfm_segment"]]),
            ("res.partner", "search", [[("crm_order_count", ">", 0)]]),
            ("res.partner", "formatted_read_group", [[], ["crm_rfm_segment"], []]),
        ]
        for model, method, args in calls:
            with self.subTest(model=model, method=method):
                self._check_refused(model, method, *args)

    def test_own_partner_stays_readable(self):
        self.authenticate(self.portal.login, self.portal.login)
        (values,) = self._call("res.partner", "read", self.own.ids, ["name"])
        self.assertEqual(values["name"], self.own.name)

    def test_salesperson_is_let_in(self):
        self.authenticate(self.seller.login, self.seller.login)
        tiles = self._call("crm.dashboard.tile", "get_tiles", DASHBOARD, ["rfm"], {})
        self.assertEqual(tiles["rfm"]["blocks"][0]["text"], "2 customers")

    def test_private_methods_are_not_callable(self):
        self.authenticate(self.manager.login, self.manager.login)
        for model, method, args in (
            ("crm.metric.refresh", "_refresh_company", [self.company.id]),
            ("crm.tile.rfm", "_get_content", [{}]),
            ("crm.customer.metric", "_read_population", [[1]]),
        ):
            with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
                self._call(model, method, *args)
