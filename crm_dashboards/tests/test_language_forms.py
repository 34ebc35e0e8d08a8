# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date

from odoo.tests import freeze_time, tagged

from ..models.date_words import format_soon
from ..tiles.words import format_amount, format_exact_amount, format_rate
from .common import DASHBOARD, NOW
from .workbook_common import WorkbookCase

SPACE = "\N{NO-BREAK SPACE}"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestLanguageForms(WorkbookCase):
    """Dates, money and percents have the form of the user's language."""

    def test_cells_of_a_workbook(self):
        customer = self._create_customer("Baker", self.manager)
        self._create_orders(
            [(customer, "2026-10-02", 200), (customer, "2026-11-02", 100)]
        )
        forms = {
            "en_US": ("mmm d, yyyy, h:mm AM/PM", "0.0%"),
            "en_GB": ("d mmm yyyy, hh:mm", "0.0%"),
            "de_DE": ("d. mmm yyyy, hh:mm", f'0.0"{SPACE}"%'),
        }
        for code, (moment, share) in forms.items():
            self.env["res.lang"]._activate_lang(code)
            env = self._as(self.manager)
            env = env(context={**env.context, "lang": code})
            scope = {"account_manager": "all"}
            action = env["crm.dashboard.tile"].export_dashboard(DASHBOARD, scope)
            sheet = self._open(self._render(env, action)).worksheets[1]
            formats = {
                cell.number_format
                for row in sheet.iter_rows()
                for cell in row
                if cell.number_format != "General"
            }
            with self.subTest(lang=code):
                self.assertIn(moment, formats)
                if code != "de_DE":  # its words come with the translations
                    self.assertIn(share, formats)

    def test_the_sign_stands_before_the_currency(self):
        dollar = self.env.ref("base.USD").with_context(lang="en_US")
        self.assertEqual(format_exact_amount(-7756, dollar), f"−${SPACE}7,756.00")
        self.assertEqual(format_amount(-12.5, dollar), f"−${SPACE}13")
        self.assertEqual(format_amount(-7756, dollar), f"−${SPACE}7,756")

    def test_a_rate(self):
        rates = {
            0.7553: ("0.7553", "0,7553"),
            1.25: ("1.25", "1,25"),
            2: ("2", "2"),
            16234.5678: ("16,234.6", "16.234,6"),
            0.0000612345678: ("0.0000612346", "0,0000612346"),
        }
        english, german = self._speak("en_US"), self._speak("de_DE")
        for rate, words in rates.items():
            with self.subTest(rate=rate):
                told = (format_rate(english, rate), format_rate(german, rate))
                self.assertEqual(told, words)

    def test_a_weekday_in_a_sentence(self):
        monday, friday = date(2026, 11, 30), date(2026, 12, 4)
        self.assertEqual(format_soon(self._speak("en_US"), friday, monday), "Fri")
        self.assertEqual(format_soon(self._speak("de_DE"), friday, monday), "Fr.")

    def test_the_last_refresh_in_the_settings(self):
        self._refresh()
        refresh = self.env["crm.metric.refresh"]._get_last(self.company)
        refresh.write(
            {
                "duration_seconds": 2.34,
                "customer_count": 1234,
                "changed_count": 1000,
                "month_start": "2026-11-01",
                "month_factor": 5.25,
            }
        )
        settings = self.env["res.config.settings"].with_company(self.company)
        settings = settings.with_env(self._speak("de_DE", settings.env))
        summary = settings.create({}).crm_refresh_summary
        for number in ("2,3", "1.234", "1.000", "5,25"):
            self.assertIn(number, summary)

    def _speak(self, code, env=None):
        """Return an environment of a language."""
        self.env["res.lang"]._activate_lang(code)
        env = env or self.env
        return env(context={**env.context, "lang": code})
