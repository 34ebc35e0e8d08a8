# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The products of the catalogue."""

from . import known


def create(env, products):
    """Create the products, without taxes, and note their ids and labels.

    products: list of catalogue.Product. Returns product.product records.
    """
    categories = _categories(env, {product.category for product in products})
    records = env["product.product"].create(
        [
            {
                "default_code": product.reference,
                "name": product.name,
                "type": "consu",
                "list_price": product.price,
                "standard_price": product.cost,
                "categ_id": categories[product.category].id,
                "invoice_policy": "order",
            }
            for product in products
        ]
    )
    # after creation, since Odoo adds the taxes of all other companies then
    records.sudo().write({"taxes_id": [(5,)], "supplier_taxes_id": [(5,)]})
    for product, record in zip(products, records, strict=True):
        product.id, product.label = record.id, record.display_name
    known.remember({f"product_{record.default_code}": record for record in records})
    return records


def replace(env, products, successors):
    """Create products that are sold no more, and those that took their place.

    products, successors: list of catalogue.Product, each at the place of the other.
    """
    old, new = (create(env, each).product_tmpl_id for each in (products, successors))
    for template, successor in zip(old, new, strict=True):
        template.write({"crm_replaced_by_id": successor.id, "active": False})


def _categories(env, names):
    model = env["product.category"]
    return {
        name: model.search([("name", "=", name)], limit=1)
        or model.create({"name": name})
        for name in sorted(names)
    }
