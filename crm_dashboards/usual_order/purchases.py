# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The products of one customer, the most usual first."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from ..analytics.history import day_number, day_to_date
from ..analytics.usual_order import usual_order
from .bought_lines import read_lines
from .successors import find_successors, get_offered

GONE_PRODUCTS = 5
GONE_DAYS = 365


@dataclass(frozen=True)
class Bought:
    """A product that can be ordered, as the customer bought it and its predecessors.

    Attributes
    ----------
    product : product.product
    unit : uom.uom
        In which it was bought last; the product's where that is no such unit.
    quantity : float or None
        As usual, in ``unit``; None where none of the lines can be told in it.
    low, high : float or None
        Quartiles of the last ten quantities.
    value : float or None
        Median of the lines that ``quantity`` comes from, in the company's currency.
    recent : int
        How many of the last orders held it, whatever the variant.
    last_day : date
    due_day : date or None
        None without a rhythm.
    last_quantity : float
        In ``last_unit``, as in the last order.
    last_unit : uom.uom
    last_price : float or None
        Net, of one ``unit``, in ``last_currency``.
    last_currency : res.currency
    """

    product: object
    unit: object
    quantity: float | None
    low: float | None
    high: float | None
    value: float | None
    recent: int
    last_day: date
    due_day: date | None
    last_quantity: float
    last_unit: object
    last_price: float | None
    last_currency: object


@dataclass(frozen=True)
class Gone:
    """A product that is not sold any more; ``successor`` may be none."""

    product: object
    last_day: date
    successor: object


class Purchases:
    """What the customer of a Scope bought, of the orders the user may read."""

    def __init__(self, scope):
        self.scope = scope
        self.lines = read_lines(scope)
        products = scope.env["product.product"].with_context(active_test=False)
        self._bought = products.union(*(line.product for line in self.lines))
        offered = get_offered(self._bought)
        self._left = (self._bought - offered)._filtered_access("read")
        self._orderable = {product: product for product in offered}
        self._orderable.update(find_successors(self._left))

    # ------------------------------------------------------------------
    # What may be proposed
    # ------------------------------------------------------------------

    @cached_property
    def usual(self):
        """Products of a usual order, list of Bought."""
        return self._flatten(0, self.line_count)

    @cached_property
    def sometimes(self):
        """Up to twice as many that follow, list of Bought."""
        return self._flatten(self.line_count, 3 * self.line_count)

    @cached_property
    def large(self):
        """{product: quantity in the last large order}, where orders differ much."""
        quantities = {}
        for line in self.lines:
            product = self._follow(line.product)
            if line.day == self._by_template.large_day and product:
                quantity = self._convert(line, product)
                quantities[product] = quantities.get(product, 0) + quantity
        return {
            product: product.uom_id.round(quantity)
            for product, quantity in quantities.items()
            if not np.isnan(quantity)
        }

    @cached_property
    def gone(self):
        """The newest products that are not sold any more, list of Gone."""
        last_days = {line.product: line.day for line in self.lines}
        newest = sorted(last_days, key=lambda product: -last_days[product])
        oldest = day_number(self.scope.today) - GONE_DAYS
        return [
            Gone(product, day_to_date(last_days[product]), self._follow(product))
            for product in newest
            if product in self._left and last_days[product] >= oldest
        ][:GONE_PRODUCTS]

    def find(self, product):
        """Return the Bought of a product, None where it was never bought or is gone."""
        place = self._places.get(product.id)
        if place is None or product not in self._last_lines:
            return None
        usage = self._by_product
        template = self._template_places[product.product_tmpl_id.id]
        last = self._last_lines[product]
        due_day = int(self._by_template.due_day[template])
        return Bought(
            product=product,
            unit=self._get_unit(product),
            quantity=self._get_quantity(product, place),
            low=_known(usage.low[place]),
            high=_known(usage.high[place]),
            value=_known(usage.value[place]),
            recent=int(self._by_template.recent[template]),
            last_day=day_to_date(last.day),
            due_day=day_to_date(due_day) if due_day else None,
            last_quantity=last.quantity,
            last_unit=last.unit,
            last_price=_known(last.amount / self._convert(last, product)),
            last_currency=last.currency,
        )

    # ------------------------------------------------------------------
    # Orders
    # ------------------------------------------------------------------

    @property
    def order_count(self):
        """Orders looked back on; those of a day are one."""
        return self._by_template.order_count

    @property
    def line_count(self):
        """Products of a usual order, whatever their variants."""
        return self._by_template.line_count

    @property
    def large_day(self):
        """Date of the last large order, None where orders do not differ much."""
        day = self._by_template.large_day
        return day and day_to_date(day)

    @property
    def mean_value(self):
        """Of the orders looked back on, in the company's currency."""
        days = sorted({line.day for line in self.lines})[-self.order_count :]
        values = [line.value for line in self.lines if line.day >= days[0]]
        return sum(values) / len(days) if days else 0.0

    # ------------------------------------------------------------------
    # Products, and what replaced them
    # ------------------------------------------------------------------

    def _follow(self, product):
        """Return the product to order instead, itself where it is offered."""
        return self._orderable.get(product, product.browse())

    def _flatten(self, start, stop):
        """Return the variants, list of Bought, of some of the usual templates."""
        return [
            self.find(product)
            for variants in self._variants[start:stop]
            for product in variants
        ]

    @cached_property
    def _variants(self):
        """Products of each template that can be ordered, the most usual one first.

        Of a template with variants those in the last order that held some of them.
        """
        by_template = {}
        usage = self._by_product
        last_days = dict(
            zip(usage.product.tolist(), usage.last_day.tolist(), strict=True)
        )
        for product in dict.fromkeys(self._orderable.values()):
            days = by_template.setdefault(product.product_tmpl_id.id, {})
            days[product] = last_days[product.id]
        return [
            [product for product, day in days.items() if day == max(days.values())]
            for template in self._get_recent_templates()
            if (days := by_template.get(template))
        ]

    def _get_recent_templates(self):
        usage = self._by_template
        return usage.product[usage.recent > 0].tolist()

    # ------------------------------------------------------------------
    # How usual they are
    # ------------------------------------------------------------------

    @cached_property
    def _by_product(self):
        quantities = [
            self._convert(line, self._follow(line.product)) for line in self.lines
        ]
        return self._analyse(self._get_product_id, quantities)

    @cached_property
    def _by_template(self):
        quantities = [line.quantity for line in self.lines]
        return self._analyse(self._get_template_id, quantities)

    def _analyse(self, get_key, quantities):
        return usual_order(
            np.array([line.day for line in self.lines], dtype=np.int64),
            np.array([get_key(line) for line in self.lines], dtype=np.int64),
            np.array(quantities, dtype=float),
            np.array([line.value for line in self.lines], dtype=float),
        )

    def _get_product_id(self, line):
        return (self._follow(line.product) or line.product).id

    def _get_template_id(self, line):
        product = self._follow(line.product) or line.product
        return product.sudo().product_tmpl_id.id  # no more than a number

    @cached_property
    def _places(self):
        return {key: n for n, key in enumerate(self._by_product.product.tolist())}

    @cached_property
    def _template_places(self):
        return {key: n for n, key in enumerate(self._by_template.product.tolist())}

    # ------------------------------------------------------------------
    # Quantities in units
    # ------------------------------------------------------------------

    @cached_property
    def _last_lines(self):
        return {self._follow(line.product): line for line in self.lines}

    @cached_property
    def _units(self):
        """{product: the unit it was bought in last, of those it can be sold in}."""
        units = {}
        for line in self.lines:
            product = self._follow(line.product)
            if product and line.unit._has_common_reference(product.uom_id):
                units[product] = line.unit
        return units

    def _get_unit(self, product):
        return self._units.get(product, product.uom_id)

    def _convert(self, line, product):
        """Return the quantity of a line in the unit of a product to order.

        NaN where the units have nothing in common. Where there is no such product, what
        it is does not matter.
        """
        unit = product and self._get_unit(product)
        if not unit:
            return line.quantity
        if not line.unit._has_common_reference(unit):
            return float("nan")
        return line.quantity * line.unit.factor / unit.factor

    def _get_quantity(self, product, place):
        quantity = _known(self._by_product.quantity[place])
        if quantity is None:
            return None
        unit = self._get_unit(product)
        return unit.round(quantity) or unit.rounding


def _known(number):
    return None if np.isnan(number) else float(number)
