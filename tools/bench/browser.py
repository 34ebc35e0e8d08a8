# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""How long somebody at a browser waits for the last tile of a dashboard."""

from statistics import median

from tools.chromium import chromium
from tools.odoo_page import IS_DRAWN, log_in
from tools.serve import DASHBOARD

WIDTH, HEIGHT = 1440, 900
TIMES = 5
# Notes when the page is drawn, in milliseconds since it was asked for.
WATCH = f"""
    (function look() {{
        if ({IS_DRAWN}) {{
            window.drawnAfter = performance.now();
        }} else {{
            requestAnimationFrame(look);
        }}
    }})();
"""


def measure_browser(port, database, login):
    """Return seconds, the median of some openings after a first one.

    That one has styles and scripts put together, and the browser keep them.
    """
    address = f"http://127.0.0.1:{port}"
    with chromium() as page:
        page.resize(WIDTH, HEIGHT)
        log_in(page, address, database, login)
        page.call("Page.enable")
        page.call("Page.addScriptToEvaluateOnNewDocument", source=WATCH)
        spent = [_open(page, address + DASHBOARD) for _again in range(1 + TIMES)]
    return median(spent[1:])


def _open(page, address):
    page.open(address)
    page.wait_for("window.drawnAfter")
    return page.evaluate("window.drawnAfter") / 1000
