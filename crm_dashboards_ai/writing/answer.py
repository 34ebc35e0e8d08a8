# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Judge what a model has written, and put the figures into it.

A model may choose words, never figures: it writes placeholders such as
``{{month_orders}}``, and whatever else could be a figure rejects its answer.
"""

import re
import unicodedata
from functools import lru_cache

from num2words import num2words

MAX_CHARACTERS = 600
PLACEHOLDER = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")
# what opens HTML, Markdown or an address; braces are no part of a placeholder here
MARKUP = frozenset("<>[]{}`*#_|\\~@=")
LINK = re.compile(r"://|\bwww\.|&\w+;", re.IGNORECASE)
# joiners and marks of direction, which some languages are written with
INVISIBLE = frozenset("\u200c\u200d\u200e\u200f")
SPELT = (*range(2, 100), 100, 1000, 10**6)
SHORTEST_NUMBER = 3  # letters; shorter words mean too much else


class Rejected(ValueError):
    """An answer is not to be shown.

    :param str reason: empty, too_long, secret, placeholder, markup, number or
        no_figure
    """

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


def check(text, names, lang, secret=""):
    """Return the text of an answer, with its placeholders, on one line.

    :param str text: what the model wrote
    :param names: the placeholders it was given
    :param str lang: language it had to write in, such as de_DE
    :param str secret: what must never be shown, such as the key of the endpoint
    :raise Rejected: it is empty, too long, no plain text, names an unknown
        placeholder, none at all, or holds any number of its own
    """
    text = " ".join(text.split())
    if not text:
        raise Rejected("empty")
    if len(text) > MAX_CHARACTERS:
        raise Rejected("too_long")
    if secret and secret in text:
        raise Rejected("secret")
    used = set(PLACEHOLDER.findall(text))
    if used - set(names):
        raise Rejected("placeholder")
    words = PLACEHOLDER.sub(" ", text)
    if any(map(_is_no_text, words)) or LINK.search(words):
        raise Rejected("markup")
    if _has_number(words, lang):
        raise Rejected("number")
    if not used:
        raise Rejected("no_figure")
    return text


def fill(text, figures):
    """Return a checked text with its figures.

    :param dict figures: {placeholder: its text}
    """
    return PLACEHOLDER.sub(lambda match: figures[match[1]], text)


def _is_no_text(character):
    if character in INVISIBLE:
        return False
    return character in MARKUP or unicodedata.category(character).startswith("C")


def _has_number(words, lang):
    """Whether there is a digit of any script, a number sign or a number word."""
    if any(character.isnumeric() for character in words):
        return True
    return not _number_words(lang).isdisjoint(_split(words))


@lru_cache(maxsize=16)
def _number_words(lang):
    """Return the number words from two on, in English and in ``lang``."""
    words = set()
    for language in ("en", lang):
        try:
            spelt = {
                word for n in SPELT for word in _split(num2words(n, lang=language))
            }
            words |= spelt - set(_split(num2words(1, lang=language)))
        except NotImplementedError:  # a language without number words here
            continue
    return {word for word in words if len(word) >= SHORTEST_NUMBER}


def _split(words):
    return [word for word in re.split(r"[\W_]+", words.casefold()) if word]
