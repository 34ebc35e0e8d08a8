# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import NOW, DashboardCase

CONDITIONS = (
    ("crm_order_value", ">", 500),
    ("crm_metric_id", "!=", False),
    ("crm_metric_id.order_value", ">", 500),
    ("crm_rfm_segment", "!=", False),
    ("crm_metric_ids", "!=", False),
    ("crm_metric_ids.order_value", ">", 500),
)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestFiguresSearchedAsUser(DashboardCase):
    """Odoo searches followers and attachments with all rights, whatever is asked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.internal = cls._create_user("internal", "base.group_user")
        cls.mine = cls._create_customer("Mine", cls.seller)
        cls.theirs = cls._create_customer("Theirs", cls.colleague)
        cls._create_orders(
            [(cls.mine, "2026-11-01", 900.0), (cls.theirs, "2026-11-01", 800.0)]
        )
        cls._refresh()
        cls.followed = {}
        for customer in (cls.mine, cls.theirs):
            record = cls.env["res.partner"].create({"name": f"Of {customer.name}"})
            record.message_subscribe(customer.ids)
            cls.followed[customer] = record

    def test_followers_tell_no_figures(self):
        partners = self._as(self.internal)["res.partner"]
        for name, operator, value in CONDITIONS:
            with self.subTest(name=name), self.assertRaises(AccessError):
                partners.search([(f"message_partner_ids.{name}", operator, value)])

    def test_followers_tell_figures_of_own_customers(self):
        mine, theirs = self.followed[self.mine], self.followed[self.theirs]
        for user, expected in (
            (self.seller, mine),
            (self.colleague, mine | theirs),
            (self.manager, mine | theirs),
        ):
            partners = self._as(user)["res.partner"]
            for name, operator, value in CONDITIONS[:3]:
                found = partners.search(
                    [
                        ("id", "in", (mine | theirs).ids),
                        (f"message_partner_ids.{name}", operator, value),
                    ]
                )
                with self.subTest(user=user.name, name=name):
                    self.assertEqual(found, expected)

    def test_attachments_tell_no_figures(self):
        attachments = self._as(self.internal)["ir.attachment"]
        attachments.create({"name": "Mine", "raw": b"mine"})
        for path in ("create_uid", "create_uid.partner_id", "company_id.partner_id"):
            for name, operator, value in CONDITIONS:
                with self.subTest(path=path, name=name), self.assertRaises(AccessError):
                    attachments.search([(f"{path}.{name}", operator, value)])
