# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Which products can be ordered, and what replaced those that cannot."""

import re

from odoo.fields import Domain

# 85123A, 85123-B and 85123.v2 are editions of 85123
EDITION = re.compile(r"(.*\d)[-./ ]?([A-Za-z]|[vVrR]\d{1,2})")
LONGEST_CHAIN = 10


def get_offered_domain(env):
    """Return the domain of the products that can stand in a quotation.

    ``create`` takes archived ones, those of other companies and what is not to be sold
    without a word, and of a combo a line of 0.
    """
    product = env["product.product"]
    return (
        Domain("active", "=", True)
        & Domain("sale_ok", "=", True)
        & Domain("type", "!=", "combo")
        & Domain(product._check_company_domain(env.company))
    )


def get_offered(products):
    """Return those of ``products`` that the user can put into a quotation."""
    domain = get_offered_domain(products.env) & Domain("id", "in", products.ids)
    return products.search(domain)


def find_successors(products):
    """Find what took the place of products that are not offered any more.

    One that is named (*Replaced by*), the only other variant of the template, the only
    one of the same barcode, or the only one whose reference is another edition of the
    same number; nothing where several could be meant.

    :param products: product.product that the user may read
    :return: {product: its successor, offered}
    """
    named = {product: _follow_names(product) for product in products}
    found = {product: successor for product, successor in named.items() if successor}
    for find in (_find_variants, _find_by_barcode, _find_by_reference):
        missing = products.filtered(lambda product: product not in found)
        if missing:
            candidates = find(missing)
            found.update(
                {
                    product: candidates[product]
                    for product in missing
                    if len(candidates[product]) == 1
                }
            )
    return found


def _follow_names(product):
    """Return the variant at the end of *Replaced by*, none where that is not clear."""
    template = product.product_tmpl_id
    for _step in range(LONGEST_CHAIN):
        template = template.crm_replaced_by_id
        if not template or not template.has_access("read"):
            break
        variants = get_offered(template.product_variant_ids)
        if variants:
            return _choose_variant(product, variants)
    return product.browse()


def _choose_variant(product, variants):
    """Return the only one, or the only one of the same attributes as ``product``."""
    if len(variants) == 1:
        return variants
    attributes = _get_attributes(product)
    alike = variants.filtered(lambda each: _get_attributes(each) == attributes)
    return alike if len(alike) == 1 else product.browse()


def _get_attributes(product):
    values = product.product_template_attribute_value_ids
    return values.product_attribute_value_id


def _find_variants(products):
    offered = get_offered(products.product_tmpl_id.product_variant_ids)
    return {
        product: offered.filtered(
            lambda each, template=product.product_tmpl_id: (
                each.product_tmpl_id == template
            )
        )
        for product in products
    }


def _find_by_barcode(products):
    codes = list(filter(None, products.mapped("barcode")))
    domain = Domain("barcode", "in", codes) & get_offered_domain(products.env)
    offered = products.search(domain)
    return {
        product: offered.filtered(
            lambda each, code=product.barcode: code and each.barcode == code
        )
        for product in products
    }


def _find_by_reference(products):
    stems = {product: get_stem(product.default_code) for product in products}
    domain = Domain.OR(
        Domain("default_code", "=like", f"{_escape(stem)}%")
        for stem in set(stems.values())
        if stem
    )
    offered = products.search(domain & get_offered_domain(products.env))
    return {
        product: offered.filtered(
            lambda each, stem=stem: stem and get_stem(each.default_code) == stem
        )
        for product, stem in stems.items()
    }


def get_stem(reference):
    """Return a reference without the letter or version of its edition.

    Empty where it has no number: letters alone are a kind of product, not one.
    """
    reference = (reference or "").strip()
    edition = EDITION.fullmatch(reference)
    stem = edition[1] if edition else reference
    return stem if any(map(str.isdigit, stem)) else ""


def _escape(text):
    return re.sub(r"([\\%_])", r"\\\1", text)
