# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""A server on this machine that speaks the protocol of OpenAI's chat completions."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

DROPS = 400  # bytes that :meth:`ModelServer.drip` sends before a whole answer
DROP_SECONDS = 0.05


class ModelServer:
    """Replies to every call as the test says, and keeps what was sent.

    Attributes
    ----------
    requests : list of dict
        ``{path, headers, body}`` of each call.
    """

    def __init__(self):
        self.requests = []
        self.reply = self.say("")
        self._stopping = Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._make_handler())
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"

    def stop(self):
        """Stop it; calls that still wait for their answer get none."""
        self._stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    # ------------------------------------------------------------------
    # Replies: functions of the handler of a call
    # ------------------------------------------------------------------

    def say(self, text):
        """Answer as a model that wrote ``text``."""
        return self.send(200, _complete(text))

    def send(self, status, body=b"", **headers):
        """Answer with a status, a body of bytes, and headers."""

        def reply(handler):
            handler.send_response(status)
            for name, value in headers.items():
                handler.send_header(name.replace("_", "-"), value)
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)

        return reply

    def hang(self, handler):
        """Never answer."""
        self._stopping.wait()

    def drip(self, text):
        """Begin to answer at once, and go on drop by drop for a long time."""

        def reply(handler):
            handler.send_response(200)
            handler.end_headers()
            for _drop in range(DROPS):
                handler.wfile.write(b" ")
                if self._stopping.wait(DROP_SECONDS):
                    return
            handler.wfile.write(_complete(text))

        return reply

    def flood(self, handler):
        """Answer without end."""
        handler.send_response(200)
        handler.end_headers()
        while not self._stopping.is_set():
            handler.wfile.write(b" " * 65536)

    def _make_handler(self):
        model_server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                size = int(self.headers.get("Content-Length") or 0)
                model_server.requests.append(
                    {
                        "path": self.path,
                        "headers": dict(self.headers.items()),
                        "body": self.rfile.read(size).decode(),
                    }
                )
                try:
                    model_server.reply(self)
                except ConnectionError:
                    self.close_connection = True  # the caller did not wait

            do_GET = do_POST

            def log_message(self, *args):
                """Keep the test's log to what is tested."""

        return Handler


def _complete(text):
    choice = {
        "index": 0,
        "finish_reason": "stop",
        "message": {"role": "assistant", "content": text},
    }
    answer = {
        "id": "chat",
        "object": "chat.completion",
        "created": 0,
        "model": "anything",
        "choices": [choice],
    }
    return json.dumps(answer).encode()
