# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Figures from order histories: columns in, columns out.

Nothing here knows Odoo, asks the clock or reads settings: the day of the figures
(``as_of``) and every threshold are arguments. Days are counted from 1970-01-01,
money is a whole number of cents of one currency, and customers are rows in the order
of :attr:`~.history.OrderHistory.customer_ids`.
"""
