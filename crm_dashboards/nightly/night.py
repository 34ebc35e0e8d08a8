# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""A night of one company: what its phases share, and what a phase is."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from .columns import is_compared, judge_customers
from .figures import (
    TREND_FROM_ORDERS,
    TREND_MONTHS,
    choose_trend_source,
    make_figures,
)
from .last_engagements import read_last_engagements, read_touches
from .order_rows import OrderRows
from .periods import Zone
from .reading import Contacts, make_turnover, read_customers, read_turnover_rows
from .settings import FigureSettings

__all__ = ["TREND_FROM_ORDERS", "TREND_MONTHS", "Night", "Phase"]


@dataclass(frozen=True, eq=False)
class Night:
    """One run over a company's documents as they were at a moment.

    What several phases need is read when the first of them asks, and only once. What
    needs no database is made ``beside``, while the night waits for the database.

    Attributes
    ----------
    company : res.company
        As the superuser in that company, where figures are stored.
    now : datetime
        UTC moment of the figures.
    settings : FigureSettings
    previous_day : int or None
        Day number of the night before, None on the first.
    customer : res.partner or None
        The only customer whose rows are stored; None for all.
    """

    company: object
    now: datetime
    settings: FigureSettings
    previous_day: int | None = None
    customer: object = None

    @property
    def env(self):
        return self.company.env

    @cached_property
    def refresh(self):
        """The company's crm.metric.refresh: phases write on it what they found."""
        return self.env["crm.metric.refresh"]._get_refresh(self.company)

    @cached_property
    def beside(self):
        """Executor of what needs no database: one thing at a time, in its order.

        The cursor, and with it all records, are the night's own thread's. What is begun
        may wait for what was begun before, never for what is to come.
        """
        return ThreadPoolExecutor(max_workers=1, thread_name_prefix="crm-night")

    @cached_property
    def begun(self):
        """{name: Future} of what phases have begun beside."""
        return {}

    @property
    def orders(self):
        """OrderHistory of all confirmed orders."""
        return self.begun_orders.result()

    @cached_property
    def begun_orders(self):
        """Future of ``orders``."""
        make = self.order_rows.get_maker(Zone(self.env, self.settings.zone))
        return self.beside.submit(make, self.contacts)

    @cached_property
    def order_rows(self):
        """OrderRows: all orders and quotations of the company."""
        return OrderRows(self.env, self.company, self.settings, self.now)

    @cached_property
    def contacts(self):
        """Contacts of all customers."""
        return Contacts(self.env)

    @property
    def turnover(self):
        """OrderHistory of the invoices and credit notes that figures look back to."""
        return self._begun_turnover.result()

    @cached_property
    def _begun_turnover(self):
        rows = read_turnover_rows(self.env, self.company, self.settings)
        return self.beside.submit(make_turnover, rows, self.settings)

    @property
    def is_first(self):
        """Whether no night has recorded yet what Odoo does not keep."""
        return not self.refresh.recorded_since

    @cached_property
    def touches(self):
        """What messages tell of who was in touch with customers: see Touches."""
        return read_touches(self)

    @cached_property
    def last_engagements(self):
        """Last engagement of each customer: see ``read_last_engagements``."""
        return read_last_engagements(self)

    @property
    def trend_source(self):
        """What the trend is made from: see ``choose_trend_source``."""
        if self.settings.trend_source == TREND_FROM_ORDERS:
            return TREND_FROM_ORDERS
        return choose_trend_source(self.turnover, self.settings)

    @property
    def transactions(self):
        """OrderHistory that the trend is made from."""
        from_orders = self.trend_source == TREND_FROM_ORDERS
        return self.orders if from_orders else self.turnover

    @cached_property
    def customers(self):
        """Who may have figures: see :func:`~.reading.read_customers`."""
        return read_customers(self.env, self.company, self.settings)

    @property
    def compared(self):
        """Which customers of ``orders`` are compared with others, bool[c]."""
        return is_compared(self.orders, self.customers)

    @cached_property
    def judged(self):
        """MissingOrders: what is expected of each customer of ``orders``."""
        return judge_customers(self.orders, self.customers, self.settings)

    @property
    def rhythm(self):
        """CompanyRhythm: what customers' rhythms are compared with."""
        return self.begun_figures.result().rhythm

    @property
    def month(self):
        """CompanyMonth: what this month comes to."""
        return self.begun_figures.result().month

    def take_columns(self):
        """Return figures of all customers, also for one: each is ranked among all.

        Once: they take much, and are as many values as orders have.
        """
        return self.begun_figures.result().take_columns()

    @cached_property
    def begun_figures(self):
        """Future of Figures, which need what is read here."""
        orders, turnover = self.begun_orders, None
        if self.settings.trend_source != TREND_FROM_ORDERS:
            turnover = self._begun_turnover
        return self.beside.submit(
            make_figures, orders, turnover, self.customers, self.settings
        )


@dataclass(frozen=True)
class Phase:
    """A part of the night, run in the company's one transaction.

    Attributes
    ----------
    name : str
        Under which the seconds that it took are stored.
    run : callable
        Takes a :class:`Night`.
    of_customer : bool
        Whether it also belongs to the refresh of one customer (``night.customer``).
    """

    name: str
    run: Callable[[Night], None]
    of_customer: bool = False
