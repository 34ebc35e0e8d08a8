# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged

from .search_view import open_report
from .workbook_common import WorkbookCase

CODE = "moved_this_week"
EVERYONE = {"account_manager": "all"}
TOMORROW = "2026-11-22 12:00:00"


class MoveCase(WorkbookCase):
    """Fixed cut-offs, so that nobody's segment depends on the others.

    Recency 30, 60, 120, 240 days; orders 2, 4, 8, 16; value 500, 1500, 5000, 15000.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager.company_ids = cls.company | cls.sister
        cls.company.crm_rfm_method = "cutoffs"
        for number in range(4):
            filler = cls._create_customer(f"Filler {number}")
            cls._create_order(filler, "2026-11-01", 10)
        # two orders of 300 (F 2, M 2), the last one 60 days ago (R 4)
        cls.regular = cls._create_customer("Regular", cls.seller)
        cls.regular_orders = cls._create_orders(
            [(cls.regular, "2026-08-01", 300), (cls.regular, "2026-09-22", 300)]
        )
        cls.newcomer = cls._create_customer("Newcomer", cls.colleague)
        cls._create_order(cls.newcomer, "2026-11-15", 400)
        cls._refresh()

    def _get_rows(self, **viewer):
        self.env.invalidate_all()
        tile = self._get_tile(CODE, **viewer)
        return [
            row for block in self._get_blocks(tile, "rows") for row in block["rows"]
        ]

    def _get_causes(self, **viewer):
        """Return [(cause, number, words)] as the tile has them below each other."""
        return [
            (line["drill"]["value"], line["cell"]["value"], line["label"])
            for block in self._get_blocks(self._get_tile(CODE, **viewer), "figure")
            for line in block["figures"]
        ]

    def _get_names(self, **viewer):
        return [row["title"] for row in self._get_rows(**viewer)]

    def _get_note(self, **viewer):
        return self._get_block(self._get_tile(CODE, **viewer), "note")["text"]

    @classmethod
    def _create_move(cls, customer, day, segments, cause="orders", company=None):
        segment_from, segment_to = segments
        return cls.env["crm.segment.change"].create(
            {
                "partner_id": customer.id,
                "company_id": (company or cls.company).id,
                "date": day,
                "segment_from": segment_from,
                "segment_to": segment_to,
                "cause": cause,
            }
        )


@tagged("post_install", "-at_install")
class TestMovedThisWeek(MoveCase):
    def test_first_night_is_no_news(self):
        tile = self._get_tile(CODE)
        self.assertEqual(tile["state"], "empty")
        self.assertEqual(
            tile["message"], "No customer changed segment in the last seven days."
        )

    def test_orders_and_time_move_customers(self):
        with freeze_time(TOMORROW):
            self._create_order(self.newcomer, "2026-11-22 09:00:00", 200)
            self._refresh()
            self.assertEqual(self._get_note(), "1 up · 1 down")
            rows = {row["title"]: row for row in self._get_rows()}
        self.assertEqual(set(rows), {"Newcomer", "Regular"})
        up, down = rows["Newcomer"], rows["Regular"]
        self.assertEqual((up["direction"], up["subtitle"]), ("up", "ordered"))
        self.assertEqual(up["badge_from"]["segment"], "new")
        self.assertEqual(up["badge"]["segment"], "potential_loyalist")
        self.assertEqual(up["cell"], {"value": "2026-11-22", "unit": "date"})
        self.assertEqual(
            (down["direction"], down["subtitle"]), ("down", "no order for 61 days")
        )
        self.assertEqual(down["badge_from"]["segment"], "potential_loyalist")
        self.assertEqual(down["badge"]["segment"], "about_to_sleep")
        self.assertEqual(down["badge"]["metric_id"], self._get_metric(self.regular).id)

    def test_cancelled_order_is_told(self):
        self.regular_orders[1]._action_cancel()
        self._refresh()
        (row,) = self._get_rows()
        self.assertEqual(row["title"], "Regular")
        self.assertEqual(row["direction"], "down")
        self.assertEqual(
            row["subtitle"], "orders were cancelled or fell behind the others'"
        )
        self.assertEqual(self._get_note(), "0 up · 1 down")

    def test_climbing_without_an_order_is_the_others_doing(self):
        segments = ("about_to_sleep", "potential_loyalist")
        self._create_move(self.regular, "2026-11-20", segments, "time")
        (row,) = self._get_rows()
        self.assertEqual(row["subtitle"], "without a new order")

    def test_tile_and_report_are_sorted_alike_and_open_the_customer(self):
        up = ("new", "loyal")
        large = self._create_customer("Large", self.colleague)
        self._create_order(large, "2026-11-01", 9000)
        self._refresh()
        self._create_move(large, "2026-11-19", up, "time")
        self._create_move(self.newcomer, "2026-11-21", up)
        self._create_move(self.regular, "2026-11-20", up)
        names = self._get_names()
        self.assertEqual(names, ["Regular", "Newcomer", "Large"])
        report = open_report(self._as(self.manager), CODE)
        moves = report.search_as_listed()
        self.assertEqual(moves.partner_id.mapped("name"), names)
        self.assertEqual(moves.mapped("order_value"), [600, 400, 9000])
        action = moves[0].action_open_customer()
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("res.partner", self.regular.id)
        )
        theirs = moves[1].with_user(self.seller)
        with self.assertRaises(AccessError):
            theirs.action_open_customer()

    def test_own_orders_and_others_are_told_apart(self):
        up, down = ("new", "loyal"), ("loyal", "at_risk")
        for number in range(4):
            customer = self._create_customer(f"Pushed {number}")
            self._create_order(customer, "2026-11-01", 5000)
            self._create_move(customer, "2026-11-21", up, "time")
        self._refresh()
        self._create_move(self.regular, "2026-11-20", down, "time")
        self._create_move(self.regular, "2026-11-21", up)
        self._create_move(self.newcomer, "2026-11-21", down)
        self.assertEqual(self._get_note(), "5 up · 2 down")
        self.assertEqual(
            self._get_causes(),
            [
                ("orders", 2, "by their own orders: 1 up · 1 down"),
                ("time", 5, "by time or others' orders: 4 up · 1 down"),
            ],
        )
        # the smaller customers, but by what they did themselves; five rows in all
        self.assertEqual(self._get_names()[:2], ["Regular", "Newcomer"])
        self.assertEqual(len(self._get_names()), 5)
        self.assertTrue(all(name[:6] == "Pushed" for name in self._get_names()[2:]))

    def test_cause_opens_its_moves(self):
        self._create_move(self.regular, "2026-11-20", ("loyal", "at_risk"), "time")
        self._create_move(self.newcomer, "2026-11-21", ("new", "loyal"))
        self._create_move(self.newcomer, "2026-11-01", ("new", "loyal"))
        tile = self._as(self.manager)["crm.dashboard.tile"]
        for cause, customer in (("orders", self.newcomer), ("time", self.regular)):
            drill = {"key": "cause", "value": cause}
            report = open_report(self._as(self.manager), CODE, EVERYONE, drill)
            self.assertEqual(report.search().partner_id, customer)
        for value in ("nothing", ["orders"], None, 1):
            with self.assertRaises(ValidationError):
                tile.open_report(CODE, EVERYONE, {"key": "cause", "value": value})

    def test_only_the_last_seven_days(self):
        up, down = ("new", "loyal"), ("loyal", "at_risk")
        self._create_move(self.newcomer, "2026-11-21", up)
        self._create_move(self.regular, "2026-11-15", down)
        self._create_move(self.regular, "2026-11-14", up)
        self.assertEqual(self._get_names(), ["Regular", "Newcomer"])
        self.assertEqual(self._get_note(), "1 up · 1 down")
        with freeze_time(TOMORROW):
            self.assertEqual(self._get_names(), ["Newcomer"])
        with freeze_time("2026-11-27 12:00:00"):
            self.assertEqual(self._get_names(), ["Newcomer"])
        with freeze_time("2026-11-28 12:00:00"):
            self.assertEqual(self._get_tile(CODE)["state"], "empty")

    def test_largest_customers_first_each_with_its_last_move(self):
        self._create_move(self.regular, "2026-11-18", ("loyal", "at_risk"))
        self._create_move(self.regular, "2026-11-20", ("at_risk", "champions"))
        self._create_move(self.newcomer, "2026-11-21", ("new", "promising"))
        self.assertEqual(self._get_note(), "1 up · 2 down")
        rows = self._get_rows()
        # orders of 600 and of 400
        self.assertEqual([row["title"] for row in rows], ["Regular", "Newcomer"])
        self.assertEqual(rows[0]["badge_from"]["segment"], "at_risk")
        self.assertEqual(rows[0]["direction"], "up")

    def test_badge_of_a_former_segment_explains_nothing(self):
        self._create_move(self.regular, "2026-11-20", ("new", "loyal"))
        (row,) = self._get_rows()
        self.assertEqual(row["badge"]["segment"], "loyal")
        self.assertFalse(row["badge"]["metric_id"])  # it is potential_loyalist now


@tagged("post_install", "-at_install")
class TestMovesReport(MoveCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        up, down = ("new", "loyal"), ("loyal", "at_risk")
        for number in range(6):
            day = f"2026-11-{15 + number}"
            cls._create_move(cls.regular, day, up if number % 2 else down)
        cls._create_move(cls.newcomer, "2026-11-20", up)
        cls._create_move(cls.newcomer, "2026-11-14", down)
        cls._create_move(cls.newcomer, "2026-11-19", down, company=cls.sister)

    def _check_one_number(self, up, down, **viewer):
        self.assertEqual(self._get_note(**viewer), f"{up} up · {down} down")
        user, companies = viewer.get("user", self.manager), viewer.get("companies")
        report = open_report(
            self._as(user, companies), CODE, viewer.get("scope", EVERYONE)
        )
        directions = report.search().mapped("direction")
        self.assertEqual((directions.count("up"), directions.count("down")), (up, down))
        self.assertEqual(report.aggregate("__count")["__count"], up + down)

    def test_manager(self):
        self._check_one_number(4, 3)
        self.assertEqual(self._get_names(), ["Regular", "Newcomer"])

    def test_scope_of_an_account_manager(self):
        for manager, up, down in ((self.seller, 3, 3), (self.colleague, 1, 0)):
            self._check_one_number(up, down, scope={"account_manager": manager.id})

    def test_salesperson_with_own_documents(self):
        self._check_one_number(3, 3, user=self.seller)
        self.assertEqual(set(self._get_names(user=self.seller)), {"Regular"})

    def test_second_company(self):
        for companies in (self.sister, self.sister | self.company):
            self._check_one_number(0, 1, companies=companies)

    def test_without_the_facet_all_moves_are_there(self):
        report = open_report(self._as(self.manager), CODE)
        del report.defaults["last_seven_days"]
        self.assertEqual(len(report.search()), 8)

    def test_row_opens_its_customer(self):
        tile = self._as(self.manager)["crm.dashboard.tile"]
        action = tile.open_report(CODE, EVERYONE, self._get_rows()[0]["drill"])
        self.assertEqual(action["res_model"], "res.partner")
        self.assertIn(action["res_id"], (self.regular | self.newcomer).ids)
        with self.assertRaises(ValidationError):
            tile.open_report(CODE, EVERYONE, {"key": "move", "value": 1})
