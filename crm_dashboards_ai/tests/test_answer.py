# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import BaseCase, tagged

from ..writing.answer import Rejected, choose, fill

YEAR = "The year brought {{this_year}}."
LONGER = "The year brought {{this_year}}. So it was planned."
MONTH = "This month is {{month_change}} ahead."
FRENCH = "Commandé\N{NO-BREAK SPACE}: {{month_orders}}."
MISSING = "An order is missing."
SENTENCES = [YEAR, LONGER, MONTH, FRENCH, MISSING]


@tagged("post_install", "-at_install")
class TestAnswer(BaseCase):
    def _assert_rejected(self, reason, texts):
        for text in texts:
            with self.subTest(text=text), self.assertRaises(Rejected) as rejected:
                choose(text, SENTENCES)
            self.assertEqual(rejected.exception.reason, reason)

    def test_chosen_sentences_in_the_order_of_the_answer(self):
        self.assertEqual(choose(f"{MISSING} {YEAR}", SENTENCES), [MISSING, YEAR])
        self.assertEqual(choose(LONGER, SENTENCES), [LONGER])
        self.assertEqual(choose(f"{YEAR} {MONTH}", SENTENCES), [YEAR, MONTH])

    def test_white_space_is_the_models_to_choose(self):
        answer = f" {MISSING}\n\nThe  year brought {{{{ this_year }}}}.\n{MONTH}"
        self.assertEqual(choose(answer, SENTENCES), [MISSING, YEAR, MONTH])
        self.assertEqual(choose("Commandé : {{month_orders}}.", SENTENCES), [FRENCH])

    def test_figures_replace_placeholders(self):
        figures = {"this_year": "€ 1", "month_change": "{{this_year}}"}
        # what is put in is not looked at again
        self.assertEqual(
            fill(f"{YEAR} {MONTH}", figures),
            "The year brought € 1. This month is {{this_year}} ahead.",
        )

    def test_nothing_is_rejected(self):
        self._assert_rejected("empty", ["", " \n\t"])

    def test_anything_else_is_rejected(self):
        others = [
            "7",
            "٣",
            "½",
            "doubled",
            "a quarter",
            "XII percent",
            "fünftausend",
            "quinientos",
            "le double",
            "{{this_year}}k",
            "-{{this_year}}",
            "{{this_year}}",
            "{{profit}}",
            "evil.example/pay",
            "https://evil.example",
            "<b>up</b>",
            "\u202e",
            "\x00",
            "Der Umsatz steigt.",
            "I cannot help with that.",
        ]
        for other in others:
            self._assert_rejected(
                "words", [other, f"{YEAR} {other}", f"{other} {YEAR}", f"{YEAR}{other}"]
            )

    def test_changed_sentences_are_rejected(self):
        self._assert_rejected(
            "words",
            [
                "The year brought {{this_year}}k.",
                "The year brought -{{this_year}}.",
                "The year brought {{month_orders}}.",
                "The year brought {{this_year}}",
                "the year brought {{this_year}}.",
                "An order is not missing.",
                f"{MISSING} {YEAR[:-1]}",
            ],
        )

    def test_no_sentence_twice_and_few_of_them(self):
        self._assert_rejected("words", [f"{YEAR} {MONTH} {YEAR}"])
        self._assert_rejected(
            "too_long", [" ".join([LONGER, *SENTENCES[:1], *SENTENCES[2:]])]
        )
        four = f"{YEAR} {MONTH} {FRENCH} {MISSING}"
        self.assertEqual(len(choose(four, SENTENCES)), 4)
