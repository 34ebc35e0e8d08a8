# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from lxml import etree

from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .missing_order_common import MissingOrderCase


@tagged("post_install", "-at_install")
class TestContactFilters(MissingOrderCase):
    """The filters by figures that the search bar of Contacts offers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.customer.metric"].search([]).trend = "static"
        for name, trend in (("Slow", "growing"), ("Regular", "declining")):
            metric = cls.env["crm.customer.metric"].search(
                [
                    ("partner_id", "=", cls.customers[name].id),
                    ("company_id", "=", cls.company.id),
                ]
            )
            metric.trend = trend
        cls.env.flush_all()

    def _get_filters(self, user):
        """Return the filters of Contacts that ``user`` is offered: label, domain."""
        view = self._as(user)["res.partner"].get_views([(False, "search")])
        arch = etree.fromstring(view["views"]["search"]["arch"])
        return {node.get("string"): node.get("domain") for node in arch.iter("filter")}

    def _filter(self, user, label):
        domain = safe_eval(self._get_filters(user)[label])
        found = self._as(user)["res.partner"].search(domain)
        names = {customer.id: name for name, customer in self.customers.items()}
        return sorted(names[customer.id] for customer in found if customer.id in names)

    def test_each_filter_finds_its_customers(self):
        for label, names in (
            ("Missing Orders", ["Gone", "Late", "Nobody's"]),
            ("Growing", ["Slow"]),
            ("Declining", ["Regular"]),
        ):
            with self.subTest(label):
                self.assertEqual(self._filter(self.manager, label), names)
                mine = [
                    name
                    for name in names
                    if self.customers[name].user_id == self.seller
                ]
                self.assertEqual(self._filter(self.seller, label), mine)

    def test_no_filter_for_who_sees_no_figures(self):
        internal = self._create_user("internal", "base.group_user")
        labels = {"Missing Orders", "Needs Engagement", "Growing", "Declining"}
        self.assertTrue(labels < self._get_filters(self.manager).keys())
        self.assertFalse(labels & self._get_filters(internal).keys())
