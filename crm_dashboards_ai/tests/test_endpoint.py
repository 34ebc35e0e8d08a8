# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
import os
import socket
from unittest.mock import patch

from odoo.tests import BaseCase, tagged

from ..writing.endpoint import Endpoint, NoAnswer, ask, get_origin, is_web_address
from .common import GOOD, SECRET, serve

REQUEST = {"model": "small-model", "messages": [{"role": "user", "content": "Hello"}]}


@tagged("post_install", "-at_install")
class TestEndpoint(BaseCase):
    def setUp(self):
        super().setUp()
        self.server = serve(self)

    def _ask(self, url=None, key=SECRET, seconds=20):
        return ask(
            Endpoint(url or self.server.url, "small-model", key, seconds), REQUEST
        )

    def _get_reason(self, **options):
        with self.assertRaises(NoAnswer) as failure:
            self._ask(**options)
        return failure.exception.reason

    def test_sends_the_request_and_returns_the_text(self):
        self.server.reply = self.server.say(GOOD)
        self.assertEqual(self._ask(), GOOD)
        (request,) = self.server.requests
        self.assertEqual(request["path"], "/v1/chat/completions")
        self.assertEqual(json.loads(request["body"]), REQUEST)
        self.assertEqual(request["headers"]["Authorization"], f"Bearer {SECRET}")

    def test_endpoint_without_key_is_asked(self):
        self.server.reply = self.server.say(GOOD)
        self.assertEqual(self._ask(key=""), GOOD)
        (request,) = self.server.requests
        self.assertNotIn("Authorization", request["headers"])

    def test_nothing_is_taken_from_the_environment(self):
        self.server.reply = self.server.say(GOOD)
        proxy = serve(self)
        environ = {
            "OPENAI_ORG_ID": "an-organisation",
            "OPENAI_PROJECT_ID": "a-project",
            "OPENAI_API_KEY": "another-key",
            "OPENAI_BASE_URL": proxy.url,
            "OPENAI_CUSTOM_HEADERS": "X-Own: header",
            "HTTP_PROXY": proxy.url,
            "http_proxy": proxy.url,
            "ALL_PROXY": proxy.url,
        }
        with patch.dict(os.environ, environ):
            self.assertEqual(self._ask(), GOOD)
        self.assertEqual(proxy.requests, [])
        (request,) = self.server.requests
        self.assertEqual(
            set(request["headers"]),
            {
                "Accept",
                "Accept-Encoding",
                "Authorization",
                "Content-Length",
                "Content-Type",
                "Host",
                "User-Agent",
            },
        )
        self.assertEqual(request["headers"]["Authorization"], f"Bearer {SECRET}")

    def test_silence_ends_at_the_limit(self):
        self.server.reply = self.server.hang
        self.assertEqual(self._get_reason(seconds=0.3), "slow")

    def test_limit_is_that_of_the_whole_call(self):
        # every drop comes well within the limit
        self.server.reply = self.server.drip(GOOD)
        self.assertEqual(self._get_reason(seconds=0.5), "slow")

    def test_failures_are_told_apart_and_not_tried_again(self):
        statuses = {
            400: "refused",
            401: "key",
            403: "key",
            404: "not_found",
            429: "busy",
            500: "failing",
            503: "failing",
        }
        for status, reason in statuses.items():
            self.server.requests.clear()
            self.server.reply = self.server.send(status, SECRET.encode())
            with self.subTest(status=status):
                self.assertEqual(self._get_reason(), reason)
                self.assertEqual(len(self.server.requests), 1)

    def test_failure_without_end_is_not_read(self):
        def reply(handler):
            handler.send_response(500)
            handler.end_headers()
            while True:
                handler.wfile.write(b" " * 65536)

        self.server.reply = reply
        self.assertEqual(self._get_reason(), "failing")

    def test_redirects_are_not_followed(self):
        other = serve(self)
        other.reply = other.say(GOOD)
        location = f"{other.url}/chat/completions"
        for status in (301, 302, 303, 307, 308):
            self.server.reply = self.server.send(status, Location=location)
            with self.subTest(status=status):
                self.assertEqual(self._get_reason(), "redirect")
        self.assertEqual(other.requests, [])

    def test_unreadable_answers(self):
        bodies = [
            b"",
            b"no json",
            b"\xff\xfe",
            b"null",
            b"{}",
            b'{"choices": []}',
            b'{"choices": [{"message": {"content": null}}]}',
            b'{"choices": [{"message": {"content": ["text"]}}]}',
            b"[" * 100_000,
        ]
        for body in bodies:
            self.server.reply = self.server.send(200, body)
            with self.subTest(body=body[:50]):
                self.assertEqual(self._get_reason(), "unreadable")

    def test_answer_without_end_is_cut_off(self):
        self.server.reply = self.server.flood
        self.assertEqual(self._get_reason(), "too_big")

    def test_nobody_there(self):
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        url = f"http://127.0.0.1:{port}/v1"
        self.assertEqual(self._get_reason(url=url), "unreachable")

    def test_only_plain_web_addresses_are_asked(self):
        self.assertTrue(is_web_address("https://models.example.com/v1"))
        self.assertTrue(is_web_address("http://[::1]:8080/v1"))
        wrong = [
            "",
            "localhost:8080/v1",
            "file:///etc/passwd",
            "ftp://example.com/v1",
            "http://",
            "http://user:password@example.com/v1",
            "http://example.com/v1?key=1",
            "http://example.com:port/v1",
            "http://exam ple.com/v1",
        ]
        for url in wrong:
            with self.subTest(url=url):
                self.assertFalse(is_web_address(url))
        self.assertEqual(self._get_reason(url="file:///etc/passwd"), "address")
        self.assertEqual(self.server.requests, [])

    def test_origin_is_scheme_host_and_port(self):
        origins = {
            "https://Models.example.com/v1": "https://models.example.com:443",
            "https://models.example.com:443": "https://models.example.com:443",
            "http://models.example.com/v1": "http://models.example.com:80",
            "http://[::1]:8080/v1": "http://::1:8080",
            "ftp://models.example.com": "",
            "": "",
        }
        for url, origin in origins.items():
            with self.subTest(url=url):
                self.assertEqual(get_origin(url), origin)

    def test_key_is_not_in_the_words_of_an_endpoint(self):
        self.assertNotIn(SECRET, repr(Endpoint("http://localhost", "m", SECRET, 1)))
