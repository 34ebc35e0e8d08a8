# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What the web client makes of a search view and of the facets an action sets."""

from datetime import datetime, time, timedelta

import pytz
from dateutil.relativedelta import relativedelta
from lxml import etree

from odoo import fields
from odoo.fields import Domain
from odoo.tools.safe_eval import safe_eval

from ...models.date_words import format_days
from ...tiles.period import QUARTERS

FACET = "search_default_"
CUSTOM = "custom_"  # before the name of a filter inside a date filter


class Facets:
    """The search view of an action as its user gets it, and its default facets.

    How it works: filters between two separators are alternatives (or), each group of
    them and each field narrows the result (and). A date filter takes options: the
    first of a year (``year``, ``year-1``), a month (``month-3``) or quarter
    (``fourth_quarter``), by commas; or ``custom_<name>`` of a filter inside it.

    :param env: of the person who looks
    :param dict action: a window action
    :param dict known: keeps the search views of one user between two actions
    """

    def __init__(self, env, action, known=None):
        self.env = env
        context = action["context"]
        if isinstance(context, str):
            context = safe_eval(context, {"uid": env.uid})
        self.defaults = {
            key.removeprefix(FACET): value
            for key, value in context.items()
            if key.startswith(FACET)
        }
        self.context = {
            key: value for key, value in context.items() if not key.startswith(FACET)
        }
        self.model = env[action["res_model"]].with_context(**self.context)
        self.fixed_domain = Domain(action["domain"] or [])
        # without one the client takes the model's own
        view_id = action["search_view_id"] and action["search_view_id"][0]
        self.arch = self._read_arch(view_id, {} if known is None else known)

    def _read_arch(self, view_id, known):
        key = self.model._name, view_id
        if key not in known:
            arch = self.model.get_view(view_id or None, "search")["arch"]
            known[key] = etree.fromstring(arch)
        return known[key]

    def get_domain(self):
        """Return the action's domain together with that of its default facets."""
        groups = [
            Domain.OR(self._get_facet_domain(node) for node in group)
            for group in self._get_groups()
        ]
        return Domain.AND([self.fixed_domain, *groups])

    def get_labels(self):
        """Return the default facets in words, alternatives together."""
        join = self.env._("%(first)s or %(second)s")
        labels = []
        for first, *others in self._get_groups():
            words = self._describe(first)
            for other in others:
                words = join % {"first": words, "second": self._describe(other)}
            labels.append(words)
        return labels

    def get_group_by(self):
        """Return the groupings of the default facets, such as date_order:month."""
        return [
            safe_eval(node.get("context"))["group_by"]
            for node in self.arch.iterfind("group/filter")
            if node.get("name") in self.defaults
        ]

    def _get_groups(self):
        """Return lists of the nodes of the default facets, alternatives together.

        As in the client, a facet that the search view does not have changes nothing.
        """
        groups = [[]]
        for node in self.arch.iterchildren("field", "filter", "separator", "group"):
            name = node.get("name")
            if node.tag in ("separator", "group"):
                groups.append([])
            elif name in self.defaults:
                if node.tag == "field":
                    groups += [[node], []]
                else:
                    groups[-1].append(node)
        return [group for group in groups if group]

    def _get_facet_domain(self, node):
        name = node.get("name")
        if node.tag == "field":
            return Domain(name, "=", self.defaults[name])
        if not node.get("date"):
            return self._evaluate(node)
        custom = self._find_custom(node)
        if custom is not None:
            return self._evaluate(custom)
        first, last = self._get_days(node)
        end = self._to_utc(last + timedelta(days=1)) - timedelta(seconds=1)
        name = node.get("date")
        return Domain(name, ">=", self._to_utc(first)) & Domain(name, "<=", end)

    def _describe(self, node):
        if node.tag == "field":
            return self._describe_field(node)
        if not node.get("date"):
            return node.get("string")
        custom = self._find_custom(node)
        if custom is not None:
            words = custom.get("string")
        else:
            words = format_days(self.env, *self._get_days(node))
        return f"{node.get('string')}: {words}"

    def _describe_field(self, node):
        field = self.model._fields[node.get("name")]
        value = self.defaults[node.get("name")]
        description = field.get_description(self.env, ["string", "selection"])
        if field.relational:
            # what somebody looked for is on the page already, whoever may read it
            value = self.env[field.comodel_name].browse(value).sudo().display_name
        elif "selection" in description:
            value = dict(description["selection"]).get(value, value)
        return f"{node.get('string') or description['string']}: {value}"

    def _find_custom(self, node):
        """Return the filter that a date filter's option names, None for a period."""
        option = self.defaults[node.get("name")]
        if not option.startswith(CUSTOM):
            return None
        (custom,) = node.iterfind(f"filter[@name='{option[len(CUSTOM) :]}']")
        return custom

    def _get_days(self, node):
        """Return the first and the last day of a date filter's options.

        A month or quarter without a year before it gets the one that the client adds.
        """
        options = self.defaults[node.get("name")].split(",")
        today = fields.Datetime.context_timestamp(self.model, fields.Datetime.now())
        today, length = today.date(), relativedelta(years=1)
        year = None
        if options[0].startswith("year"):
            back = -int(options.pop(0).removeprefix("year") or 0)
            year = today.year - back
        first = today.replace(year=year or today.year, month=1, day=1)
        if options:
            (option,) = options
            if option in QUARTERS:
                length = relativedelta(months=3)
                first = first.replace(month=1 + 3 * QUARTERS.index(option))
            else:
                back = -int(option.removeprefix("month") or 0)
                length = relativedelta(months=1)
                month = today.replace(day=1) - relativedelta(months=back)
                first = month.replace(year=year or month.year)
        return first, first + length - timedelta(days=1)

    def _to_utc(self, day):
        midnight = self.env.tz.localize(datetime.combine(day, time.min))
        return midnight.astimezone(pytz.utc).replace(tzinfo=None)

    def _evaluate(self, node):
        return Domain(safe_eval(node.get("domain"), {"uid": self.env.uid}))
