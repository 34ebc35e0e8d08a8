# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Ask a model behind an OpenAI-compatible endpoint, once and within a time limit."""

import json
import socket
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from queue import Empty, SimpleQueue
from threading import Thread
from urllib.parse import quote, urlsplit

MAX_BYTES = 256 * 1024
PORTS = {"http": 80, "https": 443}
# reason of a failure, by the status of the answer
STATUS_REASONS = {401: "key", 403: "key", 404: "not_found", 429: "busy"}


class NoAnswer(Exception):
    """The endpoint gave no text.

    It carries nothing that the endpoint said, which might repeat the key.

    :param str reason: address, slow, unreachable, redirect, key, not_found, busy,
        refused, failing, too_big or unreadable; occupied or no_worker where nobody
        was asked
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

    @property
    def name(self):
        """What is asked: the model and its address."""
        return f"{self.model} · {self.url}"


def is_web_address(url):
    """Whether ``url`` is plain http or https: no password in it, no query."""
    try:
        parts = urlsplit(url)
        return (
            parts.scheme in PORTS
            and bool(parts.hostname)
            and (parts.port is None or parts.port > 0)
            and not (parts.username or parts.password or parts.query or parts.fragment)
            and not any(character.isspace() for character in url)
        )
    except ValueError:
        return False


def get_origin(url):
    """Return scheme, host and port of an address, which a key is bound to.

    >>> get_origin("HTTPS://Models.example.com/v1")
    'https://models.example.com:443'

    Empty if ``url`` is no address that can be asked.
    """
    if not url or not is_web_address(url):
        return ""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname}:{parts.port or PORTS[parts.scheme]}"


def ask(endpoint, request):
    """Return the text that the model of ``endpoint`` answers.

    The call runs in a thread of its own: that alone limits the time of everything,
    also of a name that does not resolve and of an answer that comes in drops. Nothing
    is taken from the environment, no proxy and no header, and no redirect is followed.

    :param Endpoint endpoint: where to ask
    :param dict request: body of the call, ``{model, messages}``
    :raise NoAnswer: there is no text, for whatever reason
    """
    if not is_web_address(endpoint.url):
        raise NoAnswer("address")
    sockets, outcomes = [], SimpleQueue()
    arguments = (endpoint, request, sockets, outcomes)
    Thread(target=_put_outcome, args=arguments, daemon=True).start()
    try:
        outcome = outcomes.get(timeout=endpoint.seconds)
    except Empty:
        raise NoAnswer("slow") from None
    finally:
        for each in sockets:  # which also ends a thread that is still reading
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
    if isinstance(outcome, NoAnswer):
        raise outcome
    return outcome


def _put_outcome(endpoint, request, sockets, outcomes):
    """Put the model's text, or the NoAnswer that says why there is none."""
    try:
        outcomes.put(_read_text(endpoint, request, sockets))
    except NoAnswer as error:
        outcomes.put(error)
    except TimeoutError:
        outcomes.put(NoAnswer("slow"))
    except (OSError, HTTPException):
        outcomes.put(NoAnswer("unreachable"))
    except Exception:
        # Whatever a server can provoke, the summary by rules is there.
        outcomes.put(NoAnswer("unreadable"))


def _read_text(endpoint, request, sockets):
    """Return the text; ``sockets`` gets the one that is used."""
    parts = urlsplit(endpoint.url)
    connect = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    port = parts.port or PORTS[parts.scheme]
    connection = connect(parts.hostname, port, timeout=endpoint.seconds)
    try:
        connection.connect()
        sockets.append(connection.sock)
        connection.request(
            "POST",
            quote(parts.path.rstrip("/"), safe="/%") + "/chat/completions",
            json.dumps(request).encode(),
            _get_headers(endpoint),
        )
        return _read_response(connection.getresponse())
    finally:
        connection.close()


def _get_headers(endpoint):
    headers = {
        "Accept": "application/json",
        "Content-Type": "application/json",
        "User-Agent": "Odoo",
    }
    if endpoint.key:
        headers["Authorization"] = f"Bearer {endpoint.key}"
    return headers


def _read_response(response):
    _refuse_failure(response.status)
    body = response.read(MAX_BYTES + 1)
    if len(body) > MAX_BYTES:
        raise NoAnswer("too_big")
    text = json.loads(body)["choices"][0]["message"]["content"]
    if not isinstance(text, str):
        raise NoAnswer("unreadable")
    return text


def _refuse_failure(status):
    """Stop at the status: of a failure not even the body is read."""
    if status == 200:
        return
    if 300 <= status < 400:
        raise NoAnswer("redirect")
    others = "refused" if 400 <= status < 500 else "failing"
    raise NoAnswer(STATUS_REASONS.get(status, others))
