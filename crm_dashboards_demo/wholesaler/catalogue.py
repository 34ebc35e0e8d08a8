# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What the wholesaler sells, and what of it goes into one order."""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

CENT = Decimal("0.01")
PRODUCTS = {
    # category: (reference, name, price, cost)
    "Home Living": (
        ("HL-101", "Linen Cushion Cover, Sage", 14.50, 6.20),
        ("HL-102", "Woven Throw Blanket", 32.00, 15.40),
        ("HL-103", "Scented Soy Candle, Cedar", 9.80, 3.90),
        ("HL-104", "Ceramic Bud Vase, set of 3", 18.40, 7.80),
        ("HL-105", "Seagrass Storage Basket", 21.90, 9.60),
        ("HL-106", "Brass Table Lamp", 58.00, 29.00),
        ("HL-107", "Wall Mirror, Oak Frame, 24 in", 74.00, 38.50),
        ("HL-108", "Cotton Bath Towel, Stone", 12.60, 5.30),
        ("HL-109", "Reed Diffuser, Citrus", 11.20, 4.40),
    ),
    "Kitchen & Table": (
        ("KT-201", "Stoneware Dinner Plate", 8.90, 3.60),
        ("KT-202", "Stoneware Mug, Speckled", 6.70, 2.50),
        ("KT-203", "Acacia Serving Board", 19.80, 8.70),
        ("KT-204", "Glass Carafe, 34 oz", 13.40, 5.60),
        ("KT-205", "Linen Napkins, set of 4", 16.20, 7.10),
        ("KT-206", "Enamel Baking Dish", 22.50, 10.20),
        ("KT-207", "Bamboo Utensil Set", 9.40, 3.50),
        ("KT-208", "Cast Iron Skillet, 10 in", 28.00, 13.90),
        ("KT-209", "Tea Towels, Striped, set of 2", 7.80, 2.90),
    ),
    "Gifts": (
        ("GF-301", "Leather Key Ring", 5.60, 1.90),
        ("GF-302", "Pocket Notebook, Botanical", 4.20, 1.40),
        ("GF-303", "Greeting Cards, box of 12", 7.90, 2.60),
        ("GF-304", "Wooden Puzzle, 3D Globe", 15.80, 6.40),
        ("GF-305", "Hand Cream Trio", 12.90, 5.10),
        ("GF-306", "Enamel Travel Mug", 10.50, 4.30),
        ("GF-307", "Jigsaw, 1000 pieces, Harbor", 11.60, 4.70),
        ("GF-308", "Gift Wrap, Recycled, 10 sheets", 6.30, 2.10),
    ),
    "Office": (
        ("OF-401", "Copy Paper, box of 5 reams", 24.90, 15.80),
        ("OF-402", "Gel Pens, Black, pack of 12", 8.40, 3.20),
        ("OF-403", "Lever Arch Files, pack of 10", 22.70, 11.50),
        ("OF-404", "Desk Organizer, Bamboo", 17.60, 7.70),
        ("OF-405", "Hardcover Notebook, A5", 6.90, 2.40),
        ("OF-406", "Whiteboard, 36 × 24 in", 46.00, 24.50),
        ("OF-407", "Sticky Notes, 12 pads", 7.20, 2.70),
        ("OF-408", "Mesh Desk Chair", 118.00, 67.00),
        ("OF-409", "Padded Mailers, pack of 50", 19.30, 9.90),
    ),
    "Seasonal": (
        ("SE-501", "String Lights, Warm White", 13.70, 5.40),
        ("SE-502", "Glass Baubles, box of 6", 12.40, 4.80),
        ("SE-503", "Pine Wreath, 18 in", 23.50, 10.90),
        ("SE-504", "Garden Lantern, Zinc", 26.80, 12.60),
        ("SE-505", "Picnic Blanket, Waterproof", 21.40, 9.80),
    ),
}
# Quoted to a few customers, ordered by nobody yet.
NEW_PRODUCTS = {
    "Home Living": (
        ("HL-120", "Wool Floor Cushion, Slate", 44.00, 21.50),
        ("HL-121", "Birch Side Table", 96.00, 51.00),
        ("HL-122", "Felt Wall Organizer", 27.50, 12.40),
    ),
}
# Ordered before Christmas only.
ADVENT_PRODUCTS = {
    "Seasonal": (
        ("SE-510", "Straw Stars, box of 24", 9.60, 3.70),
        ("SE-511", "Advent Calendar, Wooden", 34.00, 15.20),
    ),
}
# Sold no more; some customers ordered them in the year before the last.
DISCONTINUED_PRODUCTS = {
    "Kitchen & Table": (
        ("KT-190", "Pottery Jug, Blue Rim", 21.00, 9.80),
        ("KT-191", "Pottery Butter Dish", 17.50, 8.10),
    ),
}
# Sold no more, since another one of the same kind took its place: before, after.
REPLACED_PRODUCTS = {
    "Gifts": (("GF-320", "Leather Card Holder", 11.40, 4.60),),
}
SUCCESSORS = {
    "Gifts": (("GF-321", "Leather Card Holder, Slim", 11.90, 4.70),),
}


@dataclass
class Product:
    """Something that is sold; price in the currency of the main company.

    id, label: of the product.product, once there is one.
    """

    reference: str
    name: str
    price: float
    cost: float
    category: str
    id: int = 0
    label: str = ""


def listed(products):
    """Return a list of Product, not yet in any database; products: as PRODUCTS."""
    return [
        Product(*values, category)
        for category, rows in products.items()
        for values in rows
    ]


def prices(products, rate=1.0):
    """Prices in cents, without the noise of binary fractions.

    rate: what one unit of the currency of the prices is worth.
    """
    return [
        (Decimal(str(product.price)) * Decimal(str(rate))).quantize(CENT)
        for product in products
    ]


def favourites(rng, weights, count=9):
    """What one customer buys: indices of products, the most wanted first.

    weights: how much the customer wants each product, 0 for never.
    """
    wanted = np.asarray(weights, dtype=float)
    count = min(count, np.count_nonzero(wanted))
    return rng.choice(wanted.size, count, replace=False, p=wanted / wanted.sum())


def basket(rng, value, wanted, prices):
    """An order of about a given value.

    value: float; wanted: indices of products, the most wanted first; prices:
    Decimal by product. Returns [(product, quantity)], each product once, in the
    packs of a wholesaler.
    """
    most = int(np.clip(value // 80, 1, 6))
    size = min(rng.integers(1, most + 1), len(wanted))
    liking = 1 / np.arange(1, len(wanted) + 1)
    chosen = rng.choice(wanted, size, replace=False, p=liking / liking.sum())
    shares = rng.dirichlet(np.full(size, 3.0))
    lines = []
    for product, share in zip(chosen.tolist(), shares.tolist(), strict=True):
        pack = pack_size(prices[product])
        packs = round(value * share / float(prices[product] * pack))
        lines.append((product, Decimal(max(packs, 1) * pack)))
    return lines


def pack_size(price):
    """How many pieces of a product come together."""
    return 12 if price < 8 else 6 if price < 16 else 2 if price < 40 else 1
