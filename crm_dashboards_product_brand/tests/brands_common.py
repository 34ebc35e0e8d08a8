# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.fields import Command
from odoo.tests import freeze_time

from odoo.addons.crm_dashboards.tests.common import NOW
from odoo.addons.crm_dashboards.tests.workbook_common import WorkbookCase

BRANDS = ("Lago", "Vitra", "Muuto", "Kartell")
NO_BRAND = "No brand"


@freeze_time(NOW)
class BrandsCase(WorkbookCase):
    """Quotations of a customer, in the 12 months since 22 November 2025 and before.

    ==========  ==========  =====  =====  =====  =======  ========
    made        state       Lago   Vitra  Muuto  Kartell  no brand
    ==========  ==========  =====  =====  =====  =======  ========
    2026-10-01  sent                                      500
    2026-06-01  draft       200           400
    2026-03-10  order       600    300
    2025-05-05  order              1000          600
    ==========  ==========  =====  =====  =====  =======  ========
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.both = cls.company | cls.sister
        cls.brands = {
            name: cls.env["product.brand"].create({"name": name}) for name in BRANDS
        }
        cls.products = {
            name: cls._create_product(brand) for name, brand in cls.brands.items()
        }
        cls.products[NO_BRAND] = cls.product
        cls.customer = cls._create_customer("Azure", cls.seller)
        cls.buyer = cls.env["res.partner"].create(
            {"name": "Buyer", "parent_id": cls.customer.id}
        )
        cls.sent = cls._create_quotation("2026-10-01", {NO_BRAND: 500}, state="sent")
        cls.draft = cls._create_quotation("2026-06-01", {"Lago": 200, "Muuto": 400})
        cls.order = cls._create_quotation(
            "2026-03-10",
            {"Lago": 600, "Vitra": 300},
            partner=cls.buyer,
            state="sale",
            date_order="2026-03-12 12:00:00",
        )
        cls.old_order = cls._create_quotation(
            "2025-05-05",
            {"Vitra": 1000, "Kartell": 600},
            state="sale",
            date_order="2025-05-10 12:00:00",
        )
        cls._create_quotation("2026-10-02", {"Lago": 9999}, state="cancel")
        stranger = cls._create_customer("Stranger", cls.colleague)
        cls._create_quotation("2026-10-03", {"Muuto": 70}, partner=stranger)

    @classmethod
    def _create_product(cls, brand):
        return cls.env["product.product"].create(
            {
                "name": f"Chair of {brand.name}",
                "type": "service",
                "product_brand_id": brand.id,
                "taxes_id": [Command.clear()],
            }
        )

    @classmethod
    def _create_quotation(
        cls, made, amounts, partner=None, company=None, currency=None, **values
    ):
        """A quotation with a line without tax for each brand.

        :param str made: day (at noon) or moment, UTC
        :param amounts: {name of the brand: amount}
        """
        company = company or cls.company
        if currency:
            values["pricelist_id"] = cls._create_prices(currency).id
        order = (
            cls.env["sale.order"]
            .with_company(company)
            .create(
                {
                    "partner_id": (partner or cls.customer).id,
                    "company_id": company.id,
                    "user_id": False,
                    "date_order": f"{made[:10]} 12:00:00",
                    "order_line": [
                        Command.create(
                            {
                                "product_id": cls.products[name].id,
                                "product_uom_qty": 1,
                                "price_unit": amount,
                                "tax_ids": [Command.clear()],
                            }
                        )
                        for name, amount in amounts.items()
                    ],
                    **values,
                }
            )
        )
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE sale_order SET create_date = %s WHERE id = %s",
            [made if " " in made else f"{made} 12:00:00", order.id],
        )
        order.invalidate_recordset()
        return order

    def _get_brands(self, user=None, companies=None, customer=None, **scope):
        scope["customer_id"] = (customer or self.customer).id
        env = self._as(user or self.manager, companies)
        tiles = env["crm.dashboard.tile"].get_tiles(
            "customer", ["customer_brands"], scope
        )
        return tiles.get("customer_brands")

    def _get_items(self, tile):
        return {item["label"]: item for item in self._get_block(tile, "share")["items"]}

    def _get_values(self, tile):
        return {
            label: item["cell"]["value"]
            for label, item in self._get_items(tile).items()
        }

    def _get_lines(self, tile):
        """Return {label: value} of the figures."""
        figures = self._get_block(tile, "figure")["figures"]
        return {line["label"]: line["cell"]["value"] for line in figures}
