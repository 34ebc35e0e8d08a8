# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import freeze_time, tagged

from ..tiles.words import format_amount, format_exact_amount
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
        self.assertEqual(format_amount(-12.5, dollar), f"−${SPACE}12.50")
        self.assertEqual(format_amount(-7756, dollar), f"−${SPACE}7,756")
