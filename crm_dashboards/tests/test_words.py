# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import TransactionCase

from ..tiles.words import format_amount, format_share

MARK = "\u200e"


class TestWords(TransactionCase):
    def test_a_minus_stays_before_its_number_from_right_to_left(self):
        self.env["res.lang"]._activate_lang("ar_001")
        for lang, start in (("en_US", "−"), ("ar_001", f"{MARK}−")):
            env = self.env(context={"lang": lang})
            currency = env.company.currency_id
            for words in (format_amount(-2000, currency), format_share(env, -0.25)):
                self.assertTrue(words.startswith(start), words)
            self.assertNotIn(MARK, format_share(env, 0.25))
