# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dataclasses import dataclass

from odoo import api, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain

from ..tiles.words import format_amount, format_exact_amount
from ..usual_order import draft as drafts
from ..usual_order.purchases import Purchases
from ..usual_order.successors import get_offered_domain
from ..usual_order.words import describe_bought, describe_due, format_quantity
from .date_words import format_day
from .plain import is_id
from .rpc import rpc

SUSPICIOUS = 3  # times the usual value of a line, or a part of it


@dataclass(frozen=True)
class Line:
    """A product that the dialogue proposes.

    Attributes
    ----------
    item : Item
        What is put into the quotation.
    evidence : str
        Why, in a small line.
    bought : Bought or None
        How the customer bought it; None if never.
    due : tuple (str, bool) or None
        When it is due, and whether it is late.
    """

    item: drafts.Item
    evidence: str
    bought: object = None
    due: tuple | None = None


@dataclass(frozen=True)
class Section:
    """Lines below a title; those of the first section have none."""

    code: str
    title: str
    lines: tuple


class CrmUsualOrder(models.AbstractModel):
    """The dialogue that proposes what a customer usually orders.

    All is read and written as the user who looks. An addon adds a section by
    ``_get_special_sections``.
    """

    _name = "crm.usual.order"
    _description = "Usual Order"

    # ------------------------------------------------------------------
    # What the browser calls
    # ------------------------------------------------------------------

    @api.model
    @api.readonly
    @rpc
    def get_proposal(self, customer_id):
        """Propose what a customer may order, at today's prices.

        :param int customer_id: a partner, maybe a contact of the customer
        :return: dict ``{title, subtitle, message, sections, gone, large, draft,
            notices, usual, currency_id, digits, can_create, product_domain}``;
            ``message`` says why there is nothing to propose
        :raise AccessError: no access to dashboards, or to the customer
        """
        scope = self._enter(customer_id)
        proposal = {
            "title": self.env._(
                "Usual order: %(customer)s", customer=scope.customer.display_name
            ),
            "subtitle": "",
            "message": False,
            "sections": [],
            "gone": [],
            "large": False,
            "draft": False,
            "notices": [],
            "usual": False,
            "currency_id": scope.currency.id,
            "digits": self.env["decimal.precision"].precision_get("Product Unit"),
            "can_create": self.env["sale.order"].has_access("create"),
            "product_domain": list(get_offered_domain(self.env)),
        }
        if not self.env["sale.order.line"].has_access("read"):
            words = self.env._("You may not read the orders of this customer.")
            return {**proposal, "message": words}
        purchases = Purchases(scope)
        sections = self._get_sections(scope, purchases)
        if not purchases.lines:
            words = self.env._("There is no order of this customer that you may read.")
            return {**proposal, "message": words}
        proposal.update(
            subtitle=self._get_subtitle(purchases),
            gone=[self._make_gone(scope, gone) for gone in purchases.gone],
            draft=self._describe_draft(scope),
            **self._price(scope, customer_id, sections, purchases),
        )
        if not any(section.lines for section in sections):
            proposal["message"] = self.env._(
                "Nothing that this customer ordered lately is sold any more."
            )
        return proposal

    @api.model
    @api.readonly
    @rpc
    def get_prices(self, customer_id, lines):
        """Return today's prices, and what Odoo warns of.

        :param int customer_id: a partner, maybe a contact of the customer
        :param lines: list of ``{product_id, unit_id, quantity, ticked}``
        :return: ``{prices: [{unit_price, discount, subtotal}] in the order of lines,
            notices: list of str}``
        :raise ValidationError: unreadable
        :raise UserError: a product that cannot be ordered any more
        """
        self._enter(customer_id)
        items = drafts.parse_items(self.env, lines)
        preview = drafts.Preview(self._get_partner(customer_id), items)
        return {
            "prices": [_price_to_wire(price) for price in preview.prices],
            "notices": preview.get_warnings(),
        }

    @api.model
    @api.readonly
    @rpc
    def get_line(self, customer_id, product_id):
        """Return the line of a product that the user adds to the proposal.

        :param int customer_id: a partner, maybe a contact of the customer
        :param int product_id: a product.product
        :return: dict as a line of :meth:`get_proposal`
        :raise UserError: the product cannot be ordered
        """
        scope = self._enter(customer_id)
        domain = get_offered_domain(self.env)
        product = self.env["product.product"].search(
            domain & Domain("id", "=", product_id if is_id(product_id) else False)
        )
        if not product:
            raise UserError(self.env._("This product cannot be ordered."))
        purchases = Purchases(scope)
        line = self._make_line(scope, purchases, product, ticked=True)
        sections = [Section("added", "", (line,))]
        priced = self._price(scope, customer_id, sections, purchases)
        return priced["sections"][0]["lines"][0]

    @api.model
    @rpc
    def create_quotation(self, customer_id, lines, order_id=False):
        """Make a quotation of the chosen lines, or add them to one that is a draft.

        Price and discount are the pricelist's. What stands in the draft is left alone.

        :param int customer_id: the partner it is for, maybe a contact of the customer
        :param lines: list of ``{product_id, unit_id, quantity}``
        :param int order_id: the draft to add to, as :meth:`get_proposal` named it
        :return: dict, the action that opens the quotation
        :raise ValidationError: unreadable, or nothing chosen
        :raise UserError: a product cannot be ordered, or the draft is none any more
        """
        scope = self._enter(customer_id)
        items = drafts.parse_items(self.env, lines)
        if not items:
            raise ValidationError(self.env._("Please choose at least one product."))
        if order_id:
            order = self._add_to_draft(scope, order_id, items)
        else:
            partner = self._get_partner(customer_id)
            values = drafts.prepare_order(partner, items)
            order = self.env["sale.order"].create(values)
            order.sudo().crm_is_usual_order = True  # nobody else may write it
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Quotation"),
            "res_model": "sale.order",
            "res_id": order.id,
            "views": [(False, "form")],
        }

    def _enter(self, customer_id):
        """Return the Scope of the customer, of the current company."""
        return self.env["crm.dashboard.tile"]._enter_customer(customer_id)

    def _get_partner(self, customer_id):
        return self.env["res.partner"].browse(customer_id)

    def _get_action(self, partner):
        """Return the action that opens the dialogue for a partner."""
        return {
            "type": "ir.actions.client",
            "tag": "crm_dashboards.usual_order",
            "name": self.env._("Usual order"),
            "params": {"customer_id": partner.id},
        }

    # ------------------------------------------------------------------
    # What is proposed
    # ------------------------------------------------------------------

    def _get_sections(self, scope, purchases):
        """Return the Sections of a proposal; each product stands in one only."""
        special = self._get_special_sections(scope, purchases)
        taken = {line.item.product for section in special for line in section.lines}

        def make_lines(bought, ticked):
            return tuple(
                self._make_line(scope, purchases, each.product, ticked)
                for each in bought
                if each.product not in taken
            )

        usual = make_lines(purchases.usual, ticked=True)
        sometimes = make_lines(purchases.sometimes, ticked=False)
        shown = {line.item.product for line in (*usual, *sometimes)} | taken
        large = tuple(
            self._make_line(scope, purchases, product, ticked=False)
            for product in purchases.large
            if product not in shown
        )
        is_late = {line: bool(line.due and line.due[1]) for line in sometimes}
        return [
            Section("usual", "", usual),
            Section(
                "sometimes",
                self.env._("Sometimes"),
                tuple(sorted(sometimes, key=lambda line: not is_late[line])),
            ),
            *special,
            Section("large", self.env._("In the last large order"), large),
        ]

    def _get_special_sections(self, _scope, _purchases):
        """Return Sections of products that stand there and nowhere else.

        For addons: such as what the customer stopped buying.
        """
        return []

    def _make_line(self, scope, purchases, product, ticked):
        """Return the Line of a product, as it was bought or as any other is."""
        bought = purchases.find(product)
        if bought is None:
            item = drafts.Item(product, product.uom_id, 1.0, ticked)
            return Line(item, self.env._("never ordered"))
        item = drafts.Item(product, bought.unit, bought.quantity or 1.0, ticked)
        return Line(
            item,
            describe_bought(self.env, bought, purchases.order_count),
            bought,
            describe_due(self.env, bought.due_day, scope.today),
        )

    def _get_subtitle(self, purchases):
        words = self.env._(
            "From the last %(count)s orders, at today's prices for this customer.",
            count=purchases.order_count,
        )
        if purchases.order_count == 1:
            words = self.env._(
                "From the only order, at today's prices for this customer."
            )
        if self.env.user._reads_all_crm_orders():
            return words
        return " ".join((words, self.env._("Of the orders you may read.")))

    def _make_gone(self, scope, gone):
        day = format_day(self.env, gone.last_day)
        words = self.env._("last %(date)s", date=day)
        if gone.successor:
            words = self.env._(
                "last %(date)s · replaced by %(product)s",
                date=day,
                product=gone.successor.display_name,
            )
        return {
            "product_id": gone.product.id,
            "name": gone.product.display_name,
            "note": words,
        }

    # ------------------------------------------------------------------
    # At today's prices
    # ------------------------------------------------------------------

    def _price(self, scope, customer_id, sections, purchases):
        """Return what of a proposal depends on prices, as the browser gets it."""
        lines = [line for section in sections for line in section.lines]
        items = [line.item for line in lines]
        preview = drafts.Preview(self._get_partner(customer_id), items)
        prices = dict(zip(lines, preview.prices, strict=True))
        return {
            "currency_id": preview.currency.id,
            "notices": preview.get_warnings(),
            "usual": self._describe_usual_value(scope, preview, purchases),
            "large": self._describe_large(scope, purchases),
            "sections": [
                {
                    "code": section.code,
                    "title": section.title,
                    "lines": [
                        self._line_to_wire(line, prices[line], preview, purchases)
                        for line in section.lines
                    ],
                }
                for section in sections
                if section.lines
            ],
        }

    def _line_to_wire(self, line, price, preview, purchases):
        item = line.item
        warning = self._find_warning(line, price, preview)
        due, is_late = line.due or (False, False)
        return {
            "product_id": item.product.id,
            "name": item.product.display_name,
            "evidence": line.evidence,
            "due": due,
            "is_late": is_late,
            "unit_id": item.unit.id,
            "unit": item.unit.name,
            "quantity": item.quantity,
            "ticked": item.ticked and not warning,
            "warning": warning,
            "last_price": self._get_last_price(line, price, preview),
            "stock": self._describe_stock(line, preview),
            "large_quantity": purchases.large.get(item.product, False),
            **_price_to_wire(price),
        }

    def _find_warning(self, line, price, preview):
        """Say why a line is not to be trusted, False where it is."""
        bought = line.bought
        if bought is None:
            return False
        if bought.quantity is None:
            return self.env._(
                "Unit changed? It was ordered in %(unit)s.", unit=bought.last_unit.name
            )
        now = preview.to_company(price.subtotal)
        if bought.value / SUSPICIOUS <= now <= bought.value * SUSPICIOUS:
            return False
        company_currency = self.env.company.currency_id
        return self.env._(
            "Unit or price changed? Usually %(before)s, now %(now)s.",
            before=format_exact_amount(bought.value, company_currency),
            now=format_exact_amount(now, company_currency),
        )

    def _get_last_price(self, line, price, preview):
        """Return what one unit was sold for, False where that is today's price."""
        bought = line.bought
        if bought is None or bought.last_price is None:
            return False
        last = preview.from_currency(bought.last_price, bought.last_currency)
        currency = preview.currency
        is_same = currency.compare_amounts(last, price.unit_price) == 0
        return False if is_same else last

    def _describe_stock(self, line, preview):
        """Say how many are on hand, False where no stock is kept."""
        product, unit = line.item.product, line.item.unit
        if "warehouse_id" not in preview.order._fields or not product.is_storable:
            return False
        product = product.with_context(warehouse_id=preview.order.warehouse_id.id)
        count = product.uom_id._compute_quantity(
            product.qty_available, unit, rounding_method="DOWN"
        )
        return self.env._("%(count)s on hand", count=format_quantity(self.env, count))

    def _describe_usual_value(self, scope, preview, purchases):
        """Say what an order usually comes to; as *Next Order* where that knows."""
        value = scope.metric.expected_order_value or purchases.mean_value
        if not value:
            return False
        value = preview.from_currency(value, scope.currency)
        amount = format_amount(value, preview.currency)
        return self.env._("An order is usually about %(value)s.", value=amount)

    def _describe_large(self, scope, purchases):
        if not purchases.large:
            return False
        day = format_day(self.env, purchases.large_day)
        if len(purchases.large) == 1:
            return self.env._("As the large order of %(date)s (1 product)", date=day)
        return self.env._(
            "As the large order of %(date)s (%(count)s products)",
            date=day,
            count=len(purchases.large),
        )

    # ------------------------------------------------------------------
    # A draft that is there
    # ------------------------------------------------------------------

    def _get_draft_domain(self, scope):
        return (
            Domain("state", "=", "draft")
            & Domain("company_id", "=", scope.company.id)
            & scope.get_customer_domain()
        )

    def _describe_draft(self, scope):
        """Return the newest draft that the user may add to, False where none is."""
        draft = self.env["sale.order"].search(
            self._get_draft_domain(scope), order="create_date DESC, id DESC", limit=1
        )
        if not draft or not draft.has_access("write"):
            return False
        words = self.env._(
            "%(name)s of %(date)s is still a draft (%(value)s).",
            name=draft.name,
            date=format_day(self.env, draft.create_date.date()),
            value=format_exact_amount(draft.amount_untaxed, draft.currency_id),
        )
        return {"id": draft.id, "name": draft.name, "text": words}

    def _add_to_draft(self, scope, order_id, items):
        order = self.env["sale.order"].search(
            self._get_draft_domain(scope)
            & Domain("id", "=", order_id if is_id(order_id) else False)
        )
        if not order:
            raise UserError(self.env._("The draft was sent or deleted meanwhile."))
        order.check_access("write")
        there = order.order_line.product_id
        lines = [
            drafts.prepare_line(item) for item in items if item.product not in there
        ]
        order.order_line = [Command.create(line) for line in lines]
        return order


def _price_to_wire(price):
    return {
        "unit_price": price.unit_price,
        "discount": price.discount,
        "subtotal": price.subtotal,
    }
