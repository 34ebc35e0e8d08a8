# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""A report as a click opens it: what its list shows with the default facets."""

import json

from lxml import etree

from odoo import fields

from ..report.workbook.facets import Facets


def open_report(env, code, scope=None, drill=False):
    """Return the SearchView of what a click of the user of ``env`` opens."""
    scope = {"account_manager": "all"} if scope is None else scope
    action = env["crm.dashboard.tile"].open_report(code, scope, drill)
    return SearchView(env, action)


class SearchView(Facets):
    """The search view of an action, as the user of ``env`` gets it."""

    def __init__(self, env, action, known=None):
        super().__init__(env, action, known)
        self.action = action
        known = {node.get("name") for node in self.arch.iter("field", "filter")}
        unknown = self.defaults.keys() - known
        if unknown:
            raise AssertionError(f"The search view does not have {unknown}.")

    def _get_days(self, node):
        """Make sure that the client offers the options of a date filter."""
        for option in self.defaults[node.get("name")].split(","):
            for unit in ("year", "month"):
                if option.startswith(unit):
                    back = -int(option.removeprefix(unit) or 0)
                    least = -int(node.get(f"start_{unit}", "-2"))
                    assert least >= back, f"{node}: {option} is not offered"
        return super()._get_days(node)

    def get_plain_domain(self):
        """Return the domain as the web client sends it: lists, numbers and text."""
        text = json.dumps(list(self.get_domain()), default=fields.Datetime.to_string)
        return json.loads(text)

    def aggregate(self, *aggregates):
        """Return aggregates over the whole filtered set, as the report's foot does."""
        (group,) = self.model.formatted_read_group(
            list(self.get_domain()), [], list(aggregates)
        )
        return group

    def search(self):
        """Return the records of the report."""
        return self.model.search(self.get_domain())

    def search_as_listed(self):
        """Return the records of the report in the order of its list."""
        (view_id,) = (view for view, kind in self.action["views"] if kind == "list")
        arch = self.model.get_view(view_id, "list")["arch"]
        order = etree.fromstring(arch).get("default_order")
        return self.model.search(self.get_domain(), order=order)
