# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What the badge adds to reading a page of contacts."""

import time

from lxml import etree

from tools.console import say

PAGE = 80
RUNS = 31
RATIO_BAR = 1.5
BADGE = {"crm_rfm_segment": {}, "crm_metric_id": {"fields": {}}}


def measure_contacts(env):
    """Return how long contacts take with their badge, as times of the list without it.

    The shortest of several runs each, in turns: whatever else the machine does makes
    some of them longer.
    """
    contacts = env["res.partner"].search([("crm_rfm_segment", "!=", False)], limit=PAGE)
    reading = {"without": _get_specification(contacts)}
    reading["with"] = {**reading["without"], **BADGE}
    shortest = dict.fromkeys(reading, float("inf"))
    for _run in range(RUNS):
        for name, specification in reading.items():
            env.invalidate_all()
            started = time.perf_counter()
            contacts.web_read(specification)
            spent = time.perf_counter() - started
            shortest[name] = min(shortest[name], spent)
    ratio = shortest["with"] / shortest["without"]
    page = (
        f"{len(contacts)} contacts with the badge in {1000 * shortest['with']:.1f} ms"
    )
    say(f"{'contacts_ratio':26}{ratio:8.2f} (bar {RATIO_BAR}): {page}")
    return round(ratio, 2)


def _get_specification(contacts):
    """Return what the browser asks for to show the list of contacts, less figures."""
    arch = etree.fromstring(contacts.get_view(view_type="list")["arch"])
    names = {node.get("name") for node in arch.iter("field")}
    return {
        name: {"fields": {"display_name": {}}}
        if contacts._fields[name].relational
        else {}
        for name in sorted(names)
        if not name.startswith("crm_")
    }
