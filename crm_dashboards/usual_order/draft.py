# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Quotations of what was proposed: as they would be, and as they are made."""

from dataclasses import dataclass

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain

from ..models.plain import is_id
from .successors import get_offered_domain

MAX_ITEMS = 200
MAX_QUANTITY = 10**9
KEYS = {"product_id", "unit_id", "quantity", "ticked"}


@dataclass(frozen=True)
class Item:
    """So many of a product; ``ticked`` where it is to be ordered."""

    product: object
    unit: object
    quantity: float
    ticked: bool = True


@dataclass(frozen=True)
class Price:
    """What an Item costs today, before tax and in the currency of the quotation."""

    unit_price: float
    discount: float
    subtotal: float


class Preview:
    """The quotation of some Items as it would be, priced by Odoo; nothing is stored."""

    def __init__(self, partner, items):
        self._partner = partner
        self._items = items
        self.order = _imagine_order(partner, items)
        self.prices = [
            _get_price(line, item)
            for line, item in zip(self.order.order_line, items, strict=True)
        ]

    @property
    def currency(self):
        return self.order.currency_id

    def get_warnings(self):
        """Return what Odoo's own banners would say of what is ticked."""
        ticked = [item for item in self._items if item.ticked]
        order = self.order
        if len(ticked) < len(self._items):
            order = _imagine_order(self._partner, ticked)
        texts = (order.partner_credit_warning, order.sale_warning_text)
        return [text for text in texts if text]

    def to_company(self, amount):
        """An amount of the quotation in the company's currency."""
        return self._convert(amount, self.currency, self.order.company_id.currency_id)

    def from_currency(self, amount, currency):
        """An amount in the currency of the quotation, at today's rate."""
        return self._convert(amount, currency, self.currency)

    def _convert(self, amount, currency, other):
        company = self.order.company_id
        today = fields.Date.context_today(self.order)
        return currency._convert(amount, other, company, today, round=False)


def _imagine_order(partner, items):
    values = {
        **prepare_order(partner, items),
        "date_order": fields.Datetime.now(),
    }
    return partner.env["sale.order"].new(values)


def _get_price(line, item):
    net = line.price_subtotal / item.quantity if item.quantity else 0.0
    return Price(net, line.discount, line.price_subtotal)


def prepare_order(partner, items):
    """Return the values of a quotation of some Items for a customer.

    Whoever reads only his own documents is its salesperson: Odoo would take the
    customer's, and refuse the lines then.
    """
    env = partner.env
    values = {
        "partner_id": partner.id,
        "company_id": env.company.id,
        "order_line": [Command.create(prepare_line(item)) for item in items],
    }
    if not env.user._reads_all_crm_orders():
        values["user_id"] = env.uid
    return values


def prepare_line(item):
    """Return the values of a line; price and discount are the pricelist's."""
    return {
        "product_id": item.product.id,
        "product_uom_id": item.unit.id,
        "product_uom_qty": item.quantity,
    }


def parse_items(env, lines):
    """Return the Items that the browser sent.

    :param lines: list of dicts {product_id, unit_id, quantity, ticked}
    :raise ValidationError: unreadable, or a product that cannot be ordered
    """
    if not isinstance(lines, list) or not all(map(_is_readable, lines)):
        raise ValidationError(env._("The request is not readable."))
    if len(lines) > MAX_ITEMS:
        raise ValidationError(
            env._("A quotation from here has at most %(count)s lines.", count=MAX_ITEMS)
        )
    asked = [line["product_id"] for line in lines]
    if len(set(asked)) < len(asked):
        raise ValidationError(env._("A product stands there twice."))
    products = env["product.product"].search(
        get_offered_domain(env) & Domain("id", "in", asked)
    )
    units = env["uom.uom"].browse({line["unit_id"] for line in lines}).exists()
    return [_parse_item(env, line, products, units) for line in lines]


def _is_readable(line):
    return (
        isinstance(line, dict)
        and set(line) <= KEYS
        and is_id(line.get("product_id"))
        and is_id(line.get("unit_id"))
        and isinstance(line.get("quantity"), int | float)
        and not isinstance(line["quantity"], bool)
        and 0 < line["quantity"] <= MAX_QUANTITY
        and isinstance(line.get("ticked", True), bool)
    )


def _parse_item(env, line, products, units):
    product = products.filtered(lambda each: each.id == line["product_id"])
    unit = units.filtered(lambda each: each.id == line["unit_id"])
    if not product or not unit or not unit._has_common_reference(product.uom_id):
        raise UserError(
            env._(
                "One of the products cannot be ordered any more. Please open the usual "
                "order anew."
            )
        )
    quantity = unit.round(line["quantity"])
    return Item(product, unit, quantity, line.get("ticked", True))
