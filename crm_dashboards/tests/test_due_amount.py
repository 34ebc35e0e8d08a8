# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import NOW
from .due_common import DueMixin
from .search_view import open_report
from .workbook_common import WorkbookCase

AMOUNT = "amount_residual:sum"

# of the list with all optional columns
DUE_COLUMNS = [
    "partner_id",
    "move_name",
    "date",
    "date_due",
    "days_overdue",
    "age",
    "user_id",
    "currency_id",
    "amount_residual_currency",
    "amount_residual",
]


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestDueAmount(DueMixin, WorkbookCase):
    """A customer with everything that makes a balance, by hand.

    Today is 21 November. Open are, in euros: 1000 not due, 200 due today, 70 due in a
    week, 300 one day late, 90 of 150 (60 paid) 31 days late, 80 (100 dollars) 61 days
    late, 40 91 days late; a payment of 25 and a credit note of 15 are not set against
    anything.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoicing = cls._create_user("books", "account.group_account_invoice")
        cls.books = cls._create_books(cls.company)
        cls.customer = cls._create_customer("Baker", cls.seller)
        cls.contact = cls.env["res.partner"].create(
            {"name": "Ann", "parent_id": cls.customer.id, "type": "invoice"}
        )
        cls._create_rate("2026-01-01", 1.25)
        for date, due, amount in (
            ("2026-11-20", "2026-11-29", 1000),
            ("2026-10-21", "2026-11-21", 200),
            ("2026-10-22", "2026-11-28", 70),
        ):
            cls._create_invoice(cls.books, cls.customer, date, due, amount)
        cls._create_invoice(
            cls.books, cls.contact, "2026-10-01", "2026-11-20", 300
        )  # a contact's invoice is the company's
        paid_in_part = cls._create_invoice(
            cls.books, cls.customer, "2026-09-20", "2026-10-21", 150
        )
        cls._create_payment(cls.books, cls.customer, "2026-10-25", 60, paid_in_part)
        cls._create_invoice(
            cls.books,
            cls.customer,
            "2026-08-21",
            "2026-09-21",
            100,
            currency_id=cls.dollar.id,
        )
        cls._create_invoice(cls.books, cls.customer, "2026-07-22", "2026-08-22", 40)
        cls.payment = cls._create_payment(cls.books, cls.customer, "2026-11-01", 25)
        cls._create_invoice(
            cls.books,
            cls.customer,
            "2026-11-02",
            "2026-11-02",
            15,
            move_type="out_refund",
        )
        cls._create_what_does_not_count()

    @classmethod
    def _create_what_does_not_count(cls):
        paid = cls._create_invoice(
            cls.books, cls.customer, "2026-06-01", "2026-07-01", 500
        )
        cls._create_payment(cls.books, cls.customer, "2026-06-20", 500, paid)
        draft = cls._create_invoice(
            cls.books, cls.customer, "2026-06-02", "2026-07-02", 5000
        )
        draft.button_draft()
        other = cls._create_customer("Grocer", cls.colleague)
        cls._create_invoice(cls.books, other, "2026-06-03", "2026-07-03", 7000)
        sister = cls._create_books(cls.sister)
        cls._create_invoice(sister, cls.customer, "2026-06-04", "2026-07-04", 9000)

    def _get_due_tile(self, customer=None, **options):
        scope = {"customer_id": (customer or self.customer).id}
        env = self._as(options.pop("user", self.manager), options.pop("companies", 0))
        tiles = env["crm.dashboard.tile"].get_tiles(
            "customer", ["customer_due_amount"], scope
        )
        return tiles.get("customer_due_amount")

    def _open_due(self, drill=False, user=None, companies=None):
        return open_report(
            self._as(user or self.manager, companies),
            "customer_due_amount",
            {"customer_id": self.customer.id},
            drill,
        )

    def _get_figures(self, tile):
        """Return {label: value} of all figures of the tile."""
        return {
            figure["label"]: figure["cell"]["value"]
            for block in self._get_blocks(tile, "figure")
            for figure in block["figures"]
        }

    def test_figures_worked_out_by_hand(self):
        tile = self._get_due_tile()
        self.assertEqual(
            self._get_figures(tile),
            {
                "total due": 1740,  # 1780 charged, 40 of credits
                "overdue, 29% of what is charged": 510,
                "oldest due date": "2026-08-22",
                "unallocated credits, taken off the total": -40,
            },
        )
        parts = self._get_block(tile, "stack")["parts"]
        self.assertEqual(
            [(part["label"], part["cell"]["value"]) for part in parts],
            [
                ("Not due", 1000),
                ("Due soon", 270),
                ("0–30 days overdue", 300),
                ("31–60 days overdue", 90),
                ("61–90 days overdue", 80),
                ("90+ days overdue", 40),
            ],
        )
        self.assertAlmostEqual(parts[0]["share"], 1000 / 1780)
        self.assertAlmostEqual(sum(part["share"] for part in parts), 1)

    def test_ages_change_on_the_day(self):
        ages = ("overdue_30", "overdue_60", "overdue_90", "overdue_older")
        for days, age in (
            (-8, "not_due"),
            (-7, "due_soon"),
            (0, "due_soon"),
            *zip((1, 31, 61, 91), ages, strict=True),
            *zip((30, 60, 90, 1000), ages, strict=True),
        ):
            with self.subTest(days=days):
                move = self._create_invoice(
                    self.books,
                    self.customer,
                    "2020-01-01",
                    self._days_from_now(-days),
                    1,
                )
                line = self.env["crm.due.line"].search([("move_id", "=", move.id)])
                self.assertEqual(line.age, age)
                self.assertEqual(line.days_overdue, max(days, 0))

    def test_total_is_the_balance_of_the_partner_ledger(self):
        ledger = self.customer.with_company(self.company).credit
        self.assertEqual(ledger, 1740)
        tile = self._get_due_tile()
        self.assertEqual(self._get_figures(tile)["total due"], ledger)
        sister = self.sister | self.company
        self.manager.company_ids = sister
        tile = self._get_due_tile(companies=sister)
        self.assertEqual(
            self._get_figures(tile)["total due"],
            self.customer.with_company(self.sister).credit,
        )

    def test_an_entry_on_a_contact_counts_for_its_company(self):
        self._create_payment(self.books, self.contact, "2026-11-03", 10)
        ledger = (self.customer | self.contact).with_company(self.company)
        tile = self._get_due_tile(self.contact)
        self.assertEqual(self._get_figures(tile)["total due"], 1730)
        self.assertEqual(sum(ledger.mapped("credit")), 1730)

    def test_tile_report_and_workbook_show_one_number(self):
        for user in (self.manager, self.seller):
            with self.subTest(user=user.name):
                self._check_one_number(user)

    def _check_one_number(self, user):
        tile = self._get_due_tile(user=user)
        figures = self._get_block(tile, "stack")["parts"]
        for block in self._get_blocks(tile, "figure"):
            figures = figures + [each for each in block["figures"] if each["drill"]]
        self.assertEqual(len(figures), 8)  # six ages, overdue, credits
        for figure in figures:
            report = self._open_due(figure["drill"], user)
            self.assertEqual(report.aggregate(AMOUNT)[AMOUNT], figure["cell"]["value"])
        report = self._open_due(user=user)
        total = self._get_figures(tile)["total due"]
        self.assertEqual(report.aggregate(AMOUNT)[AMOUNT], total)
        content = self._export_report(
            "customer_due_amount", user, domain=report.get_plain_domain()
        )
        rows = self._read_records(self._open(content)["Due Amounts"])
        self.assertEqual(sum(row["Due Amount"] for row in rows), total)
        self.assertEqual(len(rows), 9)

    def test_workbook_shows_own_currency_ages_and_links(self):
        content = self._export_report(
            "customer_due_amount", self.invoicing, columns=DUE_COLUMNS
        )
        workbook = self._open(content)
        rows = self._read_records(workbook["Due Amounts"])
        (dollars,) = [row for row in rows if row["Own Currency"] == "USD"]
        self.assertEqual(
            (dollars["Due in Own Currency"], dollars["Due Amount"]), (100, 80)
        )
        self.assertEqual(dollars["Age"], "61–90 days overdue")
        self.assertEqual(dollars["Days Overdue"], 61)
        header, column = self._get_column(workbook["Due Amounts"], "Due Amount")
        totals = [workbook["Due Amounts"].cell(header - up, column) for up in (2, 1)]
        # 1740 of the baker and 7000 of the grocer on ten lines
        self.assertEqual([cell.value for cell in totals], [8740, 874])
        summary = workbook["By Age"]
        row = self._find_row(summary, "Unallocated credits")
        self.assertEqual([cell.value for cell in summary[row]][1:3], [2, -40])
        self.assertIn("account.move", self._read_links(content))

    def test_workbook_of_others_links_to_customers(self):
        content = self._export_report("customer_due_amount", self.seller)
        links = self._read_links(content)
        self.assertIn("res.partner", links)
        self.assertNotIn("account.move", links)

    def _read_links(self, content):
        sheet = self._open(content, formulas=True)["Due Amounts"]
        return "".join(
            cell.value
            for row in sheet.iter_rows()
            for cell in row
            if str(cell.value).startswith("=HYPERLINK")
        )

    def test_today_is_that_of_the_company(self):
        self.company.crm_figures_tz = "Pacific/Kiritimati"  # 22 November already
        figures = self._get_figures(self._get_due_tile())
        self.assertEqual(figures["overdue, 40% of what is charged"], 710)

    def test_switched_off_nobody_gets_anything(self):
        self.company.crm_due_amounts = False
        tile = self._get_due_tile()
        self.assertEqual(tile["state"], "empty")
        self.assertEqual(tile["message"], "Due amounts are off in the settings.")
        self.assertFalse(tile["blocks"])
        self.assertFalse(self._get_due_lines(self.manager))
        self.manager.company_ids |= self.sister
        lines = self._get_due_lines(self.manager, self.company | self.sister)
        self.assertEqual(lines.company_id, self.sister)

    def test_nothing_open_says_so(self):
        for customer in (
            self._create_customer("New", self.seller),
            self._create_customer("Newer", self.colleague),
        ):
            tile = self._get_due_tile(customer)
            self.assertEqual((tile["state"], tile["blocks"]), ("empty", []))
            self.assertEqual(tile["message"], "Nothing is open.")

    def test_credits_only(self):
        customer = self._create_customer("Early", self.seller)
        self._create_payment(self.books, customer, "2026-11-01", 30)
        tile = self._get_due_tile(customer)
        self.assertFalse(self._get_blocks(tile, "stack"))
        self.assertEqual(
            self._get_figures(tile),
            {"total due": -30, "unallocated credits, taken off the total": -30},
        )

    def test_nothing_overdue(self):
        customer = self._create_customer("Punctual", self.seller)
        self._create_invoice(self.books, customer, "2026-11-01", "2026-12-01", 30)
        tile = self._get_due_tile(customer)
        self.assertEqual(self._get_figures(tile)["nothing overdue"], 0)
        self.assertFalse(self._get_block_figures(tile)[1]["drill"])

    def _get_block_figures(self, tile):
        return self._get_blocks(tile, "figure")[0]["figures"]

    def test_installments_are_lines_of_their_own(self):
        terms = self.env["account.payment.term"].create(
            {
                "name": "Half now, half later",
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": 50, "nb_days": days}
                    )
                    for days in (0, 60)
                ],
            }
        )
        customer = self._create_customer("Patient", self.seller)
        self._create_invoice(
            self.books,
            customer,
            "2026-10-21",
            False,
            100,
            invoice_payment_term_id=terms.id,
        )
        parts = self._get_block(self._get_due_tile(customer), "stack")["parts"]
        self.assertEqual(
            [(part["label"], part["cell"]["value"]) for part in parts],
            [("Not due", 50), ("31–60 days overdue", 50)],
        )

    def test_odd_drills_are_refused(self):
        for drill in (
            {"key": "age", "value": "nothing"},
            {"key": "age", "value": []},
            {"key": "overdue", "value": 1},
            {"key": "overdue", "value": False},
            {"key": "customer", "value": 1},
        ):
            with self.subTest(drill=drill), self.assertRaises(ValidationError):
                self._open_due(drill)

    def test_a_row_opens_what_the_user_may_read(self):
        line = self._get_due_lines(self.manager).filtered(
            lambda line: line.move_id == self.payment
        )
        action = line.with_env(self._as(self.invoicing)).action_open()
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("account.move", self.payment.id)
        )
        action = line.with_env(self._as(self.seller)).action_open()
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("res.partner", self.customer.id)
        )

    def test_queries_do_not_grow_with_other_customers(self):
        def count_queries():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._get_due_tile(user=self.seller)
            return self.env.cr.sql_log_count - before

        count_queries()
        few = count_queries()
        for number in range(5):
            other = self._create_customer(f"Other {number}", self.seller)
            self._create_invoice(self.books, other, "2026-11-01", "2026-11-02", 1)
        count_queries()
        self.assertEqual(count_queries(), few)
