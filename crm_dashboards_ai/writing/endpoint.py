# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Ask a model behind an OpenAI-compatible endpoint, once and within a time limit."""

import json
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Thread
from urllib.parse import urlsplit

MAX_BYTES = 256 * 1024
# reason of a failure, by the status of the answer
STATUS_REASONS = {401: "key", 403: "key", 404: "not_found", 429: "busy"}


class NoAnswer(Exception):
    """The endpoint gave no text.

    It carries nothing that the endpoint said, which might repeat the key.

    :param str reason: address, slow, unreachable, redirect, key, not_found, busy,
        refused, failing, too_big or unreadable
    """

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Endpoint:
    """Where to ask, and whom.

    Attributes
    ----------
    url : str
        Base address, such as http://localhost:8080/v1.
    model : str
    key : str
        Empty for a server that asks for none.
    seconds : float
        Time limit of a whole call, looking up the address included.
    """

    url: str
    model: str
    key: str = field(repr=False)
    seconds: float


def is_web_address(url):
    """Whether ``url`` is plain http or https: no password in it, no query."""
    try:
        parts = urlsplit(url)
        return (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and (parts.port is None or parts.port > 0)
            and not (parts.username or parts.password or parts.query or parts.fragment)
            and not any(character.isspace() for character in url)
        )
    except ValueError:
        return False


def ask(endpoint, request):
    """Return the text that the model of ``endpoint`` answers.

    The call runs in a thread of its own: that alone limits the time of everything,
    also of a name that does not resolve and of an answer that comes in drops.

    :param Endpoint endpoint: where to ask
    :param dict request: body of the call, ``{model, messages}``
    :raise NoAnswer: there is no text, for whatever reason
    """
    if not is_web_address(endpoint.url):
        raise NoAnswer("address")
    client = _open_client(endpoint)
    # Loads a good part of the package, which is no time of the endpoint's.
    completions = client.chat.completions.with_streaming_response
    outcomes = SimpleQueue()
    arguments = (completions, request, outcomes)
    Thread(target=_put_outcome, args=arguments, daemon=True).start()
    try:
        outcome = outcomes.get(timeout=endpoint.seconds)
    except Empty:
        raise NoAnswer("slow") from None
    finally:
        client.close()  # which also ends a thread that is still reading
    if isinstance(outcome, NoAnswer):
        raise outcome
    return outcome


def _open_client(endpoint):
    # Here, since it is big and only few of the workers ever need it.
    import openai

    return openai.OpenAI(
        base_url=endpoint.url,
        api_key=endpoint.key or "none",
        max_retries=0,
        timeout=endpoint.seconds,
        # A compressed answer could swell beyond any limit.
        default_headers={"Accept-Encoding": "identity"},
        http_client=openai.DefaultHttpxClient(
            follow_redirects=False,
            timeout=endpoint.seconds,
            event_hooks={"response": [_refuse_failure]},
        ),
    )


def _refuse_failure(response):
    """Stop at the status: of a failure not even the body is read."""
    status = response.status_code
    if status == 200:
        return
    if 300 <= status < 400:
        raise NoAnswer("redirect")
    others = "refused" if 400 <= status < 500 else "failing"
    raise NoAnswer(STATUS_REASONS.get(status, others))


def _put_outcome(completions, request, outcomes):
    """Put the model's text, or the NoAnswer that says why there is none."""
    import openai

    try:
        outcomes.put(_read_text(completions, request))
    except NoAnswer as error:
        outcomes.put(error)
    except openai.APITimeoutError:
        outcomes.put(NoAnswer("slow"))
    except openai.APIConnectionError as error:
        cause = error.__cause__
        known = isinstance(cause, NoAnswer)
        outcomes.put(cause if known else NoAnswer("unreachable"))
    except Exception:
        # Whatever a server can provoke, the summary by rules is there.
        outcomes.put(NoAnswer("unreadable"))


def _read_text(completions, request):
    with completions.create(**request) as response:
        body = bytearray()
        for chunk in response.http_response.iter_raw():
            body += chunk
            if len(body) > MAX_BYTES:
                raise NoAnswer("too_big")
    text = json.loads(body)["choices"][0]["message"]["content"]
    if not isinstance(text, str):
        raise NoAnswer("unreadable")
    return text
