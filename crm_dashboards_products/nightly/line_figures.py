# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The phase of the night that reads order lines."""

from .leaving import store_leaving
from .order_lines import read_product_sales


def store_line_figures(night):
    """Make the figures of order lines and store what changed."""
    store_leaving(night, read_product_sales(night))
