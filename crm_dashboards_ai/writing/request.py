# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What a model is asked: sentences and figures, and no name of anybody."""

import hashlib
import json
from dataclasses import dataclass

from .answer import MAX_SENTENCES

INSTRUCTIONS = """\
You tell a salesperson about the sales of one customer. You get sentences, all of them \
true, and the figures that their placeholders stand for.
Choose the two to {count} sentences that matter most to the salesperson now, and put \
them into the order in which they read best.
Answer with these sentences alone, one after the other. Copy each exactly as it is, \
with its placeholders in double braces, in its own language: change no word, add \
nothing, leave nothing out of a sentence, and use no sentence twice.\
"""


@dataclass(frozen=True)
class Figure:
    """A figure that sentences may speak of.

    Attributes
    ----------
    name : str
        Name of its placeholder, lower-case letters and underscores.
    value : float, int or str
        The figure itself: for the model, to tell what matters.
    text : str
        What replaces the placeholder, in the user's language: for the reader.
    """

    name: str
    value: float | int | str
    text: str


@dataclass(frozen=True)
class Question:
    """What to ask a model, and what its answer may hold.

    Attributes
    ----------
    body : dict
        Of the call, whole.
    sentences : list of str
        Those it may choose from, with placeholders.
    texts : dict
        {placeholder: text that replaces it}
    """

    body: dict
    sentences: list
    texts: dict


def build_question(model, sentences, figures):
    """Return the Question about one customer.

    :param str model: name of the model
    :param sentences: list of str, in the language to write in
    :param figures: list of Figure, all that the sentences speak of
    """
    content = {
        "sentences": sentences,
        "figures": {figure.name: figure.value for figure in figures},
    }
    instructions = INSTRUCTIONS.format(count=MAX_SENTENCES)
    body = {
        "model": model,
        "messages": [
            {"role": "system", "content": instructions},
            {"role": "user", "content": json.dumps(content, ensure_ascii=False)},
        ],
    }
    return Question(body, sentences, {figure.name: figure.text for figure in figures})


def fingerprint(url, body):
    """Return what tells two calls apart, 64 characters."""
    text = json.dumps([url, body], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
