# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Whose figures a dashboard shows, as it comes from the browser: parsed and checked."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from odoo.api import Environment
from odoo.exceptions import AccessError, MissingError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, escape_psql

from ..models.plain import is_id, is_plain, is_text
from ..nightly.customer_month import read_month
from ..nightly.expectation import read_expectation
from ..nightly.periods import get_figures_zone, get_viewer_zone, get_zone_today
from .customer_sums import CustomerSums
from .period import COMPARISONS, DEFAULT, PERIODS, make_period

MAX_BYTES = 4096
MANAGERS = ("me", "team", "all", "none")
KEYS = {
    "account_manager",
    "customer_id",
    "all_sales",
    "tabs",
    "period",
    "comparison",
    "search",
}
LONGEST_SEARCH = 100


@dataclass(frozen=True)
class Scope:
    """What a dashboard shows, and what all its tiles need to know of that, read once.

    Attributes
    ----------
    env : Environment
        Of the person who looks, in the companies that count.
    account_manager : str or int
        ``me``, ``team``, ``all``, ``none`` (unassigned customers) or a user's id.
    customer_id : int or None
        Commercial entity of the Customer Dashboard.
    all_sales : bool
        The user's other companies, too.
    tabs : dict of str
        Chosen tab of each tile that has some.
    period_key, comparison : str
        Of which period, and compared with what; see :mod:`~.period`. One customer's
        dashboard is of this month.
    search : str
        Part of a name, e-mail address, reference or VAT number of the customers that
        are shown, or of one of their contacts; all without one.
    """

    env: Environment = field(repr=False, compare=False)
    account_manager: str | int = "all"
    customer_id: int | None = None
    all_sales: bool = False
    tabs: Mapping[str, str] = field(default_factory=dict)
    period_key: str = DEFAULT[0]
    comparison: str = DEFAULT[1]
    search: str = ""

    @cached_property
    def company(self):
        return self.env.company

    @cached_property
    def companies(self):
        """Companies whose money counts: all active ones, or the current."""
        return self.env.companies if self.all_sales else self.company

    def narrow(self):
        """Return the same in an environment of the companies that count, no others.

        For reading tiles. Rules that ask whether a company is one of several would have
        PostgreSQL believe that an index has to be searched as many times.
        """
        companies = {"allowed_company_ids": self.companies.ids}
        return replace(self, env=self.env(context={**self.env.context, **companies}))

    @cached_property
    def currency(self):
        return self.company.currency_id

    @cached_property
    def zone(self):
        """Time zone of the person who looks."""
        return get_viewer_zone(self.env)

    @cached_property
    def today(self):
        return get_zone_today(self.zone)

    @cached_property
    def figures_today(self):
        """The company's today: stored figures go by it, wherever one looks from."""
        return get_zone_today(get_figures_zone(self.company))

    @cached_property
    def period(self):
        """The Period whose documents count."""
        return make_period(self.period_key, self.comparison, self.today)

    @cached_property
    def refresh(self):
        """The last refresh of the company's figures."""
        return self.env["crm.metric.refresh"]._get_last(self.company)

    @cached_property
    def rates(self):
        """{company: what 1 of its currency is worth in the current company's} of those
        that count and have another currency."""
        rates = self.env["sale.order"]._get_company_rates()
        return {
            company: rates[company] for company in self.companies if company in rates
        }

    # ------------------------------------------------------------------
    # Account managers
    # ------------------------------------------------------------------

    def sum_customers(self, company):
        """Return the CustomerSums of a company, in which all tiles read at once."""
        if company not in self._customer_sums:
            self._customer_sums[company] = CustomerSums(self, company)
        return self._customer_sums[company]

    @cached_property
    def _customer_sums(self):
        return {}

    def get_manager_domain(self, field_name):
        """Return the domain that keeps the documents of this scope.

        :param field_name: name of the field with the customer's account manager
        """
        if self.account_manager == "all" or self.customer_id:
            return self.search_domain
        if self.account_manager == "team":
            mine = Domain(f"{field_name}.crm_is_my_team_member", "=", True)
            return mine & self.search_domain
        managers = {"me": self.env.uid, "none": False}
        manager = managers.get(self.account_manager, self.account_manager)
        return Domain(field_name, "=", manager) & self.search_domain

    def get_orders_domain(self, of_few_days=False):
        """Return the domain that keeps the orders of this scope.

        Of somebody's customers their contacts are looked up first: PostgreSQL searches
        an index for an array of them in a third of the time that joining takes.

        :param of_few_days: all orders that there are beside it are few, so that joining
            is faster
        """
        field_name = "crm_account_manager_id"
        everybody = self.account_manager in ("all", "none") or self.customer_id
        if everybody or of_few_days:
            return self.get_manager_domain(field_name)
        # as the superuser, as fields that follow others are searched
        partner = self.env["res.partner"].sudo().with_context(active_test=False)
        managed = replace(self, search="").get_manager_domain(field_name)

        def is_theirs(order, alias, query):
            return SQL(
                """
                %s = ANY(ARRAY(
                    SELECT id
                      FROM res_partner
                     WHERE commercial_partner_id = ANY(ARRAY(%s))))
                """,
                order._field_to_sql(alias, "partner_id", query),
                partner._search(managed).select(),
            )

        return Domain.custom(to_sql=is_theirs) & self.search_domain

    @cached_property
    def search_domain(self):
        """Domain of the documents of the customers that are looked for."""
        if not self.search:
            return Domain.TRUE
        text = escape_psql(self.search)
        own = Domain("display_name", "ilike", text)
        of_contact = Domain("child_ids.display_name", "ilike", text)
        return Domain("partner_id.commercial_partner_id", "any", own | of_contact)

    @property
    def is_of_user(self):
        """Whether all customers of the user in the current company are shown."""
        is_whole = self.account_manager == "me" and not self.search
        return is_whole and self.companies == self.company and not self.customer_id

    @property
    def is_of_everybody(self):
        """Whether all customers of the company are shown."""
        return self.account_manager == "all" and not self.search

    @cached_property
    def has_customers(self):
        """Whether there is a customer of this scope, read or not: with figures, or with
        an order that they do not know yet."""
        metric = self.env["crm.customer.metric"].sudo()
        in_company = Domain("company_id", "=", self.company.id)
        order = self.env["sale.order"].sudo()
        return bool(
            metric.search_count(
                in_company & self.get_manager_domain("user_id"), limit=1
            )
            or order.search_count(
                order._get_confirmed_domain(self.companies)
                & self.get_manager_domain("crm_account_manager_id"),
                limit=1,
            )
        )

    # ------------------------------------------------------------------
    # One customer
    # ------------------------------------------------------------------

    @cached_property
    def customer(self):
        """The customer, a commercial entity; no partner on other dashboards."""
        return self.env["res.partner"].browse(self.customer_id)

    @cached_property
    def entities(self):
        """Partners that are the customer; with all sales, those of its VAT number."""
        if not self.all_sales:
            return self.customer
        return self.customer._get_same_customers()

    @cached_property
    def metric(self):
        """Stored figures of the customer that the user may read, or none."""
        return self.env["crm.customer.metric"].search(
            self.company._get_crm_figures_domain()
            & Domain("partner_id", "=", self.customer_id)
        )

    @cached_property
    def history(self):
        """(OrderHistory, FigureSettings) of the customer with figures, as of now."""
        return self.env["crm.metric.refresh"]._read_customer_history(self.metric)

    @cached_property
    def expectation(self):
        """The customer's Expectation: stored figures, and its orders since."""
        return read_expectation(self.metric, *self.history)

    @cached_property
    def month(self):
        """The customer's CustomerMonth: as of the night, and what came since."""
        return read_month(self.metric, self.expectation, *self.history)

    def get_customer_domain(self, partner_field="partner_id"):
        """Return the domain of the documents of the customer, all without one.

        :param partner_field: name of the field with the document's partner
        """
        if not self.customer_id:
            return Domain.TRUE
        path = f"{partner_field}.commercial_partner_id"
        return Domain(path, "in", self.entities.ids)

    @cached_property
    def sales_periods(self):
        """Periods whose orders the tiles of the page add up, as they say beforehand."""
        return []

    @cached_property
    def sums(self):
        """{days: rows} of sums of orders between days, as tiles have read them."""
        return {}

    @cached_property
    def dues(self):
        """{age: amount} of what the customer owes; None where that is not told."""
        if self._due_ages is None:
            return None
        return {age: amount for age, amount, _oldest in self._due_ages}

    @property
    def due_dates(self):
        """{age: the first due date}, as ``dues``, which are told."""
        return {age: oldest for age, _amount, oldest in self._due_ages}

    @cached_property
    def _due_ages(self):
        line = self.env["crm.due.line"]
        if not self.company.crm_due_amounts:
            return None
        try:
            line._check_customer_access(self.customer)
        except AccessError:
            return None
        return line._read_group(
            self.due_domain, ["age"], ["amount_residual:sum", "date_due:min"]
        )

    @property
    def due_domain(self):
        """Domain of the open receivables of the customer."""
        return Domain("company_id", "=", self.company.id) & Domain(
            "partner_id", "=", self.customer_id
        )

    @cached_property
    def has_unrated_orders(self):
        """Whether a quotation or order of the customer has no rate to trust.

        Asked once for all tiles, of which each names its own orders.
        """
        order = self.env["sale.order"]
        return order.has_access("read") and bool(
            order.search_count(
                Domain("company_id", "in", self.companies.ids)
                & self.get_customer_domain()
                & Domain("crm_is_unrated", "=", True),
                limit=1,
            )
        )

    def to_wire(self):
        """Return the choices of the user, as the browser keeps them."""
        return {
            "account_manager": self.account_manager,
            "all_sales": self.all_sales,
            "tabs": dict(self.tabs),
            "period": self.period_key,
            "comparison": self.comparison,
            **({"search": self.search} if self.search else {}),
        }


def parse_scope(env, values, needs_customer=False):
    """Check what the browser sent and return it as a Scope.

    Who may not look at other account managers' customers gets "me" whatever was sent.

    :param values: dict with any of KEYS, or None
    :param needs_customer: whether the dashboard is about one customer
    :raise AccessError: no access to the customer
    :raise ValidationError: unknown key, wrong type, more than 4 kB, no such customer
    """
    values = check_payload(env, {} if values is None else values)
    unknown = set(values) - KEYS
    if unknown:
        raise ValidationError(
            env._(
                "Unknown part of the scope: %(names)s", names=", ".join(sorted(unknown))
            )
        )
    customer_id = values.get("customer_id") or None
    manager = values.get("account_manager")
    if manager is not None or customer_id is None:  # one customer asks for nobody's
        manager = _parse_manager(env, manager)
    tabs = _parse_tabs(env, values.get("tabs"))
    all_sales = _parse_all_sales(env, values.get("all_sales"))
    period = _parse_period(env, values.get("period"))
    comparison = _parse_comparison(env, values.get("comparison"))
    search = _parse_search(env, values.get("search"))
    if customer_id is None:
        if needs_customer:
            raise ValidationError(env._("Please choose a customer."))
        return Scope(env, manager, None, all_sales, tabs, period, comparison, search)
    customer = _parse_customer(env, customer_id)
    all_sales = all_sales and env.user._sees_crm_all_sales()
    if all_sales:
        companies = env.user._get_crm_own_companies()
        env = env(context={**env.context, "allowed_company_ids": companies.ids})
    return Scope(env, manager or "all", customer.id, all_sales, tabs)


def _parse_manager(env, manager):
    sees_all = env.user._sees_all_crm_figures()
    if manager is None:
        return env.user._get_crm_first_scope()
    if not (manager in MANAGERS if isinstance(manager, str) else is_id(manager)):
        raise ValidationError(env._("There is no such account manager."))
    if sees_all and is_id(manager):
        _check_manager(env, manager)
    return manager if sees_all else "me"


def _check_manager(env, manager):
    """Check that the user may know of this account manager: his name is an answer.

    :raise ValidationError: no such user, or none that the user may read or choose
    """
    user = env["res.users"].browse(manager).exists()
    if not user or not (
        user.has_access("read")
        or user in env["crm.dashboard"]._get_account_managers(env)
    ):
        raise ValidationError(env._("There is no such account manager."))


def parse_saved_scope(env, values):
    """Return the parts of a scope that can still be used, as the browser keeps them.

    Another version may have saved it, or meant a user who is not there any more.

    :param values: what was saved, whatever it is
    """
    kept = {}
    for key, parse in SAVED_PARTS.items():
        if not isinstance(values, dict) or values.get(key) is None:
            continue
        try:
            kept[key] = parse(env, values[key])
        except ValidationError:
            continue
    return kept


def _parse_tabs(env, tabs):
    tabs = tabs or {}
    if not isinstance(tabs, dict) or not all(
        is_text(text) for item in tabs.items() for text in item
    ):
        raise ValidationError(env._("The chosen tabs are not readable."))
    return tabs


def _parse_all_sales(env, all_sales):
    all_sales = all_sales or False
    if not isinstance(all_sales, bool):
        raise ValidationError(env._("“All sales” is either on or off."))
    return all_sales


def _parse_search(env, search):
    search = search or ""
    if not is_text(search):
        raise ValidationError(env._("The request is not readable."))
    return search.strip()[:LONGEST_SEARCH]


def _parse_period(env, period):
    return _parse_choice(env, period, PERIODS, DEFAULT[0])


def _parse_comparison(env, comparison):
    return _parse_choice(env, comparison, COMPARISONS, DEFAULT[1])


def _parse_choice(env, value, known, default):
    if value is None:
        return default
    if not isinstance(value, str) or value not in known:
        raise ValidationError(env._("There is no such period."))
    return value


def _parse_customer(env, customer_id):
    """Return the commercial entity of a partner that the user may read."""
    if not is_id(customer_id):
        raise ValidationError(env._("There is no such customer."))
    partner = env["res.partner"].browse(customer_id)
    try:
        entity = partner.sudo().commercial_partner_id.sudo(False)
    except MissingError:
        raise ValidationError(env._("There is no such customer.")) from None
    if not (partner | entity).has_access("read"):
        raise AccessError(
            env._(
                "You have no access to this customer. It may belong to another company."
            )
        )
    return entity


SAVED_PARTS = {
    "account_manager": _parse_manager,
    "all_sales": _parse_all_sales,
    "tabs": _parse_tabs,
    "period": _parse_period,
    "comparison": _parse_comparison,
}


def check_payload(env, values):
    """Return ``values`` if it is a small dict.

    :raise ValidationError: no dict, more than 4 kB, or what no database holds
    """
    try:
        size = len(json.dumps(values))
    except (TypeError, ValueError, RecursionError):
        size = MAX_BYTES + 1
    if not isinstance(values, dict) or size > MAX_BYTES or not is_plain(values):
        raise ValidationError(env._("The request is not readable."))
    return values
