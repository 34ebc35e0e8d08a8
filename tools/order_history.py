# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Order histories in CSV files: one order a row, or one order line a row.

Needs nothing but Python, so that a file can be checked before anything is installed.
"""

import datetime
from dataclasses import dataclass, field, replace

from .csv_cells import Dates, Ids, number, plain_text
from .csv_table import MalformedHistory, collect, read_text

__all__ = ["History", "LineHistory", "MalformedHistory", "parse", "read"]


class _Dated:
    """Columns by date, of which ``customers`` and ``dates`` are two."""

    def __len__(self):
        return len(self.customers)

    def moved_to(self, today):
        """The same history moved by whole weeks to end in the seven days to ``today``.

        Weekdays stay what they were. A history that ends in the future moves back.
        """
        weeks = (today - max(self.dates)).days // 7
        days = datetime.timedelta(days=7 * weeks)
        moved = {day: day + days for day in set(self.dates)}
        return replace(self, dates=[moved[day] for day in self.dates])


@dataclass
class History(_Dated):
    """Orders in columns, one item an order, in the order of the file.

    customers: list of str; dates: list of datetime.date; amounts: list of
    decimal.Decimal in the currency of the company.
    """

    customers: list = field(default_factory=list)
    dates: list = field(default_factory=list)
    amounts: list = field(default_factory=list)


@dataclass
class LineHistory(_Dated):
    """Order lines in columns, one item a line, in the order of the file.

    customers, orders, products: lists of str, an order being of one customer and day;
    dates: list of datetime.date; quantities, prices: lists of decimal.Decimal, prices
    of one piece in the currency of the company; names: {product: its last name}.
    """

    customers: list = field(default_factory=list)
    orders: list = field(default_factory=list)
    dates: list = field(default_factory=list)
    products: list = field(default_factory=list)
    quantities: list = field(default_factory=list)
    prices: list = field(default_factory=list)
    names: dict = field(default_factory=dict)


def read(path):
    """Read an order history.

    path: a CSV file in UTF-8, with or without byte order mark, compressed by gzip or
    not, whose header names at least the columns customer_id, date (YYYY-MM-DD) and
    amount, or customer_id, order_id, date, product, name, quantity and price, in any
    order and case, between commas, semicolons or tabs. Empty rows are skipped.
    Returns a History, or a LineHistory where the columns of lines are there. Raises
    MalformedHistory for the first thing that is wrong.
    """
    return parse(read_text(path))


def parse(text):
    """Read an order history from the text of a CSV file; see ``read``."""
    return collect(text, _Orders, _Lines).history


class _Orders:
    columns = ("customer_id", "date", "amount")

    def __init__(self):
        self.history = History()
        self._customers, self._dates = Ids("customer_id"), Dates()

    def add(self, line, customer, date, amount):
        self.history.customers.append(self._customers.find(customer, line))
        self.history.dates.append(self._dates.find(date))
        self.history.amounts.append(number("amount", amount))


class _Lines:
    columns = (
        *("customer_id", "order_id", "date"),
        *("product", "name", "quantity", "price"),
    )

    def __init__(self):
        self.history = LineHistory()
        self._customers, self._dates = Ids("customer_id"), Dates()
        self._orders, self._products = Ids("order_id"), Ids("product")
        self._heads = {}  # order: (its customer and date, line of the first)

    def add(self, line, customer, order, date, product, name, quantity, price):
        history = self.history
        head = (self._customers.find(customer, line), self._dates.find(date))
        order = self._orders.find(order, line)
        first, first_line = self._heads.setdefault(order, (head, line))
        if first != head:
            raise ValueError(
                f"order_id {order} is of customer {head[0]} on {head[1]}, and on line "
                f"{first_line} of customer {first[0]} on {first[1]}"
            )
        product = self._products.find(product, line)
        history.customers.append(head[0])
        history.dates.append(head[1])
        history.orders.append(order)
        history.products.append(product)
        history.quantities.append(number("quantity", quantity))
        history.prices.append(number("price", price))
        if name or product not in history.names:
            history.names[product] = plain_text("name", name) or product
