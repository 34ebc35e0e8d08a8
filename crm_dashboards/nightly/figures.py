# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""All figures of a company from what was read, without a database."""

from ..analytics.history import add_months
from .columns import judge_customers, make_columns

TREND_FROM_ORDERS = "orders"
TREND_FROM_TURNOVER = "turnover"
TREND_MONTHS = 24


class Figures:
    """What is said of a company's customers, and of its month.

    Attributes
    ----------
    rhythm : CompanyRhythm
        What customers' rhythms are compared with.
    month : CompanyMonth
    """

    def __init__(self, rhythm, columns, month):
        self.rhythm, self.month = rhythm, month
        self._columns = columns

    def take_columns(self):
        """Return {name: array}, see columns.make_columns, and keep it no longer."""
        columns, self._columns = self._columns, None
        return columns


def choose_trend_source(turnover, settings):
    """Return what the trend is made from; orders where no invoice was posted lately."""
    since = add_months(settings.as_of, -TREND_MONTHS)
    posted = (turnover.day >= since).any()
    return TREND_FROM_TURNOVER if posted else TREND_FROM_ORDERS


def make_figures(orders, turnover, customers, settings):
    """Make all figures of a company's customers.

    :param orders: Future of the OrderHistory of confirmed orders
    :param turnover: Future of that of invoices; None where the trend is not theirs
    :param customers: see reading.read_customers
    :param settings: FigureSettings
    :return: Figures
    """
    orders = transactions = orders.result()
    if turnover:
        turnover = turnover.result()
        if choose_trend_source(turnover, settings) == TREND_FROM_TURNOVER:
            transactions = turnover
    judged = judge_customers(orders, customers, settings)
    columns, month = make_columns(orders, transactions, customers, settings, judged)
    return Figures(judged.company, columns, month)
