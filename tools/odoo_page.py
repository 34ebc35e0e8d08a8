# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Odoo in a browser: a session, calls of methods, a dashboard that is drawn."""

from __future__ import annotations

import json

from .chromium import Page

# In JavaScript: the page is a dashboard, and each of its tiles is there.
IS_DRAWN = """
    document.querySelector("[data-tile], .o_view_nocontent")
    && !document.querySelector("[data-tile][data-state=loading]")
"""


def log_in(page: Page, address: str, database: str, login: str) -> None:
    """Begin a session of somebody whose password is the login."""
    page.open(f"{address}/web/login")
    values = {"db": database, "login": login, "password": login}
    _ask(page, "/web/session/authenticate", values)


def call(page: Page, model: str, method: str, *arguments: object) -> object:
    """Call a method of a model as the web client does.

    :raises Problem: when it raises.
    """
    parameters = {"model": model, "method": method, "args": arguments, "kwargs": {}}
    return _ask(page, "/web/dataset/call_kw", parameters)


def _ask(page: Page, route: str, parameters: dict) -> object:
    body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": parameters})
    headers = {"Content-Type": "application/json"}
    options = json.dumps({"method": "POST", "headers": headers, "body": body})
    return page.evaluate(f"""
        fetch({json.dumps(route)}, {options})
            .then((answer) => answer.json())
            .then(({{error, result}}) => {{
                if (error) throw new Error(error.data.message);
                return result;
            }})
    """)
