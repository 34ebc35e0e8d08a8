# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json

from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.urls import url_encode

from odoo.http import Request
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import DASHBOARD, NOW
from .forged_calls import SETTINGS, ForgedCallCase
from .our_doors import get_our_methods, get_our_routes
from .rpc_common import RpcCase

TILE = "crm.dashboard.tile"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestForgedCalls(ForgedCallCase):
    def test_every_method_answers_in_words(self):
        methods = self._check_methods()
        self.assertIn((TILE, "get_tiles"), methods)
        self.assertIn(("crm.missing.order.wizard", "action_confirm"), methods)

    def test_every_method_goes_through_the_door(self):
        for model, name in get_our_methods(self.env):
            method = getattr(self.env.registry[model], name)
            with self.subTest(model=model, method=name):
                self.assertTrue(getattr(method, "is_door", False))


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestForgedRequests(ForgedCallCase, RpcCase):
    """The same over HTTP, where Odoo reads what was sent."""

    def _log_in(self, user):
        self.env.flush_all()
        self.authenticate(user.login, user.login)

    def _get_refusal(self, model, method, *args, **kwargs):
        """Return the words of a refusal."""
        with mute_logger("odoo.http"):
            answer = self.url_open(
                f"/web/dataset/call_kw/{model}/{method}",
                json={
                    "params": {
                        "model": model,
                        "method": method,
                        "args": args,
                        "kwargs": kwargs,
                    }
                },
            ).json()
        data = answer["error"]["data"]
        self.assertTrue(data["name"].startswith("odoo.exceptions."), data["debug"])
        self._check_words(data["message"])
        return data["message"]

    def test_odd_texts_are_refused_in_words(self):
        self._log_in(self.manager)
        for text in ("a\x00b", "\ud800"):
            with self.subTest(text=ascii(text)):
                scope = {"tabs": {"orders": text}}
                for method, *args in (
                    ("get_dashboard", text),
                    ("get_tiles", DASHBOARD, [text]),
                    ("get_tiles", DASHBOARD, [], scope),
                    ("open_report", text),
                    ("save_preference", DASHBOARD, {"scope": scope}),
                    ("export_report", "orders", {"facets": [text]}),
                    ("export_report", "orders", {"domain": [["name", "=", text]]}),
                ):
                    words = self._get_refusal(TILE, method, *args)
                    self.assertEqual(words, "The request is not readable.")

    def test_odd_contexts_are_refused_in_words(self):
        self._log_in(self.manager)
        for context, words in (
            ({"lang": "xx_YY"}, "There is no such language or time zone."),
            ({"lang": ["en_US"]}, "There is no such language or time zone."),
            ({"tz": {"a": 1}}, "There is no such language or time zone."),
            ({"allowed_company_ids": "1"}, "There are no such companies."),
            ({"allowed_company_ids": [[1]]}, "There are no such companies."),
            (
                {"allowed_company_ids": self.sister.ids},
                "Access to unauthorized or invalid companies.",
            ),
        ):
            with self.subTest(context=context):
                found = self._get_refusal(
                    TILE, "get_tiles", DASHBOARD, ["rfm"], {}, context=context
                )
                self.assertEqual(found, words)
        tiles = self._call(
            TILE, "get_tiles", DASHBOARD, ["rfm"], {}, context={"tz": "Nowhere/City"}
        )
        self.assertEqual(tiles["rfm"]["state"], "ready")

    def test_what_went_in_another_tab_is_a_sentence(self):
        self._log_in(self.manager)
        metric = self._get_metric(self.customers[1])
        scope = {"account_manager": "all"}
        metric.unlink()
        self.env.flush_all()
        for key in ("snooze", "not_a_loss", "schedule"):
            self.assertEqual(
                self._get_refusal(
                    TILE, "run_row_action", "missing_orders", key, metric.id, scope
                ),
                "This is not there any more. Please refresh and try again.",
            )
        drill = {"key": "customer", "value": metric.id}
        self._get_refusal(TILE, "open_report", "missing_orders", scope, drill)
        self._get_refusal(TILE, "get_rfm_explanation", metric.id)
        self._get_refusal("crm.customer.metric", "action_snooze", metric.ids)
        values = {"decision": "snooze", "metric_ids": [[4, metric.id]]}
        self._get_refusal("crm.missing.order.wizard", "web_save", [], values, {})

    def test_buttons_that_are_links_answer_too(self):
        self._log_in(self.manager)
        customer = self.customers[1]
        customer.phone = "+1 555 0100"
        self.env.flush_all()
        action = self._call(TILE, "run_customer_action", customer.id, "call")
        self.assertEqual(action["url"], "tel:+1 555 0100")
        for args in (["call"], [customer.id, "mail"], [customer.id], [], [1, 2, 3]):
            self._get_refusal(TILE, "run_customer_action", *args)

    def test_filters_that_no_database_can_apply_are_refused_in_words(self):
        self._log_in(self.manager)
        for term in (
            ["amount_untaxed", ">", "many"],
            ["partner_id", "in", [{}]],
            ["date_order", ">", "never"],
            ["partner_id", "any", 7],
            ["partner_id", "child_of", {"a": 1}],
            ["nothing", "=", 1],
            [],
            "partner_id",
        ):
            with self.subTest(term=term):
                self._get_refusal(TILE, "export_report", "orders", {"domain": [term]})

    def test_every_route_answers_in_words(self):
        paths = get_our_routes(self.env)
        self.assertIn("/report/<converter>/<reportname>", paths)
        reports = self.env["ir.actions.report"].search(
            [("report_name", "like", "crm_dashboards%.%")]
        )
        for user in self.roles:
            self._log_in(user)
            for path in paths:
                for report in reports:
                    with self.subTest(user=user.name, path=path, report=report.name):
                        self._check_route(path, report)

    def _check_route(self, path, report):
        converter = report.report_type.removeprefix("qweb-").replace("pdf", "html")
        values = {"converter": converter, "reportname": report.report_name}
        hints = self._get_hints()

        @settings(SETTINGS, max_examples=4)
        @given(
            options=st.fixed_dictionaries(
                {},
                optional={
                    name: hints[name] | self._get_values()
                    for name in ("dashboard", "scope", "report_code", "options")
                },
            )
            | self._get_values(),
            context=self._get_contexts() | self._get_values(),
            docids=st.sampled_from(("0", "x", "1,", *map(str, self.ids))),
        )
        def check(options, context, docids):
            query = {"options": json.dumps(options), "context": json.dumps(context)}
            url = path
            for name, value in {**values, "docids": docids}.items():
                url = url.replace(f"<{name}>", value)
            if converter == "html":  # read by Odoo itself
                query = {}
            with mute_logger("odoo.http", "werkzeug"):
                answer = self.url_open(f"{url}?{url_encode(query)}")
            self.assertIn(answer.status_code, (200, 403, 404, 422), answer.text)
            if answer.status_code != 200:
                self.assertNotIn("Record does not exist", answer.text)

        check()

    def test_download_of_a_forged_workbook_is_a_sentence(self):
        """As the web client asks for it."""
        self._log_in(self.manager)
        for options in ("[", "[]", '{"dashboard": "nothing"}', '{"scope": "me"}'):
            query = url_encode({"options": options, "context": "{}"})
            url = f"/report/xlsx/crm_dashboards.dashboard_workbook?{query}"
            with mute_logger("odoo.addons.report_xlsx.controllers.main"):
                answer = self.url_open(
                    "/report/download",
                    data={
                        "data": json.dumps([url, "xlsx"]),
                        "csrf_token": Request.csrf_token(self),
                    },
                )
            self.assertIn("odoo.exceptions.ValidationError", answer.text)
