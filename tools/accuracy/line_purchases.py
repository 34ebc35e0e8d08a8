# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Order lines as the addon crm_dashboards_products takes them."""

from crm_dashboards_products.analytics.purchases import Purchases


def make_purchases(lines):
    """The Purchases of OrderLines; customers and products are told as there."""
    return Purchases.from_columns(
        lines.customer, lines.product, lines.day, lines.cents, lines.quantity
    )
