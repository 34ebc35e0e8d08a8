# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields
from odoo.fields import Command
from odoo.tests import freeze_time

from odoo.addons.crm_dashboards.tests.common import NOW, DashboardCase
from odoo.addons.crm_dashboards.tests.due_common import DueMixin

CHAIR, LAMP = "Chair", "Lamp"
# from, to, percentage
SECTIONS = ((0, 49999.99, 1), (50000, 74999.99, 2), (75000, 100000, 3))


@freeze_time(NOW)
class AgreementCase(DueMixin, DashboardCase):
    """A customer who was invoiced 62 300 in 2026: chairs for 52 300, lamps for 10 000.

    What an agreement of 2026 does not count: an invoice of 2025, one of tomorrow and
    one of another customer.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.both = cls.company | cls.sister
        cls.books = cls._create_books(cls.company)
        cls.sister_books = cls._create_books(cls.sister)
        for user in (cls.manager, cls.seller):
            user.group_ids += cls.env.ref("agreement.group_agreement_user")
        cls.rebates = cls.env["agreement.type"].create(
            {"name": "Rebates", "domain": "sale", "is_rebate": True}
        )
        cls.products = {
            name: cls.env["product.product"].create(
                {"name": name, "type": "service", "taxes_id": [Command.clear()]}
            )
            for name in (CHAIR, LAMP)
        }
        cls.customer = cls._create_customer("Azure", cls.seller)
        cls.buyer = cls.env["res.partner"].create(
            {"name": "Buyer", "parent_id": cls.customer.id}
        )
        cls._invoice("2026-03-01", {CHAIR: 30000, LAMP: 10000})
        cls._invoice("2026-11-01", {CHAIR: 22300})
        cls._invoice("2025-12-31", {CHAIR: 700})
        cls._invoice("2026-11-22", {CHAIR: 800})
        stranger = cls._create_customer("Stranger", cls.colleague)
        cls._invoice("2026-06-01", {CHAIR: 5000}, stranger)

    @classmethod
    def _invoice(cls, date, amounts, customer=None, books=None, **values):
        """A posted invoice with a line for each product.

        :param amounts: {name of the product: amount}
        """
        books = books or cls.books
        lines = [
            Command.create(
                {
                    "product_id": cls.products[name].id,
                    "quantity": 1,
                    "price_unit": amount,
                    "account_id": books["income"].id,
                    "tax_ids": [Command.clear()],
                }
            )
            for name, amount in amounts.items()
        ]
        return cls._create_invoice(
            books,
            customer or cls.customer,
            date,
            date,
            0,
            invoice_line_ids=lines,
            **values,
        )

    @classmethod
    def _create_agreement(
        cls, rebate_type="section_total", sections=SECTIONS, **values
    ):
        """An agreement of 2026, of 10% where it is a global one."""
        known = cls.env["agreement"].with_context(active_test=False)
        agreement = cls.env["agreement"].create(
            {
                "name": "Annual bonus 2026",
                "code": f"A{known.search_count([])}",
                "partner_id": cls.customer.id,
                "company_id": cls.company.id,
                "agreement_type_id": cls.rebates.id,
                "start_date": "2026-01-01",
                "end_date": "2026-12-31",
                "rebate_type": rebate_type,
                "rebate_discount": 10,
                "rebate_section_ids": [
                    Command.create(
                        {
                            "amount_from": first,
                            "amount_to": last,
                            "rebate_discount": percent,
                        }
                    )
                    for first, last, percent in sections
                ],
                **values,
            }
        )
        cls.env.flush_all()
        return agreement

    @classmethod
    def _create_line_agreement(cls, **values):
        """2% on chairs and 5% on lamps."""
        lines = [
            Command.create(
                {
                    "rebate_target": "product",
                    "rebate_product_ids": [Command.set(cls.products[name].ids)],
                    "rebate_discount": percent,
                }
            )
            for name, percent in ((CHAIR, 2), (LAMP, 5))
        ]
        return cls._create_agreement("line", (), rebate_line_ids=lines, **values)

    def _settle(self, agreement, company=None):
        """Make a real settlement until today, by the addon's own wizard."""
        company = company or self.company
        wizard = (
            self.env["agreement.settlement.create.wiz"]
            .with_context(allowed_company_ids=company.ids)
            .create(
                {
                    "date_to": fields.Date.today(),
                    "agreement_ids": [Command.set(agreement.ids)],
                    "discard_settled_agreement": False,
                }
            )
        )
        settlement = self.env["agreement.rebate.settlement"]
        known = settlement.search([])
        wizard.action_create_settlement()
        return settlement.search([]) - known

    def _get_agreements(self, user=None, companies=None, customer=None, **scope):
        scope["customer_id"] = (customer or self.customer).id
        env = self._as(user or self.manager, companies)
        tiles = env["crm.dashboard.tile"].get_tiles(
            "customer", ["customer_agreements"], scope
        )
        return tiles.get("customer_agreements")

    def _get_rows(self, tile):
        return [
            row for block in self._get_blocks(tile, "rows") for row in block["rows"]
        ]

    def _get_bonus(self, tile):
        (row,) = self._get_rows(tile)
        return row["cell"]["value"]

    def _get_all_words(self, tile):
        """Return the sentences of a tile with ordinary spaces."""
        return " ".join(self._get_words(tile)).replace("\N{NO-BREAK SPACE}", " ")
