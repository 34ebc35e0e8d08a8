# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dateutil.relativedelta import relativedelta

from ..optional import FILLERS
from ..records import known
from .common import DemoCase

COUNTED = (
    "agreement",
    "helpdesk.ticket",
    "product.brand",
    "product.product",
    "project.task",
    "res.company",
    "res.partner",
    "res.users",
    "sale.order",
)


class TestFilling(DemoCase):
    """What other addons show is there once they are, and is there once."""

    def test_what_is_installed_is_filled(self):
        for name in FILLERS:
            installed = self.env["ir.module.module"]._get(name).state == "installed"
            with self.subTest(addon=name):
                mark = known.find(self.env, f"filled_{name}") if installed else None
                self.assertEqual(bool(mark), installed)
                if installed:
                    getattr(self, f"check_{name}")()

    def check_agreement_rebate(self):
        """The first customer is near its last tier, and one agreement nearly over."""
        bonus = self.env["agreement"].search(
            [
                ("partner_id", "=", self.customer.id),
                ("rebate_type", "=", "section_total"),
            ]
        )
        invoices = self.env["account.move"].search(
            [
                ("commercial_partner_id", "=", self.customer.id),
                ("company_id", "=", self.company.id),
                ("move_type", "in", ("out_invoice", "out_refund")),
                ("invoice_date", ">=", bonus.start_date),
            ]
        )
        invoiced = sum(invoices.mapped("amount_untaxed_signed"))
        _lowest, middle, last = bonus.rebate_section_ids.sorted("amount_from")
        self.assertLess(middle.amount_from, invoiced)
        self.assertLess(0.85 * last.amount_from, invoiced)
        self.assertLess(invoiced, last.amount_from)
        soon = self.wholesaler.clock.today() + relativedelta(days=14)
        self.assertEqual(
            self.env["agreement"].search_count([("end_date", "<=", soon)]), 1
        )

    def check_helpdesk_mgmt(self):
        for partner in self.wholesaler.with_stories:
            tickets = self.env["helpdesk.ticket"].search(
                [("partner_id", "child_of", partner.commercial_partner_id.id)]
            )
            self.assertEqual(set(tickets.mapped("closed")), {False, True})

    def check_product_brand(self):
        """One brand was quoted but never ordered, one is ordered no more."""
        states = {}
        for name in ("Nordbrink", "Old Mill Pottery"):
            lines = (
                self.env["sale.order.line"]
                .with_context(active_test=False)
                .search([("product_id.product_brand_id.name", "=", name)])
            )
            states[name] = set(lines.mapped("state"))
        self.assertEqual(states, {"Nordbrink": {"draft"}, "Old Mill Pottery": {"sale"}})
        year_ago = self.wholesaler.clock.today() - relativedelta(years=1)
        self.assertLess(max(lines.order_id.mapped("date_order")).date(), year_ago)

    def check_project(self):
        tasks = self.env["project.task"].search(
            [("partner_id", "child_of", self.customer.id)]
        )
        self.assertEqual(len(tasks.filtered(lambda task: task.state == "1_done")), 1)
        self.assertEqual(tasks.user_ids, self.customer.user_id)

    def test_filling_again_writes_nothing(self):
        models = [self.env[name] for name in COUNTED if name in self.env]
        before = [model.search_count([]) for model in models]
        self.env["crm.dashboard.demo"]._fill()
        self.assertEqual([model.search_count([]) for model in models], before)
