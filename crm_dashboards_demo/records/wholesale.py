# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""A believable wholesaler: 36 months of business that end today."""

import logging

import numpy as np

from ..wholesaler import catalogue, customers, people, rhythms, selling, showcase
from ..wholesaler.clock import Clock
from . import (
    agenda,
    companies,
    follow_ups,
    known,
    nights,
    past_quotations,
    pipeline,
    products,
    quotations,
    roles,
    sales_team,
    same_customers,
    sister_trade,
    trade,
)
from . import customers as address_book

_logger = logging.getLogger(__name__)

SEED = 19
CUSTOMERS, ORDERS, MONTHS = 300, 10_000, 36
KNOWN_TO_SISTERS = 13
LATE = 3  # customers of the administrator whose order is missing
WITH_STORIES = 6  # regulars with quotations, tickets, tasks and agreements
WITH_SUCCESSORS = 3  # regulars who went on with what took a product's place
DASHBOARD = "crm_dashboards.crm_dashboard_action_account_manager"
LARGE_TABLES = (
    "sale_order",
    "sale_order_line",
    "account_move",
    "account_move_line",
    "account_partial_reconcile",
    "account_payment",
)


def make(env, today=None):
    """Write the wholesaler into the database of ``env``, of a superuser.

    today: another last day (datetime.date). Says in the log how far it is.
    """
    company = companies.provide_main(env)
    env = in_company(env, company)
    Business(env, Clock(company, today)).make()


def in_company(env, company):
    """The same environment in one company alone."""
    return env(context={**env.context, "allowed_company_ids": company.ids})


class Business:
    """The business of the wholesaler while it is being made up.

    Each part draws from random numbers of its own, so that one can change without the
    others.
    """

    def __init__(self, env, clock):
        self.env, self.clock = env, clock
        self.companies = env.company
        self.administrators = env.ref("base.group_system").user_ids
        admin = env.ref("base.user_admin", raise_if_not_found=False)
        self.admin = admin if admin in self.administrators else self.administrators[:1]

    def make(self):
        """Write everything, and have the figures made of it."""
        companies.prepare_books(self.env)
        self._employ()
        self._offer()
        self._know_customers()
        self._sell()
        _renew_statistics(self.env)  # Odoo writes the rest, with queries of its own
        self._pursue()
        self._found_sisters()
        _renew_statistics(self.env)
        nights.relive(self.companies, self.clock)
        self._close_setup()
        _logger.info("%s missing orders followed up", follow_ups.create(self.env))

    def _close_setup(self):
        """Put away the steps of the first hour: the demo is of every day."""
        for company in self.companies:
            onboarding = self.env["onboarding.onboarding"].with_company(company)
            onboarding.action_close_panel_crm_dashboards()

    def _employ(self):
        env, zone = self.env, self.clock.zone.key
        self.administrators.company_ids += env.company
        self.admin.company_id = env.company  # where one lands
        self.admin.group_ids = roles.commands(env, roles.ROLES["administrator"])
        self.users_of, teams, self.accountant = sales_team.create(env, self.admin, zone)
        self.user_ids_of = {team: users.ids for team, users in self.users_of.items()}
        self.team_ids = {name: team.id for name, team in teams.items()}
        people_here = self.admin.union(*self.users_of.values(), self.accountant)
        people_here.action_id = env.ref(DASHBOARD).id  # what one sees after the login
        _logger.info("%s people who sell", len(people.SELLERS))

    def _offer(self):
        self.products = catalogue.listed(catalogue.PRODUCTS)
        self.new_products = catalogue.listed(catalogue.NEW_PRODUCTS)
        self.discontinued = catalogue.listed(catalogue.DISCONTINUED_PRODUCTS)
        self.advent = catalogue.listed(catalogue.ADVENT_PRODUCTS)
        products.create(self.env, [*self.products, *self.new_products, *self.advent])
        former = products.create(self.env, self.discontinued)
        former.product_tmpl_id.active = False
        self.replaced = catalogue.listed(catalogue.REPLACED_PRODUCTS)
        self.successors = catalogue.listed(catalogue.SUCCESSORS)
        products.replace(self.env, self.replaced, self.successors)
        _logger.info("%s products", len(self.products))

    def _know_customers(self):
        """Make up who buys and in which rhythm, and choose who has stories."""
        self.history = rhythms.generate(
            SEED, self.clock.today(), CUSTOMERS, ORDERS, MONTHS
        )
        rng = np.random.default_rng([SEED, 1])
        silent = np.isin(
            self.history.rhythm, [rhythms.index("one-off"), rhythms.index("lapsing")]
        )
        everybody = customers.draw(rng, CUSTOMERS, silent)
        customers.assign(rng, everybody, self.user_ids_of, self.team_ids, self.admin.id)
        # the first page that somebody opens has somebody to call
        for late in showcase.choose_late(self.history, everybody[:CUSTOMERS], LATE):
            late.user_id = self.admin.id
        customers.choose_products(rng, everybody, self.products)
        address_book.create(self.env, rng, everybody)
        self.everybody = everybody
        self.shown = showcase.choose(self.history, everybody[:CUSTOMERS], self.admin.id)
        self.shown.regulars[0].payer = "reluctant"
        same_customers.identify(self.env, self.shown.regulars[:KNOWN_TO_SISTERS])
        self._remember_shown()
        _logger.info("%s customers", len(everybody))

    def _remember_shown(self):
        partner = self.env["res.partner"].browse
        regulars = self.shown.regulars[:KNOWN_TO_SISTERS]
        for prefix, shown in ("regular", regulars), ("of_admin", self.shown.of_admin):
            known.remember(
                {
                    f"{prefix}_{place:02d}": partner(customer.partner_id)
                    for place, customer in enumerate(shown, start=1)
                }
            )

    def _sell(self):
        rng = np.random.default_rng([SEED, 2])
        sold = selling.orders(
            rng, self.clock, self.history, self.everybody, self.products
        )
        selling.add_discontinued(
            self.clock, sold, self.discontinued, self.shown.regulars[:WITH_STORIES]
        )
        buyers = self.shown.regulars[1:WITH_STORIES]
        selling.add_advent(self.clock, sold, self.advent, buyers)
        first, last = WITH_STORIES, WITH_STORIES + WITH_SUCCESSORS
        buyers = self.shown.regulars[first:last]
        selling.add_replaced(self.clock, sold, self.replaced, self.successors, buyers)
        for customer in self._choose_forgetful():
            selling.forget_favourite(sold, self.products, customer)
        of_admin = self.shown.of_admin[:2]
        won = pipeline.create_won(self.env, rng, self.clock, sold, of_admin)
        bills, payments = trade.write(self.env, rng, self.clock, sold)
        address_book.backdate_partners(self.env, self.everybody, sold, self.clock)
        _logger.info(
            "%s orders (%s from opportunities), %s invoices and credit notes, "
            "%s payments",
            *map(len, (sold, won, bills, payments)),
        )

    def _choose_forgetful(self):
        """Return who forgot what it likes best: the customer of the guide, and one of a
        salesperson with own documents."""
        first, *others = self.shown.regulars
        seller = self.users_of[people.BUSINESS][-1].id
        with_stories = WITH_STORIES + WITH_SUCCESSORS
        mine = [each for each in others[with_stories:] if each.user_id == seller]
        return [first, *mine[:1]]

    def _pursue(self):
        """What people do about customers: opportunities, quotations, activities."""
        env, clock = self.env, self.clock
        rng = np.random.default_rng([SEED, 3])
        present = [each for each in self.everybody if not each.archived]
        ordering = [each for each in self.everybody[:CUSTOMERS] if not each.archived]
        prospects = self.everybody[CUSTOMERS:]
        lost, still_open = pipeline.create_others(
            env, rng, clock, ordering, prospects, self.shown.of_admin[:1]
        )
        quotes = quotations.create(env, rng, clock, present, self.products)
        past_rng = np.random.default_rng([SEED, 6])
        quotes += past_quotations.create(env, past_rng, clock, present, self.products)
        quotes += past_quotations.create_open(
            env, clock, self.shown.of_admin + self.shown.regulars, self.products
        )
        looked_after = [each for each in present if each.user_id]
        done, planned = agenda.create_activities(
            env, rng, clock, looked_after, still_open
        )
        meetings = agenda.create_meetings(env, rng, clock, looked_after)
        rng = np.random.default_rng([SEED, 4])
        quotes += quotations.quote_new(
            env, rng, clock, self.shown.regulars[:WITH_STORIES], self.new_products
        )
        address_book.archive(env, self.everybody)
        _logger.info(
            "%s other opportunities, %s quotations, %s activities, %s meetings",
            len(lost) + len(still_open),
            *map(len, (quotes, done + planned, meetings)),
        )

    def _found_sisters(self):
        working = self.administrators.union(*self.users_of.values(), self.accountant)
        for place, sister in enumerate(companies.SISTERS):
            rng = np.random.default_rng([SEED, 5, place])
            company, rate = companies.create_sister(
                self.env, rng, self.clock, sister, MONTHS
            )
            working.company_ids += company
            self.companies += company
            sold = sister_trade.make(
                in_company(self.env, company),
                rng,
                self.clock,
                sister,
                self.shown.regulars,
                self.user_ids_of,
                self.admin.id,
                self.products,
                rate,
            )
            _logger.info("%s with %s orders", sister.name, len(sold))


def _renew_statistics(env):
    """Let PostgreSQL plan for the new sizes at once, not when it gets round to it."""
    for table in LARGE_TABLES:
        env.cr.execute(f'ANALYZE "{table}"')
