# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.fields import Command

from .common import DashboardCase


class UsualOrderCase(DashboardCase):
    """A shop that buys cards and lights, and its usual order."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.units = cls.env.ref("uom.product_uom_unit")
        cls.dozens = cls.env.ref("uom.product_uom_dozen")
        cls.shop = cls._create_customer("Shop", cls.seller)
        cls.cards = cls._create_product("Cards", 8)
        cls.lights = cls._create_product("Lights", 13)

    @classmethod
    def _create_product(cls, name, price, **values):
        return cls.env["product.product"].create(
            {
                "name": name,
                "type": "consu",
                "list_price": price,
                "taxes_id": [Command.clear()],
                **values,
            }
        )

    @classmethod
    def _buy(cls, day, *bought, customer=None, company=None, **values):
        """A confirmed order of the shop.

        :param bought: tuples (product, quantity, price) and further values of the line
        """
        company = company or cls.company
        lines = [
            Command.create(
                {
                    "product_id": product.id,
                    "product_uom_qty": quantity,
                    "price_unit": price,
                    "tax_ids": [Command.clear()],
                    **(further[0] if further else {}),
                }
            )
            for product, quantity, price, *further in bought
        ]
        return (
            cls.env["sale.order"]
            .with_company(company)
            .create(
                {
                    "partner_id": (customer or cls.shop).id,
                    "company_id": company.id,
                    "date_order": f"{day} 12:00:00",
                    "state": "sale",
                    "user_id": False,
                    "order_line": lines,
                    **values,
                }
            )
        )

    @classmethod
    def _create_shirt(cls, *colours, name="Shirt"):
        """Return a template with a variant of each colour."""
        attribute = cls.env["product.attribute"].search([("name", "=", "Colour")])
        attribute = attribute or attribute.create({"name": "Colour"})
        values = cls.env["product.attribute.value"]
        known = {value.name: value for value in attribute.value_ids}
        for colour in colours:
            values |= known.get(colour) or values.create(
                {"name": colour, "attribute_id": attribute.id}
            )
        return cls.env["product.template"].create(
            {
                "name": name,
                "type": "consu",
                "list_price": 10,
                "taxes_id": [Command.clear()],
                "attribute_line_ids": [
                    Command.create(
                        {
                            "attribute_id": attribute.id,
                            "value_ids": [Command.set(values.ids)],
                        }
                    )
                ],
            }
        )

    def _dialogue(self, user=None, companies=None):
        return self._as(user or self.seller, companies)["crm.usual.order"]

    def _propose(self, user=None, customer=None, companies=None):
        dialogue = self._dialogue(user, companies)
        return dialogue.get_proposal((customer or self.shop).id)

    def _choose(self, product, quantity=1, ticked=None):
        """Return a line as the browser sends it."""
        line = {
            "product_id": product.id,
            "unit_id": product.uom_id.id,
            "quantity": quantity,
        }
        return line if ticked is None else {**line, "ticked": ticked}

    def _create(self, lines=None, user=None, customer=None, companies=None, **options):
        """Return the quotation of some lines; of what is ticked without them."""
        customer = customer or self.shop
        dialogue = self._dialogue(user, companies)
        if lines is None:
            proposal = self._propose(customer=customer)
            lines = [
                {key: line[key] for key in ("product_id", "unit_id", "quantity")}
                for line in self._get_lines(proposal).values()
                if line["ticked"]
            ]
        action = dialogue.create_quotation(customer.id, lines, **options)
        return self.env["sale.order"].browse(action["res_id"])

    def _get_lines(self, proposal, code="usual"):
        """Return {name: line} of a section, empty where it is not there."""
        return {
            line["name"]: line
            for section in proposal["sections"]
            if section["code"] == code
            for line in section["lines"]
        }

    def _get_line(self, name, proposal=None):
        proposal = proposal or self._propose()
        return next(
            line
            for section in proposal["sections"]
            for line in section["lines"]
            if line["name"] == name
        )
