# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Order histories to measure on: a CSV file, or the CDNOW set."""

import csv
from datetime import datetime
from importlib.util import find_spec
from operator import mul
from pathlib import Path

import numpy as np

from crm_dashboards.analytics.history import OrderHistory, day_number
from tools.order_history import LineHistory, MalformedHistory, read

from .lines import OrderLines

CDNOW = "cdnow"


def load(source):
    """The OrderHistory of a source, or its OrderLines where it has lines.

    source: a CSV file as ``make demo ORDERS=`` takes it, or "cdnow" for the set that
    the Python package ``lifetimes`` carries. Raises MalformedHistory.
    """
    if source == CDNOW:
        return _load_cdnow()
    orders = read(source)
    _names, codes = np.unique(orders.customers, return_inverse=True)
    days = np.array([day_number(day) for day in orders.dates], dtype=np.int32)
    if isinstance(orders, LineHistory):
        ids, products = np.unique(orders.products, return_inverse=True)
        names = np.array([orders.names[each] for each in ids.tolist()])
        quantities = np.array(orders.quantities, dtype=float)
        cents = _cents(map(mul, orders.quantities, orders.prices))
        if not ((quantities > 0) & (cents > 0)).any():
            raise MalformedHistory(0, "no line has a quantity and a price above 0")
        return OrderLines.from_columns(
            codes, days, products, quantities, cents, ids, names
        )
    return OrderHistory.from_columns(codes, days, _cents(orders.amounts))


def _cents(amounts):
    return np.array(
        [int((amount * 100).to_integral_value()) for amount in amounts], dtype=np.int64
    )


def _load_cdnow():
    package = find_spec("lifetimes")  # found, not imported: it needs more than numpy
    folder = Path(package.submodule_search_locations[0])
    with open(folder / "datasets" / "CDNOW_master.txt", encoding="ascii") as file:
        rows = csv.reader(file, delimiter=" ", skipinitialspace=True)
        next(rows)
        customers, days, cents = zip(*map(_cdnow_row, rows), strict=True)
    return OrderHistory.from_columns(customers, days, cents)


def _cdnow_row(row):
    customer, day, _pieces, amount = filter(None, row)
    day = datetime.strptime(day, "%Y%m%d").date()
    return int(customer), day_number(day), round(float(amount) * 100)
