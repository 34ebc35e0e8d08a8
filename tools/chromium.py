# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Chromium without a window, told what to do by its DevTools protocol."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import websocket

from .browser import NAMES
from .console import Problem

SECONDS = 180  # styles and scripts are put together for the first page
PHONE = 600  # narrower is one
OPTIONS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--no-first-run",
    "--remote-debugging-port=0",
    # of a person with a mouse, which a browser without a window has not
    "--blink-settings=primaryHoverType=2,availableHoverTypes=2"
    ",primaryPointerType=4,availablePointerTypes=4",
)


class Page:
    """The only page of a browser."""

    def __init__(self, link: websocket.WebSocket):
        self._link = link
        self._number = 0

    def call(self, method: str, **parameters: object) -> dict:
        """Send a command of the protocol and return its result.

        :raises Problem: when the browser refuses it.
        """
        self._number += 1
        command = {"id": self._number, "method": method, "params": parameters}
        self._link.send(json.dumps(command))
        while True:
            answer = json.loads(self._link.recv())
            if answer.get("id") == self._number:
                break
        if "error" in answer:
            raise Problem(f"Chromium refuses {method}: {answer['error']}")
        return answer["result"]

    def evaluate(self, expression: str) -> object:
        """Return the value of an expression in JavaScript, of its promise if it is one.

        :raises Problem: when it fails.
        """
        result = self.call(
            "Runtime.evaluate",
            expression=expression,
            awaitPromise=True,
            returnByValue=True,
        )
        if "exceptionDetails" in result:
            raise Problem(f"The page fails: {result['exceptionDetails']}")
        return result["result"].get("value")

    def wait_for(self, expression: str) -> None:
        """Wait until an expression is true.

        :raises Problem: when it is not so in time.
        """
        end = time.monotonic() + SECONDS
        while not self.evaluate(f"Boolean({expression})"):
            if time.monotonic() > end:
                raise Problem(f"The page does not come to: {expression}")
            time.sleep(0.1)

    def open(self, address: str) -> None:
        """Go to an address and wait until the document is there."""
        self.call("Page.navigate", url=address)
        time.sleep(0.5)  # until then the old document answers
        self.wait_for("document.readyState === 'complete'")

    def resize(self, width: int, height: int, scale: float = 1) -> None:
        """Make the page that large, in CSS pixels.

        A narrow one is a phone's; after it, the browser has fingers and no mouse.
        """
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=scale,
            mobile=width < PHONE,
        )
        if width < PHONE:
            self.call("Emulation.setTouchEmulationEnabled", enabled=True)

    def take_picture(self, clip: dict | None = None) -> bytes:
        """Return a picture in PNG of the page, or of a rectangle of it."""
        options = {"clip": {**clip, "scale": 1}} if clip else {}
        taken = self.call("Page.captureScreenshot", format="png", **options)
        return base64.b64decode(taken["data"])


@contextmanager
def chromium() -> Iterator[Page]:
    """The page of a Chromium of one's own, for as long as the block lasts."""
    program = next(filter(None, map(shutil.which, NAMES)))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        browser = subprocess.Popen(
            [program, *OPTIONS, f"--user-data-dir={folder}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            link = websocket.create_connection(
                _find_page(Path(folder)), timeout=SECONDS, suppress_origin=True
            )
            yield Page(link)
            link.close()
        finally:
            browser.terminate()
            browser.wait()


def _find_page(folder: Path) -> str:
    """Return the address of the protocol of the first page."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        file = folder / "DevToolsActivePort"
        if file.exists() and (lines := file.read_text().split()):
            address = f"http://127.0.0.1:{lines[0]}/json"
            with urllib.request.urlopen(address, timeout=SECONDS) as answer:
                for target in json.load(answer):
                    if target["type"] == "page":
                        return target["webSocketDebuggerUrl"]
        time.sleep(0.1)
    raise Problem("Chromium does not start.")
