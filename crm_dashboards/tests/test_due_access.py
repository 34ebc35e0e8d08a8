# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
from urllib.parse import quote

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .due_common import DueMixin
from .workbook_common import WorkbookCase

CODE = "customer_due_amount"
DATA = {"report_code": "customer_due_amount", "options": {}}
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@tagged("post_install", "-at_install")
class TestDueAccess(DueMixin, WorkbookCase, HttpCase):
    """Who may know what a customer owes: by calls, by the ORM and by the route."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_strangers()
        books = cls._create_books(cls.company)
        cls.mine = cls.portal.partner_id
        cls.mine.write(
            {"is_company": True, "customer_rank": 1, "user_id": cls.seller.id}
        )
        cls.theirs = cls._create_customer("Theirs", cls.colleague)
        cls.nobodys = cls._create_customer("Nobody's")
        cls.customers = cls.mine | cls.theirs | cls.nobodys
        for place, customer in enumerate(cls.customers):
            cls._create_invoice(
                books,
                customer,
                "2026-01-01",
                "2026-02-01",
                10 * (place + 1),
                invoice_user_id=cls.colleague.id,
            )
        cls.env.flush_all()

    def _get_due_tiles(self, user, customer):
        tile = self._as(user)["crm.dashboard.tile"]
        return tile.get_tiles("customer", [CODE], {"customer_id": customer.id})

    def test_strangers_are_refused_whatever_way(self):
        lines = self._get_due_lines(self.manager)
        scope = {"customer_id": self.mine.id}
        for user in (self.portal, self.internal):
            env = self._as(user)
            tile, line = env["crm.dashboard.tile"], env["crm.due.line"]
            for name, call in {
                "tile": lambda tile=tile: tile.get_tiles("customer", [CODE], scope),
                "report": lambda tile=tile: tile.open_report(CODE, scope),
                "workbook": lambda tile=tile: tile.export_report(
                    "customer_due_amount", {}
                ),
                "search": lambda line=line: line.search([]),
                "count": lambda line=line: line.search_count([]),
                "groups": lambda line=line: line.formatted_read_group(
                    [], ["age"], ["amount_residual:sum"]
                ),
                "read": lambda line=line: line.browse(lines.ids).read(["age"]),
                "open": lambda line=line: line.browse(lines.ids[0]).action_open(),
            }.items():
                with self.subTest(user=user.name, call=name):
                    with self.assertRaises(AccessError):
                        call()

    def test_everyone_s_amounts_for_those_who_see_everyone(self):
        for user in (self.manager, self.colleague, self.invoicing, self.reader):
            with self.subTest(user=user.name):
                lines = self._get_due_lines(user)
                self.assertEqual(lines.partner_id, self.customers)
                self.assertEqual(sum(lines.mapped("amount_residual")), 60)
                for customer in self.customers:
                    tiles = self._get_due_tiles(user, customer)
                    self.assertEqual(tiles[CODE]["state"], "ready")

    def test_account_manager_sees_own_customers_without_journal_items(self):
        env = self._as(self.seller)
        self.assertFalse(env["account.move.line"].search([]))
        lines = self._get_due_lines(self.seller)
        self.assertEqual(lines.partner_id, self.mine)
        (values,) = lines.read(["move_name", "amount_residual", "age", "days_overdue"])
        self.assertEqual(values["amount_residual"], 10)
        self.assertTrue(values["move_name"])
        self.assertEqual(
            lines.search_read([("partner_id.name", "=", self.mine.name)], ["age"])[0][
                "age"
            ],
            values["age"],
        )
        self.assertEqual(self._get_due_tiles(self.seller, self.mine)[CODE]["tabs"], [])

    def test_account_manager_does_not_see_others_customers(self):
        hidden = self._get_due_lines(self.manager) - self._get_due_lines(self.seller)
        self.assertEqual(hidden.partner_id, self.theirs | self.nobodys)
        with self.assertRaises(AccessError):
            hidden.with_env(self._as(self.seller)).read(["amount_residual"])
        with self.assertRaises(AccessError):
            hidden[0].with_env(self._as(self.seller)).action_open()
        paid_up = self._create_customer("Paid up", self.colleague)
        tile = self._as(self.seller)["crm.dashboard.tile"]
        # Not even whether anything is open is told.
        for customer in (self.theirs, self.nobodys, paid_up):
            with self.subTest(customer=customer.name):
                self.assertEqual(self._get_due_tiles(self.seller, customer), {})
                with self.assertRaises(AccessError):
                    tile.open_report(CODE, {"customer_id": customer.id})

    def test_no_way_round_by_dotted_paths(self):
        lines = self._as(self.seller)["crm.due.line"]
        found = lines.search([("move_id.amount_total", ">", 0)])
        self.assertFalse(found)  # the invoice itself is the colleague's
        moves = self._as(self.seller)["account.move"].search([])
        self.assertFalse(moves)

    def test_customer_that_changes_hands_changes_eyes(self):
        self.theirs.user_id = self.seller
        self.mine.user_id = self.colleague
        self.assertEqual(self._get_due_lines(self.seller).partner_id, self.theirs)
        self.assertIn(CODE, self._get_due_tiles(self.seller, self.theirs))
        self.assertNotIn(CODE, self._get_due_tiles(self.seller, self.mine))

    def test_other_company_s_users_see_nothing(self):
        self.assertFalse(self._get_due_lines(self.stranger))
        tiles = self._get_due_tiles(self.stranger, self.mine)
        self.assertEqual(tiles[CODE]["state"], "empty")
        with self.assertRaises(AccessError):
            self._get_due_lines(self.stranger, self.company)
        lines = self._get_due_lines(self.manager)
        with self.assertRaises(AccessError):
            lines.with_env(self._as(self.stranger)).read(["amount_residual"])

    def test_nobody_writes(self):
        lines = self._get_due_lines(self.manager)
        admin = self._create_user(
            "admin", "base.group_system,account.group_account_manager"
        )
        for user in (self.manager, self.invoicing, admin):
            record = lines[0].with_env(self._as(user))
            with self.assertRaises(AccessError):
                record.write({"amount_residual": 0})
            with self.assertRaises(AccessError):
                record.unlink()
            with self.assertRaises(AccessError):
                record.create({"amount_residual": 0})

    @mute_logger("odoo.http", "odoo.addons.report_xlsx.controllers.main")
    def test_the_route_gives_each_the_own(self):
        for user, expected in (
            (self.portal, None),
            (self.internal, None),
            (self.seller, [10]),
            (self.colleague, [10, 20, 30]),
            (self.invoicing, [10, 20, 30]),
            (self.reader, [10, 20, 30]),
            (self.stranger, []),
        ):
            with self.subTest(user=user.name):
                self.authenticate(user.login, user.login)
                options = quote(json.dumps(DATA))
                response = self.url_open(
                    f"/report/xlsx/crm_dashboards.report_workbook"
                    f"?options={options}&context=%7B%7D"
                )
                if expected is None:
                    self.assertEqual(response.status_code, 403)
                    continue
                self.assertEqual(response.headers["Content-Type"], EXCEL)
                sheet = self._open(response.content)["Due Amounts"]
                rows = self._read_records(sheet)
                self.assertEqual(sorted(row["Due Amount"] for row in rows), expected)
