# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Calls with whatever JSON can say, in every public method and route of these addons.

Made-up values are the same in each run. What a method expects is among them, so that
calls come further than its first check; of a new argument whatever there is.
"""

import inspect
import json
import re
from contextlib import suppress

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.service.model import call_kw

from .our_doors import get_addon, get_our_methods
from .test_access import AccessCase

EXAMPLES = 12
SETTINGS = settings(
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],  # as it came, the first that fails
    suppress_health_check=list(HealthCheck),
)
# What is no sentence for whoever reads it
TECHNICAL = re.compile(
    r"Record does not exist|Expected singleton|Traceback|psycopg|<class|NewId|__"
    r"|\w+Error\b|object has no|positional argument"
)
WORDS = ("me", "all", "none", "orders", "rfm", "customer_events", "customer", "call")
KEYS = ("account_manager", "customer_id", "tabs", "all_sales", "key", "value")


class Undo(Exception):
    """What a call has done is not to stay."""


class ForgedCallCase(AccessCase):
    """Whoever calls whatever with whatever gets an answer, or a sentence."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.administrator = cls._create_user(
            "administrator", "base.group_system,sales_team.group_sale_manager"
        )
        gone = cls._create_customer("Gone", cls.seller)
        cls._refresh()
        metrics = cls.env["crm.customer.metric"].search(
            [("company_id", "=", cls.company.id)]
        )
        cls.ids = [
            *cls.all.ids,
            *metrics.ids,
            gone.id,
            cls.seller.id,
            cls.stranger.id,
            cls.company.id,
            cls.sister.id,
        ]
        gone.unlink()
        cls.env.flush_all()
        cls.roles = (
            cls.portal,
            cls.internal,
            cls.seller,
            cls.colleague,
            cls.reader,
            cls.administrator,
        )

    # ------------------------------------------------------------------
    # What may be sent
    # ------------------------------------------------------------------

    def _get_values(self):
        """Return the strategy of values of JSON, of every type and depth."""
        texts = st.text(max_size=5) | st.sampled_from(
            (*WORDS, "a\x00b", "\ud800", "x" * 5000)
        )
        scalars = (
            st.none()
            | st.booleans()
            | st.sampled_from(self.ids)
            | st.sampled_from((0, -1, 2**31, 2**63, 10**30))
            | st.floats()
            | texts
        )
        return st.recursive(
            scalars,
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(st.sampled_from(KEYS) | texts, inner, max_size=3)
            ),
            max_leaves=6,
        )

    def _get_hints(self):
        """Return {name of an argument: strategy of what it is for}."""
        values = self._get_values()
        tiles = self.env["crm.dashboard.tile"].search([])
        codes = st.sampled_from(tiles.mapped("code"))
        ids = st.sampled_from(self.ids)
        scopes = st.fixed_dictionaries(
            {},
            optional={
                "account_manager": st.sampled_from(("me", "team", "all")) | values,
                "customer_id": ids | values,
                "tabs": st.dictionaries(codes, st.text(max_size=3)) | values,
                "all_sales": st.booleans() | values,
            },
        )
        lists = st.lists(st.sampled_from(("partner_id", "user_id", "segment", "id")))
        terms = st.tuples(
            st.sampled_from(("partner_id", "date_order", "segment", "user_id.name")),
            st.sampled_from(("=", "in", ">", "any", "child_of", "ilike")),
            values,
        )
        return {
            "dashboard": st.sampled_from(("account_manager", "customer")),
            "codes": st.lists(codes, max_size=2),
            "code": codes,
            "report_code": codes,
            "scope": scopes,
            "drill": st.fixed_dictionaries(
                {
                    "key": st.sampled_from(
                        ("customer", "all", "lead", "invoice", "order", "product")
                    ),
                    "value": ids | values,
                }
            ),
            "action": st.sampled_from(("snooze", "schedule", "log_engagement")),
            "key": st.sampled_from(("call", "schedule", "log_engagement", "mail")),
            "row_id": ids,
            "metric_id": ids,
            "customer_id": ids,
            "product_id": st.just(self.product.id),
            "order_id": st.just(False) | ids,
            "lines": st.lists(
                st.fixed_dictionaries(
                    {
                        "product_id": st.just(self.product.id) | values,
                        "unit_id": st.just(self.product.uom_id.id) | values,
                        "quantity": st.integers(1, 9) | values,
                    },
                    optional={"ticked": st.booleans() | values},
                ),
                max_size=2,
            ),
            "values": st.fixed_dictionaries(
                {}, optional={"scope": scopes, "order": st.lists(codes)}
            ),
            "options": st.fixed_dictionaries(
                {},
                optional={
                    "domain": st.lists(terms.map(list), max_size=2) | values,
                    "columns": lists | values,
                    "group_by": lists | values,
                    "order_by": st.text(max_size=9) | values,
                    "facets": st.lists(st.text(max_size=9)) | values,
                },
            ),
        }

    def _get_contexts(self):
        values = self._get_values()
        return st.just({}) | st.fixed_dictionaries(
            {},
            optional={
                "lang": st.sampled_from(("en_US", "xx_YY")) | values,
                "tz": st.sampled_from(("Asia/Tokyo", "Nowhere/City")) | values,
                "allowed_company_ids": st.just(self.company.ids) | values,
                "active_test": st.booleans(),
                "active_id": values,
                "active_model": values,
            },
        )

    def _get_calls(self, model, name):
        """Return the strategy of (ids, arguments, context) of a method."""
        method = getattr(self.env.registry[model], name)
        parameters = list(inspect.signature(method).parameters)[1:]
        values, hints = self._get_values(), self._get_hints()
        arguments = st.tuples(
            *(hints.get(each, values) | values for each in parameters)
        )
        if len(parameters) > 1:
            # and too few of them
            arguments |= arguments.map(lambda full: full[:1])
        if getattr(method, "_api_model", False):
            records = st.none()
        else:
            records = st.just(self.env[model].search([], limit=1).ids) | st.lists(
                self._get_values() | st.sampled_from(self.ids), max_size=2
            )
        return st.tuples(records, arguments.map(list), self._get_contexts())

    # ------------------------------------------------------------------
    # What may come back
    # ------------------------------------------------------------------

    def _check_methods(self, but_of=""):
        """Call each public method of these addons as every role.

        :param str but_of: an addon whose methods are left out
        """
        methods = [
            (model, name)
            for model, name in get_our_methods(self.env)
            if get_addon(inspect.unwrap(getattr(self.env.registry[model], name)))
            != but_of
        ]
        for model, name in methods:
            with self.subTest(model=model, method=name):
                self._check_method(model, name)
        return methods

    def _check_method(self, model, name):
        @settings(SETTINGS, max_examples=EXAMPLES)
        @given(call=self._get_calls(model, name))
        def check(call):
            sent = json.dumps(call)
            for user in self.roles:
                with self.subTest(model=model, method=name, user=user.name):
                    self._call_forged(user, model, name, *json.loads(sent))

        check()

    def _call_forged(self, user, model, name, ids, arguments, context):
        """Call a method as Odoo's ``call_kw`` does, and leave nothing of it.

        :return: what it answers, None where it refuses in words
        """
        self.env.invalidate_all()
        env = self.env(user=user, context={})
        arguments = arguments if ids is None else [ids, *arguments]
        answer = None
        try:
            with suppress(Undo), self.env.cr.savepoint():
                answer = call_kw(env[model], name, arguments, {"context": context})
                self.env.flush_all()
                raise Undo
        except UserError as refusal:
            self._check_words(str(refusal))
            return None
        self.assertNotIn('"failed"', json.dumps(answer, default=str))
        return answer

    def _check_words(self, text):
        self.assertTrue(text.strip())
        self.assertFalse(TECHNICAL.search(text), text)
