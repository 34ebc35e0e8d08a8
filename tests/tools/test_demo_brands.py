# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Brands of the made-up wholesaler's products."""

from tools.demo import brands, catalogue

REFERENCES = [
    reference
    for products in catalogue.PRODUCTS.values()
    for reference, _name, _price, _cost in products
]


def test_brands_are_of_products_that_exist_and_of_one_brand_each():
    branded = [each for references in brands.BRANDS.values() for each in references]
    assert len(set(branded)) == len(branded)
    assert set(branded) < set(REFERENCES)


def test_the_new_brand_is_of_products_that_nobody_has_ordered():
    new = {reference for reference, *_rest in brands.NEW_PRODUCTS}
    old = {reference for reference, *_rest in brands.DISCONTINUED_PRODUCTS}
    assert len({brands.NEW_BRAND, brands.DISCONTINUED_BRAND, *brands.BRANDS}) == 12
    assert not (new | old) & set(REFERENCES)
    assert not new & old
    assert brands.NEW_CATEGORY in catalogue.PRODUCTS
    assert brands.DISCONTINUED_CATEGORY in catalogue.PRODUCTS


def test_the_discontinued_brand_was_last_sold_in_the_year_before():
    newest, oldest = brands.DISCONTINUED_DAYS
    assert 366 < newest < oldest < 730


def test_without_brands_nothing_is_made():
    brands.assign({}, None)
    assert not brands.quote_new_brand(_Records(), None, None, [None])


class _Records(dict):
    """An environment in which there is nothing but orders."""

    context = {}

    def __call__(self, context):
        return {"sale.order": ()}
