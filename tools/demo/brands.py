# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Brands of what the wholesaler sells (OCA's product_brand)."""

from decimal import Decimal

from . import catalogue, sale_orders
from .backdating import backdate
from .partners import quietly

# Of each category some products are nobody's brand: the wholesaler's own label.
BRANDS = {
    "Fernhill Home": ("HL-101", "HL-102", "HL-105", "HL-108"),
    "Lumen & Oak": ("HL-106", "HL-107", "SE-501", "SE-504"),
    "Sorrel Stoneware": ("KT-201", "KT-202", "KT-204"),
    "Ironpan": ("KT-206", "KT-208"),
    "Thistle & Thread": ("KT-205", "KT-209", "SE-505"),
    "Penny Lark": ("GF-302", "GF-303", "GF-308"),
    "Tall Ship Games": ("GF-304", "GF-307"),
    "Quillmark": ("OF-402", "OF-403", "OF-405", "OF-407"),
    "Deskwright": ("OF-404", "OF-406", "OF-408"),
    "Winterly": ("SE-502", "SE-503"),
}
NEW_BRAND = "Nordbrink"
NEW_CATEGORY = "Home Living"
NEW_PRODUCTS = (
    # reference, name, price, cost
    ("HL-120", "Wool Floor Cushion, Slate", 44.00, 21.50),
    ("HL-121", "Birch Side Table", 96.00, 51.00),
    ("HL-122", "Felt Wall Organizer", 27.50, 12.40),
)
DISCONTINUED_BRAND = "Old Mill Pottery"
DISCONTINUED_PRODUCTS = (
    ("KT-190", "Pottery Jug, Blue Rim", 21.00, 9.80),
    ("KT-191", "Pottery Butter Dish", 17.50, 8.10),
)
DISCONTINUED_CATEGORY = "Kitchen & Table"
DISCONTINUED_DAYS = (420, 640)  # ago, when it was last sold
DISCONTINUED_PACK = 4
QUOTES_PER_CUSTOMER = 2
QUOTED_DAYS = 75


def assign(env, goods):
    """Give products their brands, where brands are known.

    goods: product.product records of the catalogue.
    """
    if "product.brand" not in env:
        return
    product_of = {product.default_code: product for product in goods}
    for name, references in BRANDS.items():
        brand = env["product.brand"].create({"name": name})
        for reference in references:
            product_of[reference].product_tmpl_id.product_brand_id = brand


def add_discontinued(env, clock, sold, customers):
    """Put a brand that is sold no more into older orders of some customers.

    sold: [(Customer, sale_orders.Order)], not yet written.
    """
    if "product.brand" not in env:
        return
    products = _products(
        env, DISCONTINUED_BRAND, DISCONTINUED_CATEGORY, DISCONTINUED_PRODUCTS
    )
    lines = list(
        zip(
            products.ids,
            products.mapped("display_name"),
            catalogue.prices(products),
            strict=True,
        )
    )
    buyers = {customer.company_id for customer in customers}
    newest, oldest = DISCONTINUED_DAYS
    for customer, order in sold:
        age = (clock.today() - clock.day_of(order.date_order)).days
        if customer.company_id in buyers and newest <= age <= oldest:
            order.lines += [
                sale_orders.Line(id_, name, Decimal(DISCONTINUED_PACK), price, True)
                for id_, name, price in lines
            ]
    products.product_tmpl_id.active = False


def quote_new_brand(env, rng, clock, customers):
    """Quote a new brand, of which nobody has ordered yet, to some customers.

    Returns the quotations, none where brands are not known.
    """
    orders = quietly(env)["sale.order"]
    if "product.brand" not in env:
        return orders
    products = _products(env, NEW_BRAND, NEW_CATEGORY, NEW_PRODUCTS)
    values, moments, authors = [], [], []
    for customer in customers:
        for _ in range(QUOTES_PER_CUSTOMER):
            moment = clock.days_ago(rng, rng.integers(QUOTED_DAYS))
            moments.append(moment)
            authors.append(customer.user_id)
            values.append(
                {
                    "partner_id": customer.partner_id,
                    "user_id": customer.user_id,
                    "team_id": customer.team_id,
                    "date_order": moment,
                    "order_line": [
                        (0, 0, {"product_id": product.id, "product_uom_qty": quantity})
                        for product, quantity in zip(
                            products,
                            rng.integers(2, 12, len(products)).tolist(),
                            strict=True,
                        )
                    ],
                }
            )
    quotations = orders.create(values)
    backdate(quotations, moments, authors)
    return quotations


def _products(env, brand_name, category_name, products):
    brand = env["product.brand"].create({"name": brand_name})
    category = env["product.category"].search([("name", "=", category_name)], limit=1)
    return env["product.product"].create(
        [
            {
                "default_code": reference,
                "name": name,
                "type": "consu",
                "list_price": price,
                "standard_price": cost,
                "categ_id": category.id,
                "product_brand_id": brand.id,
                "invoice_policy": "order",
                "taxes_id": False,
                "supplier_taxes_id": False,
            }
            for reference, name, price, cost in products
        ]
    )
