# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from io import BytesIO

from lxml import html

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger
from odoo.tools.pdf import PdfFileReader

from ..tiles import blocks
from ..tiles.scope import parse_scope
from .common import NOW, DashboardCase
from .due_common import DueMixin

REPORT = "crm_dashboards.customer_brief"
CODE = "customer_due_amount"
BADGE = blocks.Badge("new", "NC", "New Customer", 1)


def make_timeline(*titles, subtitle=""):
    return blocks.Timeline(
        tuple(
            blocks.TimelineEvent(
                icon="phone",
                title=title,
                subtitle=subtitle,
                datetime="2026-11-20 10:30:00",
                drill=False,
            )
            for title in titles
        )
    )


class BriefCase(DueMixin, DashboardCase):
    """A customer of the seller who owes 300, 100 of it late, and one of a colleague."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        books = cls._create_books(cls.company)
        cls.customer = cls._create_customer(
            "<b>Baker & Sons",
            cls.seller,
            street="1 Mill Lane",
            city="Ghent",
            phone="+32 9 000",
            email="baker@example.com",
        )
        cls.theirs = cls._create_customer("Theirs", cls.colleague)
        for customer in (cls.customer, cls.theirs):
            cls._create_orders(
                [
                    (customer, "2025-10-05", 80),
                    (customer, "2026-10-05", 100),
                    (customer, "2026-11-05", 30),
                ]
            )
            cls._create_invoice(books, customer, "2026-11-01", "2026-12-15", 200)
            cls._create_invoice(books, customer, "2026-08-01", "2026-10-01", 100)
        for number in range(4):
            other = cls._create_customer(f"Other {number}", cls.colleague)
            cls._create_order(other, "2026-09-01", 10)
        cls.quotation = cls._create_order(
            cls.customer, "2026-11-10", 55, state="draft", user_id=cls.seller.id
        )
        cls._refresh()

    def _render(self, user, customer=None):
        """Return the page as ``user`` gets it."""
        report = self._as(user)["ir.actions.report"]
        content, _kind = report._render_qweb_html(
            REPORT, (customer or self.customer).ids
        )
        return html.fromstring(content).find_class("o_crm_dashboards_brief")[0]

    def _get_sections(self, page):
        """Return {title: words} of the page's sections."""
        sections = page.find_class("o_brief_section")
        return {self._get_title(each): self._get_text(each) for each in sections}

    def _get_title(self, section):
        """Return a section's title without the note that may stand beside it."""
        (title,) = section.find_class("o_brief_title")
        return "".join(title.xpath("text()")).strip()

    def _get_text(self, element):
        return " ".join(element.text_content().replace("\ufeff", "").split())


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCustomerBrief(BriefCase):
    def test_the_action_prints_the_customer(self):
        contact = self.env["res.partner"].create(
            {"name": "Ann", "parent_id": self.customer.id}
        )
        tile = self._as(self.seller)["crm.dashboard.tile"]
        for partner in (self.customer, contact):
            action = tile.print_brief(partner.id)
            self.assertEqual(action["report_name"], REPORT)
            self.assertEqual(action["report_type"], "qweb-pdf")
            self.assertEqual(action["context"]["active_ids"], self.customer.ids)

    def test_requests_that_make_no_sense_are_refused(self):
        tile = self._as(self.seller)["crm.dashboard.tile"]
        for odd in (None, False, 0, "1", -1, [1], {}):
            with self.subTest(odd=odd), self.assertRaises(ValidationError):
                tile.print_brief(odd)
        report = self._as(self.seller)[f"report.{REPORT}"]
        for odd in (None, []):
            with self.assertRaises(ValidationError):
                report._get_report_values(odd)

    def test_the_head_says_who_it_is_and_why(self):
        (head,) = self._render(self.seller).find_class("o_brief_head")
        words = " ".join(head.text_content().split())
        metric = self._get_metric(self.customer)
        for part in (
            "<b>Baker & Sons",
            "1 Mill Lane, Ghent",
            "+32 9 000 · baker@example.com",
            "Account manager: Seller",
            "Wholesale",
            metric._get_segment_label(),
            "Days since last order: 16 (beats",
            "Orders: 3 (beats",
        ):
            self.assertIn(part, words)

    def test_sections_are_the_tiles_that_are_drawn(self):
        tiles = self._as(self.seller)["crm.dashboard.tile"].get_tiles(
            "customer", False, {"customer_id": self.customer.id}
        )
        drawn = {tile["title"] for tile in tiles.values() if tile["state"] == "ready"}
        sections = self._get_sections(self._render(self.seller))
        self.assertEqual(set(sections), drawn | {"Open Quotations", "Usual Order"})
        self.assertIn("30 € November so far", sections["Sales Trend"])
        due = sections["Due Amount"]
        for words in ("300 € total due", "100 € overdue, 33%", "Not due"):
            self.assertIn(words, due)
        quotations = sections["Open Quotations"]
        self.assertIn(self.quotation.name, quotations)
        self.assertIn("55 €", quotations)

    def test_hidden_tiles_are_not_printed(self):
        tile = self._as(self.seller)["crm.dashboard.tile"]
        tile.save_preference("customer", {"hidden": [CODE]})
        self.assertNotIn("Due Amount", self._get_sections(self._render(self.seller)))

    def test_what_matters_at_a_meeting_comes_first(self):
        """Whom one meets, what is planned, offered, said and usually bought."""
        self.env["res.partner"].create(
            [
                {"name": "Ann", "parent_id": self.customer.id, "function": "Buyer"},
                {"name": "Shop", "parent_id": self.customer.id, "type": "delivery"},
            ]
        )
        call = self.env.ref("mail.mail_activity_data_call")
        for day in range(1, 6):
            message = self.customer.message_post(
                body="Talked",
                mail_activity_type_id=call.id,
                message_type="notification",
            )
            message.date = f"2026-11-{day:02} 10:00:00"
        self.customer.activity_schedule(
            activity_type_id=call.id, date_deadline="2026-12-01", summary="Reorder?"
        )
        self.env.flush_all()
        env = self._as(self.seller)
        scope = parse_scope(env, {"customer_id": self.customer.id}, True)
        made = env[f"report.{REPORT}"]._make_sections(scope)
        self.assertEqual(
            [section.title for section in made][:6],
            [
                "At a Glance",
                "Contacts",
                "Upcoming Activities",
                "Open Quotations",
                "Last Talks",
                "Usual Order",
            ],
        )
        self.assertEqual(made[-1].title, "Last 12 Months")
        sections = self._get_sections(self._render(self.seller))
        self.assertIn("Ann Buyer", sections["Contacts"])
        self.assertNotIn("Shop", sections["Contacts"])
        self.assertEqual(sections["Last Talks"].count("Call"), 3)
        self.assertIn("Nov 5, 10:00 AM Call", sections["Last Talks"])
        self.assertIn("1 Units Goods", sections["Usual Order"])

    def test_months_are_bars_of_both_years(self):
        page = self._render(self.seller)
        (chart,) = page.iter("svg")
        self.assertEqual(len(list(chart.iter("rect"))), 24)
        october = list(chart.iter("rect"))[20:22]
        before, now = (float(bar.get("height")) for bar in october)
        self.assertAlmostEqual(before / now, 0.8, places=1)

    def test_a_failed_tile_does_not_stop_the_page(self):
        def fail(self, scope):
            raise RuntimeError("not today")

        self._patch_content(CODE, fail)
        with mute_logger("odoo.addons.crm_dashboards.models.crm_dashboard_tile"):
            sections = self._get_sections(self._render(self.seller))
        self.assertNotIn("Due Amount", sections)
        self.assertIn("Sales Trend", sections)

    def test_every_block_is_drawn(self):
        self._replace_tile(*self._make_blocks())
        words = self._get_sections(self._render(self.seller))["Due Amount"]
        for part in (
            "Words.",
            "▼ −5 € less",
            "Won 3",
            "A (lapsed) 30 € 75%",
            "NC ▲ Row 7 € note below",
            "Nov 20, 10:30 AM Call · Ann",
            "Target",
            "50%: 8%",
            "Good 1 €",
            "One part is shown on the dashboard only.",
        ):
            self.assertIn(part, words)

    def _make_blocks(self):
        euro = self.euro
        return [
            blocks.Note("12 late"),
            blocks.Text("Words."),
            blocks.figure(
                blocks.FigureLine(
                    blocks.money(-5, euro), "less", "small", "negative", "down"
                )
            ),
            blocks.Doughnut(
                "Ring",
                (blocks.Slice("Won", blocks.count(3), "positive"),),
                blocks.Center(blocks.percent(0.75), "won"),
            ),
            blocks.Share(
                (blocks.ShareItem("A", blocks.money(30, euro), 0.75, mark="lapsed"),)
            ),
            blocks.Rows(
                (
                    blocks.Row(
                        id=1,
                        badge=BADGE,
                        direction="up",
                        title="Row",
                        subtitle="below",
                        cell=blocks.money(7, euro),
                        cell_note="note",
                    ),
                    blocks.Row(id=2, title="Bare"),
                )
            ),
            make_timeline("Call", subtitle="Ann"),
            blocks.Progress(1.4, "Target", (blocks.Mark(0.5, "8%"),)),
            blocks.Stack((blocks.StackPart("Good", blocks.money(1, euro), 1),)),
            blocks.Block(),  # of an addon that draws it in the browser only
        ]

    def _replace_tile(self, *content):
        self._show_blocks(CODE, *content)

    def test_long_lists_are_cut_and_say_so(self):
        titles = [f"Call {number}" for number in range(200)]
        self._replace_tile(make_timeline(*titles))
        words = self._get_sections(self._render(self.seller))["Due Amount"]
        kept = words.count("Call ")
        self.assertTrue(2 < kept < 12)
        self.assertTrue(words.endswith(f"and {200 - kept} more"))

    def test_what_has_no_room_is_named(self):
        self._replace_tile(blocks.Text("long words " * 2000))
        page = self._render(self.seller)
        self.assertNotIn("Due Amount", self._get_sections(page))
        (foot,) = page.find_class("o_brief_foot")
        self.assertIn("No room for: Due Amount", foot.text_content())
        self.assertIn(
            "Printed Nov 21, 2026, 12:00 PM (UTC) by Seller", foot.text_content()
        )

    def test_a_customer_without_anything(self):
        nobody = self._create_customer("Nobody", self.seller)
        page = self._render(self.seller, nobody)
        self.assertIn("No order yet.", page.text_content())
        self.env.ref(
            "crm_dashboards.crm_dashboard_tile_customer_at_a_glance"
        ).active = False
        page = self._render(self.seller, nobody)
        self.assertIn("There is nothing to tell of this customer", page.text_content())


@tagged("post_install", "-at_install")
class TestBriefAccess(BriefCase, HttpCase):
    """Who gets which page: by the call, by the report's model and by its routes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_strangers()

    def _get_ways(self, user, customer):
        env = self._as(user)
        render = env["ir.actions.report"]._render_qweb_html
        return {
            "call": lambda: env["crm.dashboard.tile"].print_brief(customer.id),
            "model": lambda: env[f"report.{REPORT}"]._get_report_values(customer.ids),
            "report": lambda: render(REPORT, customer.ids),
        }

    def test_strangers_get_no_brief_whatever_way(self):
        self.portal.partner_id.user_id = self.seller
        for user in (self.portal, self.internal):
            for customer in (self.customer, user.partner_id):
                for name, way in self._get_ways(user, customer).items():
                    with self.subTest(user=user.name, way=name):
                        with self.assertRaises(AccessError):
                            way()

    def test_a_partner_of_another_company_is_refused(self):
        self.theirs.company_id = self.sister
        for user in (self.manager, self.seller, self.invoicing):
            for name, way in self._get_ways(user, self.theirs).items():
                with self.subTest(user=user.name, way=name):
                    with self.assertRaises(AccessError):
                        way()

    def test_what_is_due_and_the_segment_are_for_those_who_may_know(self):
        for user, customer, is_told in (
            (self.seller, self.customer, True),
            (self.seller, self.theirs, False),
            (self.colleague, self.customer, True),
            (self.manager, self.theirs, True),
            (self.invoicing, self.theirs, True),
            (self.reader, self.theirs, True),
            (self.stranger, self.customer, False),
        ):
            with self.subTest(user=user.name, customer=customer.name):
                page = self._render(user, customer)
                sections = self._get_sections(page)
                self.assertEqual("Due Amount" in sections, is_told)
                self.assertEqual("total due" in page.text_content(), is_told)
                (head,) = page.find_class("o_brief_head")
                self.assertEqual(
                    "Days since last order" in head.text_content(), is_told
                )

    def test_quotations_are_those_one_may_read(self):
        self.quotation.user_id = self.colleague
        sections = self._get_sections(self._render(self.seller))
        self.assertNotIn("Open Quotations", sections)
        sections = self._get_sections(self._render(self.colleague))
        self.assertIn(self.quotation.name, sections["Open Quotations"])
        self.stranger.company_ids |= self.company
        sections = self._get_sections(self._render(self.stranger))
        self.assertNotIn("Open Quotations", sections)

    @mute_logger("odoo.http")
    def test_the_routes_refuse_strangers(self):
        for user in (self.portal, self.internal):
            self.authenticate(user.login, user.login)
            for converter in ("html", "pdf", "text"):
                with self.subTest(user=user.name, converter=converter):
                    url = f"/report/{converter}/{REPORT}/{self.customer.id}"
                    response = self.url_open(url)
                    self.assertEqual(response.status_code, 403)
                    self.assertNotIn("Mill Lane", response.text)

    def test_the_route_shows_the_page_without_wkhtmltopdf(self):
        self.authenticate(self.seller.login, self.seller.login)
        response = self.url_open(f"/report/html/{REPORT}/{self.customer.id}")
        self.assertEqual(response.status_code, 200)
        for words in ("Mill Lane", "total due", "&lt;b&gt;Baker"):
            self.assertIn(words, response.text)
        self.assertIn('zoom: 1"', response.text)

    def test_the_pdf_has_one_page_however_much_there_is_to_say(self):
        report = self._as(self.seller)["ir.actions.report"]
        if report.get_wkhtmltopdf_state() not in ("ok", "workers"):
            self.skipTest("wkhtmltopdf is not installed")
        self.env["ir.config_parameter"].set_param("report.url", self.base_url())
        timeline = make_timeline(
            *(f"Call {number} about the very same thing " * 3 for number in range(100))
        )
        content = [blocks.Text("WIDE WORDS " * 30), timeline, timeline]
        for code in (CODE, "customer_months", "customer_next_order"):
            self._show_blocks(code, *content)
        self.authenticate(self.seller.login, self.seller.login)
        content, kind = report.with_context(
            force_report_rendering=True
        )._render_qweb_pdf(REPORT, self.customer.ids)
        self.assertEqual(kind, "pdf")
        self.assertEqual(len(PdfFileReader(BytesIO(content)).pages), 1)
