# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Brands of what the wholesaler sells (OCA's product_brand)."""

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
    "Nordbrink": ("HL-120", "HL-121", "HL-122"),  # quoted, never ordered
    "Old Mill Pottery": ("KT-190", "KT-191"),  # sold no more
}


def fill(wholesaler):
    """Give products their brands."""
    brands = wholesaler.env["product.brand"].create([{"name": name} for name in BRANDS])
    for brand, references in zip(brands, BRANDS.values(), strict=True):
        for reference in references:
            product = wholesaler.get_product(reference)
            if product:
                product.product_tmpl_id.product_brand_id = brand
    return brands[0]
