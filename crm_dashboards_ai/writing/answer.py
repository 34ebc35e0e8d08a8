# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Take from an answer what it may hold, and put the figures into it.

A model chooses and orders sentences that it was given, each with placeholders such as
``{{month_orders}}``. Whatever else an answer holds rejects it, so nothing is ever
shown that was not written here.
"""

import re

MAX_SENTENCES = 4
PLACEHOLDER = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")


class Rejected(ValueError):
    """An answer is not to be shown.

    :param str reason: empty, too_long or words
    """

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


def choose(text, sentences):
    """Return the sentences that an answer consists of, in its order.

    White space between words, and in placeholders, is the model's to choose.

    :param str text: what the model wrote
    :param sentences: those that it was given
    :raise Rejected: it holds none, more than a few, one twice, or anything else
    """
    originals = {_normalize(sentence): sentence for sentence in sentences}
    # The longest first, for one sentence may begin with another one.
    known = sorted(originals, key=len, reverse=True)
    rest, chosen = _normalize(text), []
    if not rest:
        raise Rejected("empty")
    while rest:
        found = next((each for each in known if rest.startswith(each)), None)
        if not found or originals[found] in chosen:
            raise Rejected("words")
        if len(chosen) == MAX_SENTENCES:
            raise Rejected("too_long")
        chosen.append(originals[found])
        rest = rest.removeprefix(found).lstrip()
    return chosen


def fill(text, figures):
    """Return the text of chosen sentences with its figures.

    :param dict figures: {placeholder: its text}
    """
    return PLACEHOLDER.sub(lambda match: figures[match[1]], text)


def get_placeholders(sentence):
    """Return the names of the placeholders of a sentence, as a set."""
    return set(PLACEHOLDER.findall(sentence))


def _normalize(text):
    return " ".join(PLACEHOLDER.sub(r"{{\1}}", text).split())
