# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.crm_dashboards.analytics.rhythm import whole_days
from odoo.addons.crm_dashboards.models.overdue_order_sql import get_today_sql
from odoo.addons.crm_dashboards.models.rpc import rpc
from odoo.addons.crm_dashboards.models.sql_field_mixin import sql_field

from ..nightly.leaving import FADING, LEAVING
from .leaving_sql import get_bought_since_sql, get_put_off_sql

KINDS = [(LEAVING, "Leaving quietly"), (FADING, "Fading for everybody")]


class CrmLeavingLine(models.Model):
    """A product that a customer who still orders has stopped buying.

    Dates are stored instead of ages.
    """

    _name = "crm.leaving.line"
    _inherit = ["crm.product.finding.mixin"]
    _description = "Line That Leaves"
    _rec_name = "product_tmpl_id"
    _order = "year_value DESC, id"

    currency_id = fields.Many2one(
        "res.currency", readonly=True, help="Of the company when these were made."
    )
    kind = fields.Selection(
        KINDS,
        required=True,
        readonly=True,
        help="Fading: others buy the product at less than half of its rate, too.",
    )
    last_date = fields.Date("Last Bought", required=True, readonly=True)
    found_on = fields.Date(
        required=True, readonly=True, help="First night that told of it."
    )
    interval_days = fields.Float(
        "Usual Interval (days)", readonly=True, aggregator="avg"
    )
    held_count = fields.Integer(
        "Orders With It",
        readonly=True,
        aggregator=None,
        help="Of the customer's last ten orders up to the last purchase.",
    )
    before_count = fields.Integer("Orders Before", readonly=True, aggregator=None)
    absent_count = fields.Integer(
        "Orders Without It",
        readonly=True,
        aggregator="avg",
        help="Of the customer, since the last purchase.",
    )
    year_value = fields.Monetary(
        "Value a Year",
        readonly=True,
        aggregator="sum",
        help="What the line came to in the last 365 days, as a year's rate.",
    )
    silent_days = sql_field(
        "silent_days",
        fields.Integer,
        string="Days Silent",
        aggregator="avg",
        help="Since the last purchase.",
    )
    is_open = sql_field(
        "is_open",
        fields.Boolean,
        string="Open",
        help="Neither snoozed, nor no loss, nor bought again meanwhile.",
    )
    evidence = fields.Char(compute="_compute_evidence")

    # A constraint, no bare index: only then Odoo merges two customers with lines.
    _line_unique = models.Constraint(
        "UNIQUE(partner_id, company_id, product_tmpl_id)",
        "One row per customer, company and product.",
    )
    _company_idx = models.Index("(company_id, kind)")
    _template_idx = models.Index("(product_tmpl_id)")

    def _get_silent_days_sql(self, alias, query):
        return SQL(
            "(%s - %s)",
            get_today_sql(self.env, self._field_to_sql(alias, "company_id", query)),
            self._field_to_sql(alias, "last_date", query),
        )

    def _get_is_open_sql(self, alias, query):
        names = ("partner_id", "company_id", "product_tmpl_id", "last_date")
        columns = self._get_columns_sql(alias, query, *names)
        return SQL(
            "(NOT %s AND NOT %s)",
            get_put_off_sql(self.env, *columns),
            get_bought_since_sql(self.env, *columns),
        )

    def _compute_evidence(self):
        for line in self:
            line.evidence = line._get_evidence()

    def _get_evidence(self):
        """Say in one sentence what speaks for it."""
        self.ensure_one()
        return self.env._(
            "in %(held)s of %(before)s orders before, in none of the %(absent)s since; "
            "every %(interval)s days, last %(silent)s days ago",
            held=self.held_count,
            before=self.before_count,
            absent=self.absent_count,
            interval=whole_days(self.interval_days),
            silent=self.silent_days,
        )

    def _get_shown_domain(self, company):
        """Return the domain of the lines of ``company`` that leave quietly."""
        return (
            company._get_crm_figures_domain()
            & Domain("kind", "=", LEAVING)
            & Domain("is_open", "=", True)
        )

    # ------------------------------------------------------------------
    # What one does with lines
    # ------------------------------------------------------------------

    @rpc
    def action_snooze(self):
        """Ask until when these lines are put off."""
        title = self.env._("Snooze %(count)s lines", count=len(self))
        if len(self) == 1:
            title = self.env._("Snooze %(line)s", line=self._get_title())
        return self._open_decision("snooze", title)

    @rpc
    def action_not_a_loss(self):
        """Ask why these lines are no loss."""
        title = self.env._("Not a Loss: %(count)s lines", count=len(self))
        if len(self) == 1:
            title = self.env._("Not a Loss: %(line)s", line=self._get_title())
        return self._open_decision("not_a_loss", title)

    @rpc
    def action_schedule_activity(self):
        """Ask when these customers are to be called."""
        self.check_access("read")
        return self.env["crm.call.wizard"]._get_action(self.partner_id, "plan")

    @rpc(one=True)
    def action_open_customer(self):
        """Open the customer of this line."""
        return self._open_customer()

    def _get_title(self):
        """Return product and customer of a line."""
        return f"{self.product_tmpl_id.name}, {self.partner_id.display_name}"

    def _open_decision(self, decision, title):
        """Return the dialog of missing orders, about these lines."""
        self.check_access("read")
        metrics = self.env["crm.customer.metric"].search(
            Domain("partner_id", "in", self.partner_id.ids)
            & Domain("company_id", "in", self.company_id.ids)
        )
        action = metrics._open_decision(decision, title)
        action["context"]["default_leaving_line_ids"] = self.ids
        return action
