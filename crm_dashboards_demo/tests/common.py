# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The wholesaler that the addon wrote when it was installed."""

from odoo.tests import TransactionCase, tagged

from ..optional.wholesaler import Wholesaler
from ..records import known


@tagged("post_install", "-at_install")
class DemoCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = known.find(cls.env, "company_main")
        cls.sisters = known.find_all(cls.env, "res.company", "company_") - cls.company
        cls.wholesaler = Wholesaler(cls.env, cls.company)
        cls.env = cls.wholesaler.env
        cls.leader = cls.wholesaler.leaders
        cls.customer = cls.wholesaler.regulars[0].commercial_partner_id
