# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime

import numpy as np

from odoo.tests import tagged

from ..nightly.columns import NO_CENTS
from .common import DashboardCase


@tagged("post_install", "-at_install")
class TestOrderRows(DashboardCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("Customer")
        cls.contact = cls.env["res.partner"].create(
            {"name": "Buyer", "parent_id": cls.customer.id}
        )
        cls._create_rate("2026-01-01", 2)
        cls.sold = cls._create_order(cls.contact, "2026-11-01", 100)
        cls.later = cls._create_order(cls.customer, "2026-11-25", 300)
        cls.in_dollars = cls._create_order(cls.customer, "2026-11-02", 8, cls.dollar)
        cls.quotation = cls.sold.copy()
        cls.cancelled = cls.sold.copy()
        cls.cancelled.action_cancel()
        cls._create_order(cls.customer, "2026-11-01", 7, company=cls.sister)

    def _read(self):
        night = self.env["crm.metric.refresh"]._begin_night(self.company)
        return night, night.order_rows

    def _get(self, column, order):
        _night, rows = self._read()
        return getattr(rows, column)[rows.id == order.id].tolist()

    def test_all_orders_of_the_company(self):
        _night, rows = self._read()
        orders = self.sold | self.later | self.in_dollars
        orders |= self.quotation | self.cancelled
        self.assertEqual(set(rows.id.tolist()), set(orders.ids))
        for name, some in (
            ("is_sold", self.sold | self.later | self.in_dollars),
            ("is_open", self.quotation),
            ("is_foreign", self.in_dollars),
        ):
            self.assertEqual(
                set(rows.id[getattr(rows, name)].tolist()), set(some.ids), name
            )
        self.assertEqual(self._get("contact_id", self.sold), self.contact.ids)
        self.assertEqual(self._get("moment", self.sold), [datetime(2026, 11, 1, 12)])

    def test_orders_are_found_by_their_ids(self):
        other = self.env["sale.order"].search(
            [("company_id", "=", self.sister.id)], limit=1
        )
        ids = np.array([other.id, self.sold.id, 0])
        _night, rows = self._read()
        self.assertEqual(rows.find_contacts(ids).tolist(), [0, self.contact.id, 0])
        night = self.env["crm.metric.refresh"]._begin_night(self._create_company("New"))
        self.assertEqual(night.order_rows.find_contacts(ids).tolist(), [0, 0, 0])

    def test_what_counts(self):
        night, rows = self._read()
        self.assertEqual(self._get("cents", self.sold), [10_000])
        self.assertEqual(self._get("cents", self.in_dollars), [400])
        self.assertEqual(np.count_nonzero(rows.cents != NO_CENTS), 2)
        self.assertEqual(night.orders.customer_ids.tolist(), self.customer.ids)
        self.assertEqual(night.orders.cents.tolist(), [10_000, 400])

    def test_dates_past_all_bounds(self):
        self.env.flush_all()
        for value, moment in (
            ("infinity", datetime(2100, 1, 1)),
            ("-infinity", datetime(1970, 1, 1)),
        ):
            self.env.cr.execute(
                "UPDATE sale_order SET date_order = %s WHERE id = %s",
                [value, self.sold.id],
            )
            self.assertEqual(self._get("moment", self.sold), [moment])
            self.assertEqual(self._get("cents", self.sold), [int(NO_CENTS)])
