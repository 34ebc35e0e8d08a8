# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What the web client makes of a report's search view and default facets."""

import json
from datetime import datetime, time, timedelta

import pytz
from dateutil.relativedelta import relativedelta
from lxml import etree

from odoo import fields
from odoo.fields import Domain
from odoo.tools.safe_eval import safe_eval

QUARTERS = ("first_quarter", "second_quarter", "third_quarter", "fourth_quarter")


def open_report(env, code, scope=None, drill=False):
    """Return the SearchView of what a click of the user of ``env`` opens."""
    scope = {"account_manager": "all"} if scope is None else scope
    action = env["crm.dashboard.tile"].open_report(code, scope, drill)
    return SearchView(env, action)


class SearchView:
    """The search view of an action, as the user of ``env`` gets it.

    How it works: filters between two separators are alternatives (or), each group of
    them and each field narrows the result (and). A date filter takes options: the
    first of a year (``year``, ``year-1``), a month (``month-3``) or quarter
    (``fourth_quarter``), by commas; or ``custom_<name>`` of a filter inside it.
    """

    def __init__(self, env, action, known=None):
        """:param known: dict that keeps the views of one user between two clicks"""
        self.env = env
        self.action = action
        context = action["context"]
        if isinstance(context, str):
            context = safe_eval(context, {"uid": env.uid})
        self.defaults = {
            key.removeprefix("search_default_"): value
            for key, value in context.items()
            if key.startswith("search_default_")
        }
        self.context = {
            key: value
            for key, value in context.items()
            if not key.startswith("search_default_")
        }
        self.model = env[action["res_model"]].with_context(**self.context)
        self.arch = self._read_arch({} if known is None else known)

    def _read_arch(self, known):
        view_id = self.action["search_view_id"][0]
        if view_id not in known:
            view = self.model.get_views([(view_id, "search")])
            known[view_id] = etree.fromstring(view["views"]["search"]["arch"])
        return known[view_id]

    def get_domain(self):
        """Return the action's domain together with that of its default facets."""
        unused = set(self.defaults)
        groups = [[]]
        for node in self.arch.iterchildren("field", "filter", "separator", "group"):
            name = node.get("name")
            if node.tag in ("separator", "group"):
                groups.append([])
                unused -= {child.get("name") for child in node.iterchildren("filter")}
            elif name in self.defaults:
                unused.discard(name)
                if node.tag == "field":
                    groups.append([Domain(name, "=", self.defaults[name])])
                    groups.append([])
                else:
                    groups[-1].append(self._get_filter_domain(node))
        if unused:
            raise AssertionError(f"Facets that the search view does not have: {unused}")
        facets = [Domain.OR(group) for group in groups if group]
        return Domain.AND([Domain(self.action["domain"] or []), *facets])

    def get_plain_domain(self):
        """Return the domain as the web client sends it: lists, numbers and text."""
        text = json.dumps(list(self.get_domain()), default=fields.Datetime.to_string)
        return json.loads(text)

    def get_group_by(self):
        """Return the groupings of the default facets, such as date_order:month."""
        return [
            safe_eval(node.get("context"))["group_by"]
            for node in self.arch.iterfind("group/filter")
            if node.get("name") in self.defaults
        ]

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

    def _get_filter_domain(self, node):
        if not node.get("date"):
            return self._evaluate(node)
        option = self.defaults[node.get("name")]
        if option.startswith("custom_"):
            (custom,) = node.iterfind(f"filter[@name='{option[len('custom_') :]}']")
            return self._evaluate(custom)
        return self._get_period_domain(node, option.split(","))

    def _get_period_domain(self, node, options):
        """Return the domain of options, from their first to their last second.

        A month or quarter without a year before it gets the one that the client adds.
        """
        today = fields.Datetime.context_timestamp(self.model, fields.Datetime.now())
        today, length = today.date(), relativedelta(years=1)
        year = None
        if options[0].startswith("year"):
            back = -int(options.pop(0).removeprefix("year") or 0)
            assert -int(node.get("start_year", "-2")) >= back, f"{node}: {back} years"
            year = today.year - back
        first = today.replace(year=year or today.year, month=1, day=1)
        if options:
            (option,) = options
            if option in QUARTERS:
                length = relativedelta(months=3)
                first = first.replace(month=1 + 3 * QUARTERS.index(option))
            else:
                back = -int(option.removeprefix("month") or 0)
                least = -int(node.get("start_month", "-2"))
                assert least >= back, f"{option} is not offered"
                length = relativedelta(months=1)
                month = today.replace(day=1) - relativedelta(months=back)
                first = month.replace(year=year or month.year)
        end = self._to_utc(first + length) - timedelta(seconds=1)
        name = node.get("date")
        return Domain(name, ">=", self._to_utc(first)) & Domain(name, "<=", end)

    def _to_utc(self, day):
        midnight = self.env.tz.localize(datetime.combine(day, time.min))
        return midnight.astimezone(pytz.utc).replace(tzinfo=None)

    def _evaluate(self, node):
        return Domain(safe_eval(node.get("domain"), {"uid": self.env.uid}))
