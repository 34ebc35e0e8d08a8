# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""People with browsers of their own: they open dashboards and take workbooks away."""

import json
import threading
import time
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

DASHBOARD = "account_manager"
TILE = "crm.dashboard.tile"
WORKBOOK = "/report/xlsx/crm_dashboards.report_workbook"
PATIENCE = 120  # seconds


class Person:
    """Somebody with a browser, whose password is the login."""

    def __init__(self, port, login):
        self._address = f"http://127.0.0.1:{port}"
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self._opener = urllib.request.build_opener(cookies)
        self.login = login

    def log_in(self, database):
        """Begin a session; returns the id of the company that it is in."""
        values = {"db": database, "login": self.login, "password": self.login}
        session = self._post("/web/session/authenticate", values)
        return session["user_companies"]["current_company"]

    def call(self, method, *arguments, model=TILE):
        """Call a method of a model as the web client does."""
        values = {"model": model, "method": method, "args": arguments, "kwargs": {}}
        return self._post(f"/web/dataset/call_kw/{model}/{method}", values)

    def open_dashboard(self, scope=None):
        """Ask for header and tiles; returns the tiles.

        :raise RuntimeError: a tile failed
        """
        layout = self.call("get_dashboard", DASHBOARD)
        codes = [tile["code"] for tile in layout["tiles"]]
        tiles = self.call("get_tiles", DASHBOARD, codes, scope)
        failed = [code for code, tile in tiles.items() if tile["state"] == "failed"]
        if failed:
            raise RuntimeError(f"These tiles failed: {failed}")
        return tiles

    def download_report(self, code, options):
        """Take the workbook of a report away; returns its bytes."""
        query = urllib.parse.urlencode(
            {
                "options": json.dumps({"report_code": code, "options": options}),
                "context": "{}",
            }
        )
        url = f"{self._address}{WORKBOOK}?{query}"
        with self._opener.open(url, timeout=PATIENCE) as response:
            return response.read()

    def _post(self, path, values):
        request = urllib.request.Request(
            self._address + path,
            json.dumps({"jsonrpc": "2.0", "params": values}).encode(),
            {"Content-Type": "application/json"},
        )
        with self._opener.open(request, timeout=PATIENCE) as response:
            answer = json.load(response)
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["result"]


def visit(people, seconds, every=0.0):
    """Have people open dashboards at the same time, each time and again.

    :param people: list of Person, logged in
    :param every: seconds from one opening to the next of the same person, who begin
        spread over them; without, each opens the next as soon as one is there
    :return: (list of the seconds that each opening took, list of errors)
    """
    spent, errors = [], []
    begin = time.monotonic()

    def work(number, person):
        turn = begin + every * number / len(people)
        try:
            while turn < begin + seconds:
                time.sleep(max(0.0, turn - time.monotonic()))
                started = time.monotonic()
                person.open_dashboard()
                spent.append(time.monotonic() - started)
                turn = max(turn + every, time.monotonic() if not every else 0)
        except Exception as error:
            errors.append(error)

    threads = [
        threading.Thread(target=work, args=visitor) for visitor in enumerate(people)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return spent, errors
