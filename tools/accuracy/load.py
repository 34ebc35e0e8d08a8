# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Order histories to measure on: a CSV file, or the CDNOW set."""

import csv
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from crm_dashboards.analytics.history import OrderHistory, day_number
from tools.order_history import read

CDNOW = "cdnow"


def load(source):
    """The order history of a source.

    source: a CSV file as ``make demo ORDERS=`` takes it, or "cdnow" for the set that
    the Python package ``lifetimes`` carries. Raises MalformedHistory.
    """
    if source == CDNOW:
        return _load_cdnow()
    orders = read(source)
    _names, codes = np.unique(orders.customers, return_inverse=True)
    days = [day_number(day) for day in orders.dates]
    cents = [int((amount * 100).to_integral_value()) for amount in orders.amounts]
    return OrderHistory.from_columns(codes, days, cents)


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
