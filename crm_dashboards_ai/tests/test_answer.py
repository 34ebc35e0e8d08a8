# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import BaseCase, tagged

from ..writing.answer import Rejected, check, fill

NAMES = {"this_year", "month_change"}
FINE = "Steady, with {{this_year}} in the past year."


@tagged("post_install", "-at_install")
class TestAnswer(BaseCase):
    def _get_reason(self, text, lang="en_US"):
        try:
            check(text, NAMES, lang, secret="topsecret")
        except Rejected as error:
            return error.reason
        return None

    def _assert_rejected(self, reason, texts, lang="en_US"):
        for text in texts:
            with self.subTest(text=text):
                self.assertEqual(self._get_reason(text, lang), reason)

    def test_plain_sentences_with_placeholders_are_accepted(self):
        self.assertEqual(check(FINE, NAMES, "en_US"), FINE)
        self.assertIsNone(self._get_reason("Wächst: {{ month_change }}!", "de_DE"))
        self.assertIsNone(self._get_reason("“Up” (or so) – {{this_year}}; 'fine'."))

    def test_lines_become_one(self):
        self.assertEqual(
            check(" Steady,\n{{this_year}}. ", NAMES, "en_US"), "Steady, {{this_year}}."
        )

    def test_figures_replace_placeholders(self):
        text = check("{{ this_year }}, {{month_change}}, {{this_year}}.", NAMES, "en")
        figures = {"this_year": "€ 1", "month_change": "{{this_year}}"}
        # what is put in is not looked at again
        self.assertEqual(fill(text, figures), "€ 1, {{this_year}}, € 1.")

    def test_numbers_of_any_script_are_rejected(self):
        numbers = ["7", "٣", "३", "七", "Ⅳ", "½", "²", "①", "𝟕"]
        self._assert_rejected(
            "number", [f"Up {number} {{{{this_year}}}}" for number in numbers]
        )

    def test_number_words_are_rejected(self):
        self._assert_rejected(
            "number", ["Twenty-five percent up: {{this_year}}.", "Two: {{this_year}}"]
        )
        self._assert_rejected("number", ["{{this_year}}, fünfzig mehr"], "de_DE")
        # in a language that is not asked for it is a word like any other
        self.assertIsNone(self._get_reason("{{this_year}}, fünfzig mehr", "fr_FR"))

    def test_one_is_no_number(self):
        self.assertIsNone(self._get_reason("One of the best: {{this_year}}."))

    def test_language_without_number_words_is_checked_for_english_ones(self):
        self._assert_rejected("number", ["Seven {{this_year}}"], "xx_XX")

    def test_unknown_placeholder_is_rejected(self):
        self._assert_rejected("placeholder", [f"{FINE} {{{{profit}}}}"])

    def test_digit_in_a_placeholder_is_rejected(self):
        self._assert_rejected("markup", [f"{FINE} {{{{this_year2}}}}"])

    def test_markup_is_rejected(self):
        parts = [
            "<b>up</b>",
            "<script>alert()</script>",
            "&lt;b&gt;",
            "[here](evil)",
            "**up**",
            "# Up",
            "`up`",
            "{this_year}",
            "https://evil",
            "WWW.evil.example",
            "write to a@b.example",
            "\u202eup",
            "\x00",
        ]
        self._assert_rejected("markup", [f"{FINE} {part}" for part in parts])

    def test_length(self):
        fits = FINE + "x" * (600 - len(FINE))
        self.assertIsNone(self._get_reason(fits))
        self._assert_rejected("too_long", [fits + "x"])

    def test_nothing_is_rejected(self):
        self._assert_rejected("empty", ["", " \n\t"])
        self._assert_rejected("no_figure", ["I cannot help with that."])

    def test_secret_is_rejected(self):
        self._assert_rejected("secret", [f"{FINE} topsecret"])
