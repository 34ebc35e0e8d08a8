# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Everything that could tell figures of customers, as the registry has it.

A new model, field or route is among it by itself. The class runs once with the addon
alone and once beside the addons that build on it, which a test of theirs sees to.
"""

from odoo.exceptions import AccessError, UserError
from odoo.fields import NO_ACCESS, Domain
from odoo.tools import mute_logger

from ..models.figure_selections import is_figure
from .our_doors import get_our_models, get_our_routes, is_ours
from .rpc_common import RpcCase
from .test_access import AccessCase

# Models that are about no customer, and who may read them.
READERS = {"seller", "colleague", "invoicing", "reader", "administrator", "stranger"}
ABOUT_NOBODY = {
    "crm.alert.month": READERS - {"seller", "stranger"},
    "crm.reactivation.month": READERS - {"seller", "stranger"},
    "crm.dashboard": READERS,
    "crm.dashboard.tile": READERS,
    "crm.metric.backtest": READERS - {"seller", "stranger"},
    "crm.metric.refresh": {"administrator"},
}
# What a refusal may be; Odoo has no words for a way that there is not.
REFUSALS = (UserError, ValueError, TypeError, NotImplementedError)
# Sums of the customers that one may read, an account manager each.
SUMS = {"crm.month.projection"}
OWN_ROWS = {"crm.dashboard.tile.preference": "user_id"}
CUSTOMER_PATHS = (
    "partner_id",
    "customer_id",
    "alert_id.partner_id",
    "reactivation_id.partner_id",
    "order_id.partner_id",
)
COMPANY_PATHS = (
    "company_id",
    "alert_id.company_id",
    "reactivation_id.company_id",
    "month_end_id.company_id",
    "order_id.company_id",
)
FIGURES = ("crm_rfm_segment", "crm_order_count", "crm_needs_engagement")


class LeakCase(AccessCase, RpcCase):
    """Whoever asks for whatever in whichever way finds no more than he may know."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.administrator = cls._create_user(
            "administrator",
            "base.group_system,sales_team.group_sale_manager,base.group_allow_export",
        )
        cls.roles = {
            "portal": cls.portal,
            "internal": cls.internal,
            "seller": cls.seller,
            "colleague": cls.colleague,
            "invoicing": cls.invoicing,
            "reader": cls.reader,
            "administrator": cls.administrator,
            "stranger": cls.stranger,
        }
        cls._create_records()
        cls.env.flush_all()

    @classmethod
    def _create_records(cls):
        """Add a row of each kind to the figures, one a customer."""
        metrics = cls.env["crm.customer.metric"].search(cls._of_company())
        cls.env["crm.missing.order.decision"]._decide(
            metrics, "snooze", snoozed_until="2026-12-24"
        )
        rows = [
            {"partner_id": metric.partner_id.id, "company_id": cls.company.id}
            for metric in metrics
        ]
        cls.env["crm.reactivation"].create(
            [
                {**row, "kind": "activity", "last_order_date": "2026-11-01"}
                for row in rows
            ]
        )
        alerts = cls.env["crm.alert"].create(
            [
                {
                    **row,
                    "kind": "missing_order",
                    "currency_id": cls.euro.id,
                    "as_of": "2026-11-21 03:00:00",
                    "date": "2026-11-21",
                    "last_order_date": "2026-11-01",
                }
                for row in rows
            ]
        )
        cls.env["crm.alert.action"].create(
            [
                {"alert_id": alert.id, "kind": "snooze", "date": "2026-11-21"}
                for alert in alerts
            ]
        )
        call = cls.env.ref("mail.mail_activity_data_call")
        for customer in cls.customers:
            customer.message_post(
                body="Called",
                mail_activity_type_id=call.id,
                subtype_xmlid="mail.mt_activities",
            )
        for user in (cls.seller, cls.colleague):
            tile = cls.env(user=user)["crm.dashboard.tile"]
            tile.save_preference("account_manager", {"hidden": ["rfm"]})
            tile = tile.with_context(allowed_company_ids=cls.company.ids)
            tile.open_report("customer_events", {"customer_id": cls.mine[0].id})

    @classmethod
    def _of_company(cls):
        return Domain("company_id", "=", cls.company.id)

    # ------------------------------------------------------------------
    # Models
    # ------------------------------------------------------------------

    def _check_models(self):
        """Read every model of these addons in every way as every role.

        :return: set of the models with rows
        """
        filled = set()
        for name in get_our_models(self.env):
            model = self.env[name]
            if model._abstract:
                continue
            rows = model.with_context(
                active_test=False, allowed_company_ids=self.company.ids
            ).search([])
            if rows:
                filled.add(name)
            for role, user in self.roles.items():
                with self.subTest(model=name, role=role):
                    if name in SUMS:
                        self._check_sums(role, self._as(user)[name])
                        continue
                    allowed = self._get_allowed(role, user, rows)
                    self._check_model(self._as(user)[name], rows, allowed)
        return filled

    def _check_sums(self, role, model):
        """Check that a role has sums of no more than it may know of.

        The rows of such a model are numbered for each viewer.
        """
        if role not in READERS:
            with self.assertRaises(AccessError):
                model.search([])
            return
        sums = model.search([])
        self.assertLessEqual(sums.company_id, model.env.company)
        if role == "seller":
            self.assertLessEqual(sums.user_id, self.seller)
            self.assertFalse(sums.filtered("left_out_reason"))

    def _get_allowed(self, role, user, rows):
        """Return the ids of the rows that a role may know of, worked out by hand."""
        name = rows._name
        if name in ABOUT_NOBODY:
            return set(rows.ids) if role in ABOUT_NOBODY[name] else set()
        if rows._transient:
            return set(rows.filtered(lambda row: row.create_uid == user).ids)
        if name in OWN_ROWS:
            return set(rows.filtered(lambda row: row[OWN_ROWS[name]] == user).ids)
        if role not in READERS:
            return set()
        if role in ("administrator", "stranger"):
            return self._filter_company(rows, user.company_id)
        path = self._get_path(rows, CUSTOMER_PATHS)
        if not path:
            return set()  # about a company as a whole: the administrator's
        if role == "seller":
            mine = self.mine | self.fresh
            rows = rows.filtered(lambda row: row.mapped(path) in mine)
        return self._filter_company(rows, self.company)

    def _filter_company(self, rows, company):
        """Return the ids of the rows of a company, or of none, which are of every."""
        path = self._get_path(rows, COMPANY_PATHS)
        if not path:
            return set(rows.ids)
        companies = (company, company.browse())
        return set(rows.filtered(lambda row: row.mapped(path) in companies).ids)

    def _get_path(self, rows, paths):
        for path in paths:
            if path.partition(".")[0] in rows._fields:
                return path
        return None

    def _check_model(self, model, rows, allowed):
        """Check that of ``rows`` only those of the ids ``allowed`` come back."""
        for way, find in self._get_ways(model, rows).items():
            try:
                found = find()
            except UserError:  # refused
                continue
            self.assertLessEqual(set(found), allowed, way)
        for row in rows.filtered(lambda row: row.id not in allowed):
            try:
                found = row.with_env(model.env).read()
            except UserError:  # refused
                continue
            self.assertFalse(found, "read")  # for this user it is not there
        for way, count in (
            ("count", lambda: model.search_count([])),
            ("group", lambda: self._count_groups(model.formatted_read_group)),
        ):
            try:
                self.assertLessEqual(count(), len(allowed), way)
            except UserError:
                continue

    def _count_groups(self, read_group):
        return sum(group["__count"] for group in read_group([], ["id"], ["__count"]))

    def _get_ways(self, model, rows):
        """Return {way: function that returns ids} of finding rows of a model."""
        ways = {
            "search": lambda: model.search([]).ids,
            "search_read": lambda: self._get_ids(model.search_read([], ["id"])),
            "web_search_read": lambda: self._get_ids(
                model.web_search_read([], {"id": {}})["records"]
            ),
            "search_fetch": lambda: model.search_fetch([], ["display_name"]).ids,
            "name_search": lambda: [found for found, _name in model.name_search("")],
            "export": lambda: [
                int(row[0]) for row in model.search([]).export_data([".id"])["datas"]
            ],
            "archived": lambda: model.with_context(active_test=False).search([]).ids,
        }
        for field in model._fields.values():
            if (
                field._description_searchable
                and field.name != "display_name"
                and field.type not in ("binary", "json")
            ):
                ways[f"search by {field.name}"] = lambda name=field.name: (
                    *model.search([(name, "=", False)]).ids,
                    *model.search([(name, "!=", False)]).ids,
                )
        return ways

    def _get_ids(self, values):
        return [each["id"] for each in values]

    # ------------------------------------------------------------------
    # Fields of other models, and the ways to them
    # ------------------------------------------------------------------

    def _check_fields(self):
        """Ask for each figure that a field of another model shows, as strangers do.

        :return: set of the fields
        """
        checked = set()
        for name, model in sorted(self.env.registry.items()):
            if model._abstract or is_ours(model._original_module):
                continue
            for field in model._fields.values():
                if is_figure(field) and is_ours(field._module):
                    checked.add(str(field))
                    for user in (self.portal, self.internal):
                        with self.subTest(field=str(field), user=user.name):
                            self._check_field(self._as(user)[name], field)
        return checked

    def _check_field(self, model, field):
        self.assertNotIn(field.name, model.fields_get())
        record = model.with_user(self.env.ref("base.user_root")).search([], limit=1)
        record = record.with_env(model.env)
        name = field.name
        for attempt in (
            lambda: record.read([name]),
            lambda: record[name],
            lambda: model.search([(name, "!=", False)]),
            lambda: model.search([(name, "=", False)]),
            lambda: model.search([], order=name),
            lambda: model.web_search_read([], {name: {}}),
            lambda: model.formatted_read_group([], [name], ["__count"]),
            lambda: model.formatted_read_group([], [], [f"{name}:count_distinct"]),
            lambda: record.export_data([name]),
        ):
            self._check_is_refused(attempt)
        self.assertFalse(model.default_get([name]).get(name))

    def _check_is_refused(self, call):
        try:
            answer = call()
        except REFUSALS:
            return
        if answer != {"datas": []}:  # an export of no record
            self.fail(f"Not refused: {answer}")

    def _check_paths(self):
        """Ask for figures by way of whatever leads to a customer.

        :return: number of ways
        """
        number = 0
        for name, model in sorted(self.env.registry.items()):
            if model._abstract:
                continue
            for field in model._fields.values():
                leads = field.relational and field.comodel_name == "res.partner"
                if not leads or field.groups == NO_ACCESS:
                    continue
                for role in ("portal", "internal", "seller", "stranger"):
                    env = self._as(self.roles[role])
                    if env[name].has_access("read"):
                        number += 1
                        with self.subTest(path=str(field), role=role):
                            self._check_path(env[name], field, role)
        return number

    def _check_path(self, model, field, role):
        """Search, group and export by figures at the end of a path."""
        customers = self.mine if role == "seller" else self.mine.browse()
        try:
            with mute_logger("odoo.domains"):
                theirs = model.search([(field.name, "in", customers.ids)])
        except REFUSALS:
            return  # no way for this role
        for figure in FIGURES:
            path = f"{field.name}.{figure}"
            try:
                found = model.search([(path, "!=", False)])
                groups = (
                    model._read_group([], [path], ["__count"]) if field.store else []
                )
            except REFUSALS:
                continue
            if figure == "crm_rfm_segment":
                self.assertLessEqual(found, theirs)
                known = sum(count for value, count in groups if value)
                self.assertLessEqual(known, len(theirs))
        record = model.search([], limit=1)
        if role in ("portal", "internal") and record:
            self._check_export_path(record, f"{field.name}/crm_rfm_segment")

    def _check_export_path(self, record, path):
        """Export by a path: refused, or empty where it leads nowhere."""
        try:
            rows = record.export_data([path])["datas"]
        except REFUSALS:
            return
        self.assertFalse(any(value for row in rows for value in row), path)

    # ------------------------------------------------------------------
    # Routes
    # ------------------------------------------------------------------

    def _check_routes(self):
        """Ask every route of these addons for every report as who may see none."""
        paths = get_our_routes(self.env)
        reports = self.env["ir.actions.report"].search(
            [("report_name", "like", "crm\\_dashboards%.%")]
        )
        for user in (self.portal, self.internal):
            self.env.flush_all()
            self.authenticate(user.login, user.login)
            for path in paths:
                for report in reports:
                    with self.subTest(user=user.name, path=path, report=report.name):
                        self._check_route(path, report)
        return paths

    def _check_route(self, path, report):
        kind = report.report_type.removeprefix("qweb-").replace("pdf", "html")
        for name, value in (
            ("converter", kind),
            ("reportname", report.report_name),
            ("docids", str(self.own.id)),
        ):
            path = path.replace(f"<{name}>", value)
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_qweb"):
            answer = self.url_open(path)
        self.assertIn(answer.status_code, (403, 404), answer.text[:500])
        self.assertNotIn(self.customers[2].name, answer.text)
