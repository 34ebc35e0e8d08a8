# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The phase of the night that reads order lines."""

from odoo.addons.crm_dashboards.analytics.history import day_number

from .leaving import review_leaving, store_leaving
from .order_lines import read_product_sales
from .proposals import store_proposals

WEEK_DAYS = 7


def store_line_figures(night):
    """Make the figures of order lines and store what changed.

    What changes little from day to day, and what became of it, once a week.
    """
    sales = read_product_sales(night)
    last = night.refresh.proposals_on
    if not last or night.settings.as_of - day_number(last) >= WEEK_DAYS:
        store_proposals(night, sales)
        review_leaving(night, sales)
    store_leaving(night, sales)
