# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged

from odoo.addons.crm_dashboards.tests.common import NOW
from odoo.addons.crm_dashboards.tests.search_view import open_report
from odoo.addons.crm_dashboards.tests.workbook_common import WorkbookCase

TABS = ("all", "open", "closed")
DELIVERY, BILLING = "Delivery", "Billing"


@freeze_time(NOW)
class ProblemsCase(WorkbookCase):
    """Tickets of two companies; the seller has no access to the helpdesk."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        both = cls.company | cls.sister
        for user in (cls.manager, cls.seller, cls.colleague):
            user.company_ids = both
        cls.manager.group_ids += cls.env.ref("helpdesk_mgmt.group_helpdesk_user")
        cls.env["crm.team"].create(
            {
                "name": "North",
                "company_id": False,
                "user_id": cls.manager.id,
                "member_ids": [(4, cls.seller.id)],
            }
        )
        cls.new, cls.done = cls.env["helpdesk.ticket.stage"].create(
            [
                {"name": "New here", "company_id": False},
                {"name": "Done here", "closed": True, "company_id": False},
            ]
        )
        cls.types = {
            name: cls.env["helpdesk.ticket.category"].create(
                {"name": name, "company_id": False}
            )
            for name in (DELIVERY, BILLING)
        }
        cls.mine = cls._create_customer("Mine", cls.seller)
        cls.buyer = cls.env["res.partner"].create(
            {"name": "Buyer", "parent_id": cls.mine.id}
        )
        cls.theirs = cls._create_customer("Theirs", cls.colleague)
        cls.nobodys = cls._create_customer("Nobody's")
        cls.tickets = {
            company: cls._create_tickets(company)
            for company in (cls.company, cls.sister)
        }

    @classmethod
    def _create_tickets(cls, company):
        """Return {subject: ticket}; the first one was changed last."""
        rows = [
            # subject, customer, stage, type, day it was changed
            ("Pallet damaged", cls.buyer, cls.new, DELIVERY, "2026-11-21 10:00:00"),
            ("Wrong quantity", cls.theirs, cls.new, DELIVERY, "2026-11-20 11:00:00"),
            ("Invoice address", cls.mine, cls.done, BILLING, "2026-11-18 12:00:00"),
            ("No answer", cls.nobodys, cls.new, None, "2026-11-10 12:00:00"),
            ("Unknown sender", None, cls.new, None, "2026-11-09 12:00:00"),
        ]
        tickets = {}
        for subject, customer, stage, category, day in rows:
            tickets[subject] = cls._create_ticket(
                day,
                name=subject,
                partner_id=customer and customer.id,
                stage_id=stage.id,
                category_id=category and cls.types[category].id,
                company_id=company.id,
            )
        return tickets

    @classmethod
    def _create_ticket(cls, changed, **values):
        """A ticket that was created by the manager and changed by the colleague."""
        ticket = cls.env["helpdesk.ticket"].create(
            {"name": "Ticket", "description": "<p>Text</p>", "user_id": False, **values}
        )
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE helpdesk_ticket SET create_date = %s, write_date = %s,"
            " create_uid = %s, write_uid = %s WHERE id = %s",
            [changed, changed, cls.manager.id, cls.colleague.id, ticket.id],
        )
        ticket.invalidate_recordset()
        return ticket

    def _comment(self, ticket, date, author, **values):
        self.env["mail.message"].create(
            {
                "model": ticket._name,
                "res_id": ticket.id,
                "message_type": "comment",
                "author_id": author.id,
                "date": date,
                **values,
            }
        )
        self.env.flush_all()

    def _get_problems(self, tab="open", user=None, account_manager="all", **viewer):
        scope = {"account_manager": account_manager, "tabs": {"problems": tab}}
        return self._get_tile("problems", user, scope, **viewer)

    def _get_rows(self, tile):
        return self._get_block(tile, "rows")["rows"]

    def _get_titles(self, tile):
        return [row["title"] for row in self._get_rows(tile)]

    def _get_counts(self, tile):
        return {tab["key"]: tab["count"] for tab in tile["tabs"]}


@tagged("post_install", "-at_install")
class TestProblems(ProblemsCase):
    def test_tabs_count_and_begin_with_the_open_ones(self):
        tile = self._get_tile("problems", scope={"account_manager": "all"})
        self.assertEqual(self._get_counts(tile), {"all": 5, "open": 4, "closed": 1})
        self.assertEqual(
            [tab["key"] for tab in tile["tabs"] if tab["active"]], ["open"]
        )
        self.assertNotIn("Invoice address", self._get_titles(tile))

    def test_each_tab_shows_its_tickets_last_updated_first(self):
        expected = {
            "all": [
                "Pallet damaged",
                "Wrong quantity",
                "Invoice address",
                "No answer",
                "Unknown sender",
            ],
            "open": ["Pallet damaged", "Wrong quantity", "No answer", "Unknown sender"],
            "closed": ["Invoice address"],
        }
        for tab, titles in expected.items():
            self.assertEqual(self._get_titles(self._get_problems(tab)), titles)

    def test_row_says_number_customer_type_and_age(self):
        rows = self._get_rows(self._get_problems("all"))
        tickets = self.tickets[self.company]
        number = tickets["Pallet damaged"].number
        # the customer, not the contact
        self.assertEqual(rows[0]["subtitle"], f"{number} · Mine · Delivery")
        self.assertEqual(rows[4]["subtitle"], tickets["Unknown sender"].number)
        self.assertEqual(
            [row["cell"] for row in rows[:3]],
            [
                {"value": "2 h", "unit": "text"},
                {"value": 1, "unit": "days"},
                {"value": 3, "unit": "days"},
            ],
        )

    def test_comment_is_an_update_by_its_author(self):
        ticket = self.tickets[self.company]["No answer"]
        self.assertEqual(self._get_titles(self._get_problems())[2], "No answer")
        self._comment(ticket, "2026-11-21 11:00:00", self.seller.partner_id)
        row = self._get_rows(self._get_problems())[0]
        self.assertEqual(row["title"], "No answer")
        self.assertEqual(row["avatar"], {"user_id": self.seller.id, "name": "Seller"})

    def test_later_change_counts_and_so_does_who_made_it(self):
        ticket = self.tickets[self.company]["Pallet damaged"]
        self._comment(ticket, "2026-11-20 08:00:00", self.seller.partner_id)
        row = self._get_rows(self._get_problems())[0]
        self.assertEqual(row["title"], "Pallet damaged")
        self.assertEqual(
            row["avatar"], {"user_id": self.colleague.id, "name": "Colleague"}
        )

    def test_customer_s_mail_has_a_name_without_picture(self):
        ticket = self.tickets[self.company]["No answer"]
        self._comment(ticket, "2026-11-21 11:00:00", self.buyer, message_type="email")
        avatar = self._get_rows(self._get_problems())[0]["avatar"]
        self.assertEqual(avatar, {"user_id": False, "name": "Buyer"})

    def test_notification_is_no_update(self):
        ticket = self.tickets[self.company]["No answer"]
        self._comment(
            ticket,
            "2026-11-21 11:00:00",
            self.seller.partner_id,
            message_type="notification",
        )
        self.assertEqual(self._get_titles(self._get_problems())[0], "Pallet damaged")

    def test_scope_follows_the_customer_s_account_manager(self):
        self.tickets[self.company]["Unknown sender"].user_id = self.colleague
        self.tickets[self.company]["Wrong quantity"].user_id = self.seller
        expected = {
            self.seller.id: {"Pallet damaged", "Invoice address"},
            "team": {"Pallet damaged", "Invoice address"},
            # and one without customer, by its own user
            self.colleague.id: {"Wrong quantity", "Unknown sender"},
            "none": {"No answer"},
        }
        for manager, titles in expected.items():
            with self.subTest(manager=manager):
                tile = self._get_problems("all", account_manager=manager)
                self.assertEqual(set(self._get_titles(tile)), titles)

    def test_salesperson_without_helpdesk_sees_followed_tickets_and_is_told(self):
        tickets = self.tickets[self.company]
        words = "Only the tickets you follow: you have no access to the helpdesk."
        tile = self._get_problems(user=self.seller)
        self.assertEqual(tile["state"], "empty")
        self.assertEqual(
            tile["message"],
            f"These customers have no open ticket. {words} "
            "Only your customers are shown.",
        )
        for subject in ("Pallet damaged", "Wrong quantity"):
            tickets[subject].message_subscribe(self.seller.partner_id.ids)
        tile = self._get_problems(user=self.seller)
        self.assertEqual(self._get_titles(tile), ["Pallet damaged"])  # of Mine only
        self.assertEqual(self._get_counts(tile), {"all": 1, "open": 1, "closed": 0})
        self.assertEqual(self._get_words(tile), [words])

    def test_helpdesk_user_of_own_tickets_is_told_and_a_full_one_not(self):
        self.assertFalse(self._get_words(self._get_problems()))
        self.colleague.group_ids += self.env.ref(
            "helpdesk_mgmt.group_helpdesk_user_own"
        )
        self.tickets[self.company]["Wrong quantity"].user_id = self.colleague
        tile = self._get_problems(user=self.colleague)
        self.assertEqual(self._get_titles(tile), ["Wrong quantity"])
        self.assertEqual(self._get_words(tile), ["Of the tickets you may read."])

    def test_portal_and_plain_users_are_refused(self):
        self._check_strangers_are_refused("problems")

    def test_takes_few_queries(self):
        self._check_query_count("problems", 15)


@tagged("post_install", "-at_install")
class TestProblemsReport(ProblemsCase):
    """Tile, report and workbook show the same number, whoever looks."""

    def test_manager_sees_one_number(self):
        for manager in ("all", "me", "team", "none", self.seller.id):
            with self.subTest(manager=manager):
                self._check_one_number(self.manager, account_manager=manager)

    def test_salesperson_who_follows_tickets_sees_one_number(self):
        for tickets in self.tickets.values():
            for subject in ("Pallet damaged", "Wrong quantity", "Invoice address"):
                tickets[subject].message_subscribe(self.seller.partner_id.ids)
        self._check_one_number(self.seller)
        report = open_report(self._as(self.seller), "problems")
        self.assertEqual(report.search().mapped("name"), ["Pallet damaged"])

    def test_second_company_sees_one_number(self):
        self.tickets[self.sister]["No answer"].stage_id = self.done
        for companies in (self.sister, self.sister | self.company):
            self._check_one_number(self.manager, companies=companies)
            tile = self._get_problems("closed", companies=companies)
            self.assertEqual(self._get_counts(tile), {"all": 5, "open": 3, "closed": 2})

    def _check_one_number(self, user, account_manager="all", companies=None):
        for tab in TABS:
            tile = self._get_problems(tab, user, account_manager, companies=companies)
            number = self._get_counts(tile)[tab]
            scope = {"account_manager": account_manager, "tabs": {"problems": tab}}
            report = open_report(self._as(user, companies), "problems", scope)
            self.assertEqual(report.aggregate("__count")["__count"], number)
            if tile["state"] == "empty":
                self.assertFalse(number)
                continue
            first = report.model.search(
                report.get_domain(), order="crm_date_last_update desc, id desc", limit=5
            )
            self.assertEqual(first.mapped("name"), self._get_titles(tile))
            content = self._export_report(
                "problems", user, companies, domain=report.get_plain_domain()
            )
            rows = self._read_records(self._open(content)["Problems"], "Number")
            self.assertEqual(len(rows), number)
            self.assertEqual(
                [row["Subject"] for row in rows[:5]], self._get_titles(tile)
            )

    def test_see_more_has_the_tab_and_the_scope_as_facets(self):
        tile = self._as(self.manager)["crm.dashboard.tile"]
        facets = {"all": {}, "open": {"open": 1}, "closed": {"closed": 1}}
        for tab, expected in facets.items():
            scope = {"account_manager": "me", "tabs": {"problems": tab}}
            action = tile.open_report("problems", scope)
            self.assertEqual(
                [tuple(term) for term in action["domain"]],
                [("company_id", "=", self.company.id)],
            )
            found = {
                key.removeprefix("search_default_"): value
                for key, value in action["context"].items()
                if key.startswith("search_default_")
            }
            self.assertEqual(found, {**expected, "my_customers": 1})

    def test_report_groups_by_type_and_account_manager(self):
        report = open_report(self._as(self.manager), "problems")
        for field, expected in (
            ("category_id", {DELIVERY: 2, False: 2}),
            ("crm_account_manager_id", {"Seller": 1, "Colleague": 1, False: 2}),
        ):
            groups = report.model.formatted_read_group(
                list(report.get_domain()), [field], ["__count"]
            )
            found = {
                group[field] and group[field][1]: group["__count"] for group in groups
            }
            self.assertEqual(found, expected)

    def test_summary_of_the_workbook_counts_without_money(self):
        sheet = self._open(self._export_report("problems"))["By Category"]
        header = self._find_row(sheet, "Category")
        self.assertEqual(
            [cell.value for cell in sheet[header] if cell.value],
            ["Category", "Count"],
        )
        counts = {
            sheet.cell(row, 1).value: sheet.cell(row, 2).value
            for row in range(header + 1, header + 4)
        }
        self.assertEqual(counts, {DELIVERY: 2, BILLING: 1, "None": 2})

    def test_row_opens_its_ticket(self):
        row = self._get_rows(self._get_problems())[0]
        tile = self._as(self.manager)["crm.dashboard.tile"]
        action = tile.open_report("problems", {}, row["drill"])
        self.assertEqual(action["res_model"], "helpdesk.ticket")
        self.assertEqual(
            action["res_id"], self.tickets[self.company]["Pallet damaged"].id
        )

    def test_ticket_that_the_user_may_not_read_is_refused(self):
        ticket = self.tickets[self.company]["Pallet damaged"]
        tile = self._as(self.seller)["crm.dashboard.tile"]
        with self.assertRaises(AccessError):
            tile.open_report("problems", {}, {"key": "ticket", "value": ticket.id})

    def test_drill_that_the_tile_did_not_declare_is_refused(self):
        tile = self._as(self.manager)["crm.dashboard.tile"]
        for drill in (
            {"key": "tab", "value": "open"},
            {"key": "ticket", "value": "1"},
            {"key": "ticket", "value": [1]},
        ):
            with self.subTest(drill=drill), self.assertRaises(ValidationError):
                tile.open_report("problems", {}, drill)
