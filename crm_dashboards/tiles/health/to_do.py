# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dataclasses import dataclass
from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from ...nightly.periods import get_day_start, get_month_start
from .. import blocks
from ..leads import open_lead
from ..mixins.rates import STALE_DAYS
from ..words import format_amount, format_count
from .summary import CRON

_lt = LazyTranslate(__name__)

WARNING, PEOPLE, CLOCK = "fa-exclamation-triangle", "fa-user-o", "fa-clock-o"
LATE_HOURS = 36  # without a night
NAMED = 3  # records in a line


@dataclass(frozen=True)
class Task:
    """Something an administrator can mend: what, how much of it, and one way there."""

    key: str
    icon: str
    title: str
    details: str
    link: str


class CrmTileHealthToDo(models.AbstractModel):
    """What is wrong with a company's figures, each with the one link to its fix.

    An addon adds its own: a method that returns Tasks, and one behind each link.
    """

    _name = "crm.tile.health_to_do"
    _inherit = "crm.tile.health.mixin"
    _description = "Tile: To Do"
    _purpose = _lt("What there is to mend, with a link to where.")

    def _get_content(self, scope):
        tasks = self._get_tasks(scope)
        if not tasks:
            return self._empty(self.env._("Nothing to do: all figures are sound."))
        events = tuple(
            blocks.TimelineEvent(
                icon=task.icon,
                title=task.title,
                subtitle=task.details,
                datetime=fields.Datetime.to_string(fields.Datetime.now()),
                drill=blocks.Drill("task", task.key),
                cell=blocks.words(task.link),
            )
            for task in tasks
        )
        return self._ready(
            blocks.Note(format_count(self.env, len(tasks))), blocks.Timeline(events)
        )

    def _get_tasks(self, scope):
        """Return the Tasks of a company, the most urgent first."""
        return [
            *self._get_night_tasks(scope),
            *self._get_broken_tasks(scope),
            *self._get_rate_tasks(scope),
            *self._get_setting_tasks(scope),
            *self._get_manager_tasks(scope),
            *self._get_tile_tasks(),
        ]

    # ------------------------------------------------------------------
    # The night
    # ------------------------------------------------------------------

    def _get_night_tasks(self, scope):
        cron, refresh = self.env.ref(CRON).sudo(), scope.refresh
        if not cron.active:
            title = self.env._("The nightly job is switched off")
            details = self.env._("Nothing is computed until it is switched on.")
            link = self.env._("Scheduled action")
            return [Task("cron", CLOCK, title, details, link)]
        if refresh.error:
            title = self.env._("The last night failed")
            return [Task("nights", WARNING, title, refresh.error, self.env._("Nights"))]
        late = fields.Datetime.now() - timedelta(hours=LATE_HOURS)
        if refresh.as_of and refresh.as_of < late:
            moment = self._format_moment(scope, refresh.as_of)
            title = self.env._("No figures since %(moment)s", moment=moment)
            details = self.env._("The server runs no scheduled actions, or too few.")
            link = self.env._("Scheduled action")
            return [Task("cron", CLOCK, title, details, link)]
        return []

    def _open_cron(self, _scope):
        return self._open_record("ir.cron", self.env.ref(CRON).id)

    def _open_nights(self, scope):
        return self._get_action(
            "crm_dashboards.crm_night_action",
            Domain("company_id", "=", scope.company.id),
        )

    # ------------------------------------------------------------------
    # Records that no figure can use
    # ------------------------------------------------------------------

    def _get_broken_tasks(self, scope):
        groups = {}
        for model, _record_id, name, reason in scope.refresh.broken_records or []:
            groups.setdefault((model, reason), []).append(name)
        named = sum(map(len, groups.values()))
        more = (scope.refresh.broken_count or 0) - named
        tasks = []
        for (model, reason), names in groups.items():
            details = ", ".join(filter(None, names[:NAMED]))
            if len(names) > NAMED:
                details = self.env._(
                    "%(names)s and %(count)s more",
                    names=details,
                    count=len(names) - NAMED,
                )
            if more and not tasks:
                details = self.env._(
                    "%(names)s; in all %(count)s records are left out",
                    names=details,
                    count=scope.refresh.broken_count,
                )
            title = self._describe_broken(model, reason, len(names))
            key = f"broken-{model}-{reason}"
            tasks.append(Task(key, WARNING, title, details, self.env._("Open")))
        return tasks

    def _describe_broken(self, model, reason, count):
        kind = self.env["ir.model"].sudo()._get(model).name
        words = {
            "amount": self.env._("%(kind)s: left out for its amount: %(count)s"),
            "customer": self.env._("%(kind)s: left out without a customer: %(count)s"),
            "date": self.env._("%(kind)s: left out for its date: %(count)s"),
            "rate": self.env._("%(kind)s: left out for its rate: %(count)s"),
        }
        return words[reason] % {"kind": kind, "count": count}

    def _open_broken(self, scope, key):
        _broken, model, reason = key.split("-", 2)
        ids = [
            record_id
            for each, record_id, _name, why in scope.refresh.broken_records or []
            if (each, why) == (model, reason)
        ]
        title = self.env._("Left out of the figures")
        return self._open_list(title, model, Domain("id", "in", ids))

    # ------------------------------------------------------------------
    # Rates
    # ------------------------------------------------------------------

    def _get_rate_tasks(self, scope):
        if scope.company._awaits_crm_figures():
            title = self.env._("The company's currency was changed")
            details = self.env._("The figures are left out until they are made anew.")
            yield Task("nights", CLOCK, title, details, self.env._("Nights"))
        yield from self._get_unrated_tasks(scope)
        for currency, age, orders_since in self._get_stale_rates(scope):
            title = (
                self.env._("%(currency)s has no rate", currency=currency.name)
                if age is None
                else self.env._(
                    "The rate of %(currency)s is %(days)s days old",
                    currency=currency.name,
                    days=age,
                )
            )
            details = self.env._(
                "orders of the last %(days)s days that use it: %(count)s",
                days=STALE_DAYS,
                count=format_count(self.env, orders_since),
            )
            key = f"rates-{currency.id}"
            yield Task(key, WARNING, title, details, self.env._("Rates"))

    def _get_unrated_tasks(self, scope):
        titles = {
            "orders": (
                self.env._("1 order in another currency has no rate"),
                self.env._("%(count)s orders in other currencies have no rate"),
                self.env._("Open orders"),
            ),
            "invoices": (
                self.env._("1 invoice in another currency has no rate"),
                self.env._("%(count)s invoices in other currencies have no rate"),
                self.env._("Open invoices"),
            ),
        }
        for kind, (one, many, link) in titles.items():
            _records, (_domain, count, value) = self._read_unrated(scope, kind)
            if count:
                number = {"count": format_count(self.env, count)}
                details = self.env._(
                    "counted at 1 : 1, with %(value)s",
                    value=format_amount(value, scope.currency),
                )
                title = one if count == 1 else many % number
                yield Task(f"unrated-{kind}", WARNING, title, details, link)

    def _read_unrated(self, scope, kind):
        """Return the model of orders or invoices, and what of them has no rate."""
        if kind == "orders":
            records = self.env["sale.order"].sudo().with_company(scope.company)
            counted = records._get_confirmed_domain(scope.company)
        else:
            records = self.env["account.move"].sudo().with_company(scope.company)
            counted = records._get_turnover_domain(scope.company)
        return records, records._read_unrated(counted)

    def _get_stale_rates(self, scope):
        """Return [(currency, age of its rate in days, orders lately)] of those in use.

        The age is None where there is no rate at all.
        """
        orders = self.env["sale.order"].sudo()
        since = get_day_start(scope.zone, scope.today - timedelta(days=STALE_DAYS))
        groups = orders._read_group(
            orders._get_confirmed_domain(scope.company)
            & Domain("currency_id", "!=", scope.currency.id)
            & Domain("date_order", ">=", since),
            ["currency_id"],
            ["__count"],
        )
        rates = self.env["crm.tile.rates.mixin"]
        found = []
        for currency, count in groups:
            newest = [
                rates._get_newest_rate(each) for each in (currency, scope.currency)
            ]
            # the currency that rates are based on is at 1 for ever
            days = [
                (scope.today - rate.name).days
                for rate in newest
                if rate and rate.rate != 1
            ]
            age = min(days, default=None)
            if age is None or age > STALE_DAYS:
                found.append((currency, age, count))
        return found

    def _open_unrated(self, scope, key):
        records, (domain, _count, _value) = self._read_unrated(
            scope, key.removeprefix("unrated-")
        )
        return self._open_list(self.env._("Without a Rate"), records._name, domain)

    def _open_rates(self, _scope, key):
        currency = int(key.removeprefix("rates-"))
        return self._open_record("res.currency", currency)

    # ------------------------------------------------------------------
    # Settings, people, tiles
    # ------------------------------------------------------------------

    def _get_setting_tasks(self, scope):
        company = scope.company.sudo()
        unusable = company._get_unusable_crm_settings()
        if unusable:
            title = self.env._("Settings that cannot be used")
            details = self.env._(
                "the defaults count for %(names)s", names=", ".join(unusable)
            )
            yield Task("settings", WARNING, title, details, self.env._("Settings"))
        metric = self.env["crm.customer.metric"].sudo()
        here = Domain("company_id", "=", company.id)
        left_out = here & Domain("left_out_reason", "!=", False)
        compared = here & Domain("left_out_reason", "=", False)
        number = metric.search_count(left_out)
        if number and number > metric.search_count(compared):
            title = self.env._("Most customers are left out")
            details = metric._describe_left_out(here)
            yield Task("settings", PEOPLE, title, details, self.env._("Settings"))

    def _open_settings(self, _scope):
        return open_lead(self.env, {"key": "settings", "value": True})

    def _get_manager_tasks(self, scope):
        number, unassigned = scope.company._count_crm_customers()
        if unassigned:
            title = (
                self.env._("1 customer has no account manager")
                if unassigned == 1
                else self.env._(
                    "%(count)s of %(all)s customers have no account manager",
                    count=format_count(self.env, unassigned),
                    all=format_count(self.env, number),
                )
            )
            details = self.env._(
                "ordered this month: %(value)s",
                value=format_amount(self._sum_unassigned(scope), scope.currency),
            )
            yield Task("unassigned", PEOPLE, title, details, self.env._("Assign"))
        partner = self.env["res.partner"].sudo()
        waiting = partner.search_count(partner._crm_get_waiting_domain())
        if waiting:
            title = self.env._("Account managers wait for confirmation")
            details = self.env._(
                "customers: %(count)s", count=format_count(self.env, waiting)
            )
            yield Task("waiting", PEOPLE, title, details, self.env._("Confirm"))

    def _sum_unassigned(self, scope):
        orders = self.env["sale.order"].sudo().with_company(scope.company)
        start = get_day_start(scope.zone, get_month_start(scope.today))
        ((value,),) = orders._read_group(
            orders._get_confirmed_domain(scope.company)
            & Domain("crm_account_manager_id", "=", False)
            & Domain("date_order", ">=", start),
            [],
            ["crm_base_net_value:sum"],
        )
        return value or 0.0

    def _open_unassigned(self, scope):
        if self.env["crm.assignment.wizard"].has_access("create"):
            return open_lead(self.env, {"key": "assign", "value": True})
        return self._open_list(
            self.env._("Customers Without Account Manager"),
            "crm.customer.metric",
            Domain("company_id", "=", scope.company.id) & Domain("user_id", "=", False),
        )

    def _open_waiting(self, _scope):
        partner = self.env["res.partner"]
        return self._open_list(
            self.env._("Account Managers to Confirm"),
            "res.partner",
            partner._crm_get_waiting_domain(),
        )

    def _get_tile_tasks(self):
        tiles = self.env["crm.dashboard.tile"].sudo().search([("active", "=", True)])
        lost = tiles.filtered(lambda tile: tile._get_tile_model(self.env) is None)
        if not lost:
            return []
        title = self.env._("Tiles whose addon is not there")
        names = ", ".join(lost.mapped("name"))
        return [Task("tiles", WARNING, title, names, self.env._("Tiles"))]

    def _open_tiles(self, _scope):
        return self._get_action("crm_dashboards.crm_dashboard_tile_action")

    # ------------------------------------------------------------------
    # Behind a link
    # ------------------------------------------------------------------

    def _open(self, scope, drill):
        """Open where a task is mended; one that is done meanwhile has no link."""
        keys = {task.key for task in self._get_tasks(scope)}
        _key, value = self._check_drill(drill, task=lambda each: each in keys)
        if not value:
            return super()._open(scope, drill)
        name, _dash, rest = value.partition("-")
        method = getattr(self, f"_open_{name}")
        return method(scope, value) if rest else method(scope)
