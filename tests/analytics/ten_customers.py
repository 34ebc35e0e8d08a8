# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Ten customers of different rhythms, on Tuesday 31 December 2024.

Orders fall on weekdays only. Days are given as days before that Tuesday, so that
0, 7, 14 ... are Tuesdays, and amounts in cents.
"""

from .histories import day, from_rows

AS_OF = day("2024-12-31")


def ago(*days, cents=10_000):
    """Orders of one amount, some days before the day of the figures."""
    return [(AS_OF - days_ago, cents) for days_ago in days]


def on(*dates, cents=10_000):
    """Orders of one amount on some dates."""
    return [(day(text), cents) for text in dates]


WEEKLY = ago(35, 28, 21, 14, 7)
LATE = ago(84, 70, 56, 42, 28)
OVERDUE = ago(77, 63, 49, 35, 21)
LAPSED = ago(112, 105, 98, 91)
TWO_ORDERS = ago(60, 4)
FIRST_ORDER = ago(40)
# one credit on an order-day, one on a day of its own
WITH_CREDITS = ago(71, 57, 43, 29) + ago(29, cents=-3_000) + ago(5, cents=-5_000)
# September and October only, three years running
SEASONAL = on(
    *("2022-09-06", "2022-09-20", "2023-09-05", "2023-09-19"),
    *("2024-09-03", "2024-09-17", "2024-10-01", "2024-10-15"),
)
# every 28 days, but for a pause of 98 days around New Year 2024
PAUSING = on(
    *("2023-09-26", "2023-10-24", "2023-11-21"),
    *("2024-02-27", "2024-03-26", "2024-04-23", "2024-05-21", "2024-06-18"),
    *("2024-07-16", "2024-08-13", "2024-09-10", "2024-10-08"),
)
IRREGULAR = [
    *ago(109, cents=10_000),
    *ago(98, cents=20_000),
    *ago(68, cents=30_000),
    *ago(20, cents=100_000),
]

CUSTOMERS = {
    "weekly": WEEKLY,
    "late": LATE,
    "overdue": OVERDUE,
    "lapsed": LAPSED,
    "two_orders": TWO_ORDERS,
    "first_order": FIRST_ORDER,
    "with_credits": WITH_CREDITS,
    "seasonal": SEASONAL,
    "pausing": PAUSING,
    "irregular": IRREGULAR,
}
ROW = {name: row for row, name in enumerate(CUSTOMERS)}
HISTORY = from_rows(
    [(row, *order) for name, row in ROW.items() for order in CUSTOMERS[name]]
)
