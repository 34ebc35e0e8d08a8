# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools import SQL

from odoo.addons.crm_dashboards.models.answer import answer
from odoo.addons.crm_dashboards.models.overdue_order_sql import get_today_sql
from odoo.addons.crm_dashboards.models.rpc import rpc
from odoo.addons.crm_dashboards.models.sql_field_mixin import sql_field
from odoo.addons.crm_dashboards.tiles.words import format_count

from ..nightly.decisions_sql import get_dismissed_sql
from ..nightly.proposals import PROPOSED_DAYS
from .proposal_sql import get_bought_lately_sql


class CrmProductProposal(models.Model):
    """A product that a customer never bought, while those who buy like him do.

    Found once a week.
    """

    _name = "crm.product.proposal"
    _inherit = ["crm.product.finding.mixin"]
    _description = "Proposal of a Product"
    _rec_name = "product_tmpl_id"
    _order = "partner_id, rank, id"

    currency_id = fields.Many2one(related="company_id.currency_id")
    product_id = fields.Many2one(
        "product.product",
        "Variant",
        required=True,
        ondelete="cascade",
        readonly=True,
        help="The one that most orders hold.",
    )
    rank = fields.Integer(
        required=True, readonly=True, aggregator=None, help="1 is the best."
    )
    first_tmpl_id = fields.Many2one(
        "product.template", "Bought Product", ondelete="set null", readonly=True
    )
    second_tmpl_id = fields.Many2one(
        "product.template", "Second Bought Product", ondelete="set null", readonly=True
    )
    behind_count = fields.Integer(
        "Others Like Them",
        required=True,
        readonly=True,
        aggregator=None,
        help="Other customers who buy what this one buys.",
    )
    taking_count = fields.Integer(
        "Those Who Buy It", required=True, readonly=True, aggregator=None
    )
    quantity = fields.Float(
        "First Quantity",
        readonly=True,
        digits="Product Unit",
        aggregator=None,
        help="Median of what customers took of it the first time.",
    )
    uom_id = fields.Many2one(related="product_tmpl_id.uom_id")
    proposed_on = fields.Date("Proposed Since", required=True, readonly=True)
    is_dismissed = sql_field(
        "is_dismissed",
        fields.Boolean,
        string="Not for Them",
        help="Somebody said so; it can be taken back.",
    )
    is_open = sql_field(
        "is_open",
        fields.Boolean,
        string="Open",
        help="For 90 days, unless somebody said that it is not for them, or it was "
        "bought meanwhile.",
    )
    today_value = fields.Monetary(
        "Value at Today's Price",
        compute="_compute_today_value",
        help="Of the first quantity, by the customer's pricelist.",
    )
    reason = fields.Char(compute="_compute_reason")

    # A constraint, no bare index: only then Odoo merges two customers with proposals.
    _proposal_unique = models.Constraint(
        "UNIQUE(partner_id, company_id, product_tmpl_id)",
        "One row per customer, company and product.",
    )
    _template_idx = models.Index("(product_tmpl_id)")
    _company_idx = models.Index("(company_id)")

    def _get_is_dismissed_sql(self, alias, query):
        return get_dismissed_sql(self.env, *self._get_keys_sql(alias, query))

    def _get_is_open_sql(self, alias, query):
        keys = self._get_keys_sql(alias, query)
        proposed_on = self._field_to_sql(alias, "proposed_on", query)
        return SQL(
            "(%(date)s > %(today)s - %(days)s"
            " AND NOT %(dismissed)s AND NOT %(bought)s)",
            date=proposed_on,
            today=get_today_sql(self.env, keys[1]),
            days=PROPOSED_DAYS,
            dismissed=get_dismissed_sql(self.env, *keys),
            bought=get_bought_lately_sql(self.env, *keys),
        )

    def _get_keys_sql(self, alias, query):
        return self._get_columns_sql(
            alias, query, "partner_id", "company_id", "product_tmpl_id"
        )

    @api.depends("partner_id", "product_id", "quantity")
    @api.depends_context("company")
    def _compute_today_value(self):
        for proposal in self:
            proposal = proposal.with_company(proposal.company_id)
            quantity = proposal.quantity or 1.0
            price = proposal.partner_id.property_product_pricelist._get_product_price(
                proposal.product_id, quantity, currency=proposal.currency_id
            )
            proposal.today_value = price * quantity

    def _compute_reason(self):
        for proposal in self:
            proposal.reason = proposal._get_reason()

    def _get_reason(self):
        """Say in one sentence who is behind it."""
        self.ensure_one()
        words = {
            "taking": format_count(self.env, self.taking_count),
            "behind": format_count(self.env, self.behind_count),
            "first": self.first_tmpl_id.name,
            "second": self.second_tmpl_id.name,
        }
        if not self.first_tmpl_id:
            return self.env._(
                "%(taking)s of %(behind)s customers alike buy it",
                taking=words["taking"],
                behind=words["behind"],
            )
        if not self.second_tmpl_id:
            return self.env._(
                "%(taking)s of %(behind)s other customers who buy %(first)s buy it",
                taking=words["taking"],
                behind=words["behind"],
                first=words["first"],
            )
        return self.env._(
            "%(taking)s of %(behind)s other customers who buy %(first)s and %(second)s "
            "buy it",
            **words,
        )

    def _get_shown_domain(self, company):
        """Return the domain of the proposals that stand in ``company``."""
        if company.sudo().crm_metric_refresh_ids._has_poor_proposals():
            return Domain.FALSE
        return Domain("company_id", "=", company.id) & Domain("is_open", "=", True)

    # ------------------------------------------------------------------
    # What one does with proposals
    # ------------------------------------------------------------------

    @rpc
    def action_not_for_them(self):
        """Let these proposals go: they are not for these customers."""
        self.env["crm.proposal.decision"]._decide(self, "not_for_them")
        words = {"product": self[:1].product_tmpl_id.name, "count": len(self)}
        message = self.env._("%(count)s products are not proposed any more.", **words)
        if len(self) == 1:
            message = self.env._("%(product)s is not proposed any more.", **words)
        return answer(message, self, "action_take_back")

    @rpc
    def action_take_back(self):
        """Propose again what was said not to be for these customers."""
        self.check_access("read")
        dismissed = self.filtered("is_dismissed")
        self.env["crm.proposal.decision"]._decide(dismissed, "take_back")
        return answer(self.env._("Proposed again: %(count)s.", count=len(dismissed)))

    @rpc(one=True)
    def action_open_customer(self):
        """Open the customer of this proposal."""
        return self._open_customer()

    @rpc
    def action_add_to_quotation(self):
        """Add these products to the user's open draft for their customer.

        :raise UserError: of several customers
        """
        self.check_access("read")
        if len(self.partner_id) != 1:
            raise UserError(
                self.env._("Please choose products to propose to one customer.")
            )
        order = self._get_draft() or self._create_draft()
        there = order.order_line.product_id
        order.write(
            {
                "order_line": [
                    Command.create(proposal._prepare_line())
                    for proposal in self
                    if proposal.product_id not in there
                ]
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Quotation"),
            "res_model": "sale.order",
            "res_id": order.id,
            "views": [(False, "form")],
        }

    def _get_draft(self):
        """Return the user's own newest draft for the customer, or none."""
        order = self.env["sale.order"]
        domain = (
            Domain("state", "=", "draft")
            & Domain("company_id", "=", self.company_id.id)
            & Domain("user_id", "=", self.env.uid)
            & Domain("partner_id.commercial_partner_id", "=", self.partner_id.id)
        )
        if "website_id" in order._fields:  # a cart is the customer's own
            domain &= Domain("website_id", "=", False)
        return order.search(domain, order="create_date DESC, id DESC", limit=1)

    def _create_draft(self):
        """Make a quotation of the user's own: with own documents alone, the salesperson
        of the customer could not be given to it.

        Nobody asked for it: until it is sent it is none to follow up.
        """
        order = self.env["sale.order"].create(
            {
                "partner_id": self.partner_id.id,
                "company_id": self.company_id.id,
                "user_id": self.env.uid,
            }
        )
        order.sudo().crm_is_usual_order = True  # nobody else may write it
        return order

    def _prepare_line(self):
        return {
            "product_id": self.product_id.id,
            "product_uom_id": self.product_id.uom_id.id,
            "product_uom_qty": self.quantity or 1.0,
        }
