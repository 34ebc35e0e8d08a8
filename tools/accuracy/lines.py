# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Order lines to measure on."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class OrderLines:
    """What customers bought: one row a customer, day and product, sorted so.

    Attributes
    ----------
    customer : int64[n]
        0 to ``customer_count`` - 1; each has rows.
    day : int32[n]
        Days since 1970-01-01.
    product : int64[n]
        Index into ``product_ids``.
    quantity : float64[n]
        Above 0.
    cents : int64[n]
        Net value, above 0.
    product_ids, product_names : str[p]
        As they stand in the file.
    """

    customer: np.ndarray
    day: np.ndarray
    product: np.ndarray
    quantity: np.ndarray
    cents: np.ndarray
    product_ids: np.ndarray
    product_names: np.ndarray

    @classmethod
    def from_columns(
        cls, customer, day, product, quantity, cents, product_ids, product_names=None
    ):
        """The lines in any order, less returns and what was given away.

        Rows of one customer, day and product are added up. Without names the ids are
        taken for them.
        """
        names = product_ids if product_names is None else product_names
        bought = (quantity > 0) & (cents > 0)
        columns = np.stack((customer[bought], day[bought], product[bought]))
        rows, row = np.unique(columns, axis=1, return_inverse=True)
        _customers, customer = np.unique(rows[0], return_inverse=True)
        quantity = np.bincount(row, quantity[bought], rows.shape[1])
        summed = np.zeros(rows.shape[1], dtype=np.int64)
        np.add.at(summed, row, cents[bought])
        day = rows[1].astype(np.int32)
        return cls(customer, day, rows[2], quantity, summed, product_ids, names)

    @property
    def customer_count(self):
        """Number of customers, c."""
        return int(self.customer[-1]) + 1 if len(self.customer) else 0
