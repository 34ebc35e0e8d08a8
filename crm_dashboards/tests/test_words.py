# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import TransactionCase

from ..tiles.words import (
    format_amount,
    format_exact_amount,
    format_least_amount,
    format_share,
)

MARK = "\u200e"
SPACE = "\N{NO-BREAK SPACE}"


class TestWords(TransactionCase):
    def test_a_minus_stays_before_its_number_from_right_to_left(self):
        self.env["res.lang"]._activate_lang("ar_001")
        for lang, start in (("en_US", "−"), ("ar_001", f"{MARK}−")):
            env = self.env(context={"lang": lang})
            currency = env.company.currency_id
            for words in (format_amount(-2000, currency), format_share(env, -0.25)):
                self.assertTrue(words.startswith(start), words)
            self.assertNotIn(MARK, format_share(env, 0.25))

    def test_an_amount_is_in_whole_units_unless_that_made_it_another(self):
        dollar = self._get_currency("USD", symbol="$", position="before")
        for value, words in (
            (84312.4, "84,312"),
            (999.5, "1,000"),
            (94.8, "95"),
            (9.996, "10"),
            (9.99, "9.99"),
            (7, "7"),
            (1.5, "1.50"),
            (0.4, "0.40"),
            (0.004, "0"),
            (0, "0"),
        ):
            self.assertEqual(format_amount(value, dollar), f"${SPACE}{words}", value)
        self.assertEqual(format_amount(-94.8, dollar), f"−${SPACE}95")
        self.assertEqual(format_amount(-0.004, dollar), f"${SPACE}0")
        self.assertEqual(format_exact_amount(94.8, dollar), f"${SPACE}94.80")

    def test_decimals_are_those_of_the_currency(self):
        yen = self._get_currency("JPY", symbol="¥", position="before", rounding=1)
        for value, words in ((0, "0"), (4, "4"), (125000, "125,000")):
            self.assertEqual(format_amount(value, yen), f"¥{SPACE}{words}")
        dinar = self._get_currency("KWD", symbol="KD", position="after", rounding=0.001)
        for value, words in ((0.005, "0.005"), (4.125, "4.125"), (12.345, "12")):
            self.assertEqual(format_amount(value, dinar), f"{words}{SPACE}KD")

    def test_what_it_takes_is_never_told_as_less(self):
        dollar = self._get_currency("USD", symbol="$", position="before")
        for value, words in (
            (1200.01, "1,201"),
            (94.2, "95"),
            (95 + 1e-9, "95"),
            (9.2, "9.20"),
        ):
            self.assertEqual(format_least_amount(value, dollar), f"${SPACE}{words}")

    def _get_currency(self, name, **values):
        currency = self.env["res.currency"].with_context(active_test=False)
        found = currency.search([("name", "=", name)])
        found.write(values)
        return found
