# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from .common import DASHBOARD, NOW
from .search_view import open_report
from .workbook_common import WorkbookCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCustomerFilter(WorkbookCase):
    """A few letters in the header leave the figures of the customers they mean."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alder = cls._create_customer("Zyx Alder", cls.seller)
        cls.other = cls._create_customer("Zyx 100%", cls.colleague)
        cls.baker = cls._create_customer("Baker", cls.seller)
        cls.env["res.partner"].create({"name": "Amy Qwop", "parent_id": cls.baker.id})
        cls._create_orders(
            [
                (cls.alder, "2026-11-02", 10),
                (cls.other, "2026-11-02", 5),
                (cls.baker, "2026-11-02", 1),
            ]
        )
        cls._refresh()

    def _get_sum(self, search, manager="all"):
        scope = {"account_manager": manager, "search": search}
        tile = self._get_tile("orders", scope=scope)
        if tile["state"] == "empty":
            return 0
        return self._get_block(tile, "figure")["figures"][0]["cell"]["value"]

    def test_figures_are_of_those_that_are_found(self):
        self.assertEqual(self._get_sum(""), 16)
        self.assertEqual(self._get_sum(" zyx "), 15)
        self.assertEqual(self._get_sum("qwop"), 1)  # a contact of Baker
        self.assertEqual(self._get_sum("100%"), 5)
        self.assertEqual(self._get_sum("1%"), 0)  # no pattern

    def test_of_the_chosen_account_manager(self):
        self.assertEqual(self._get_sum("zyx", manager=self.seller.id), 10)

    def test_the_company_s_own_figures_do_not_stand_for_some(self):
        tile = self._get_tile(
            "orders", scope={"account_manager": "all", "search": "baker"}
        )
        labels = str(self._get_block(tile, "figure")["figures"])
        self.assertNotIn("short history", labels)

    def test_an_empty_tile_says_among_whom_it_looked(self):
        tile = self._get_tile(
            "missing_orders", scope={"account_manager": "me", "search": "zyx"}
        )
        self.assertTrue(tile["message"].startswith("Of the customers with “zyx”: "))

    def test_report_and_workbook_have_the_same_and_say_so(self):
        scope = {"account_manager": "all", "search": "zyx"}
        report = open_report(self._as(self.manager), "orders", scope)
        self.assertEqual(report.action["display_name"], "Orders – “zyx”")
        self.assertEqual(set(report.search().partner_id), {*(self.alder | self.other)})
        sheet = self._open(self._export_dashboard(scope=scope))["Orders"]
        top = self._read_top(sheet)
        self.assertEqual(top["Filters"], "Customers with “zyx”")
        self._find_row(sheet, "Orders: all rows (2)")

    def test_it_is_not_remembered(self):
        tiles = self._as(self.manager)["crm.dashboard.tile"]
        tiles.save_preference(DASHBOARD, {"scope": {"search": "zyx"}})
        self.assertNotIn("search", tiles.get_dashboard(DASHBOARD)["scope"])

    def test_what_is_no_text_is_refused(self):
        tiles = self._as(self.manager)["crm.dashboard.tile"]
        for search in (7, ["zyx"], {"a": 1}, True, "\x00"):
            with self.subTest(search=search), self.assertRaises(ValidationError):
                tiles.get_tiles(DASHBOARD, ["orders"], {"search": search})
