# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What a model is asked: instructions and figures, and no name of anybody."""

import hashlib
import json
from dataclasses import dataclass

INSTRUCTIONS = """\
You tell a salesperson about the sales of one customer, in two or three plain sentences.
Write in the language {lang}. Call the customer "the customer".
You get facts and figures. Never write a number, neither in digits nor in words, and \
no currency: where a figure belongs, write its placeholder exactly as given, in double \
braces. It will be replaced by the figure, money with its currency.
Use only what you are given: no reasons, no advice, no greeting, no question.
Write plain text only: no markup, no list, no heading, no link. At most four hundred \
characters.\
"""


@dataclass(frozen=True)
class Figure:
    """A figure that a model may put into its sentences.

    Attributes
    ----------
    name : str
        Name of its placeholder, lower-case letters and underscores.
    meaning : str
        What it is, in English: for the model.
    value : float, int or str
        The figure itself: for the model.
    text : str
        What replaces the placeholder, in the user's language: for the reader.
    """

    name: str
    meaning: str
    value: float | int | str
    text: str


def build_request(model, lang, facts, figures):
    """Return the body of the call, whole.

    :param str model: name of the model
    :param str lang: language to write in, such as de_DE
    :param facts: list of what is known beside the figures, in English
    :param figures: list of Figure
    """
    content = {
        "facts": facts,
        "figures": [
            {
                "placeholder": "{{" + figure.name + "}}",
                "meaning": figure.meaning,
                "value": figure.value,
            }
            for figure in figures
        ],
    }
    return {
        "model": model,
        "messages": [
            {"role": "system", "content": INSTRUCTIONS.format(lang=lang)},
            {"role": "user", "content": json.dumps(content)},
        ],
    }


def fingerprint(url, request):
    """Return what tells two requests apart, 64 characters."""
    text = json.dumps([url, request], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
