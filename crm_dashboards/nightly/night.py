# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""A night of one company: what its phases share, and what a phase is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from ..analytics.history import add_months
from .columns import is_compared, judge_customers, make_columns
from .last_engagements import read_last_engagements, read_messages
from .order_rows import OrderRows
from .periods import Zone
from .reading import Contacts, read_customers, read_turnover
from .settings import FigureSettings

TREND_FROM_ORDERS = "orders"
TREND_FROM_TURNOVER = "turnover"
TREND_MONTHS = 24


@dataclass(frozen=True, eq=False)
class Night:
    """One run over a company's documents as they were at a moment.

    What several phases need is read when the first of them asks, and only once.

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
    def orders(self):
        """OrderHistory of all confirmed orders."""
        zone = Zone(self.env, self.settings.zone)
        return self.order_rows.get_history(zone, self.contacts)

    @cached_property
    def order_rows(self):
        """OrderRows: all orders and quotations of the company."""
        return OrderRows(self.env, self.company, self.settings, self.now)

    @cached_property
    def contacts(self):
        """Contacts of all customers."""
        return Contacts(self.env)

    @cached_property
    def turnover(self):
        """OrderHistory of the invoices and credit notes that figures look back to."""
        return read_turnover(self.env, self.company, self.settings)

    @cached_property
    def messages(self):
        """By which somebody was in touch with a customer: see ``read_messages``."""
        return read_messages(self)

    @cached_property
    def last_engagements(self):
        """Last engagement of each customer: see ``read_last_engagements``."""
        return read_last_engagements(self)

    @cached_property
    def trend_source(self):
        """What the trend is made from; orders where no invoice was posted lately."""
        if self.settings.trend_source == TREND_FROM_ORDERS:
            return TREND_FROM_ORDERS
        since = add_months(self.settings.as_of, -TREND_MONTHS)
        posted = (self.turnover.day >= since).any()
        return TREND_FROM_TURNOVER if posted else TREND_FROM_ORDERS

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
    def columns(self):
        """Figures of all customers, also for one: each is ranked among all."""
        return self._figures[0]

    @property
    def month(self):
        """CompanyMonth: what this month comes to."""
        return self._figures[1]

    @cached_property
    def _figures(self):
        return make_columns(
            self.orders,
            self.transactions,
            self.customers,
            self.settings,
            self.judged,
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
