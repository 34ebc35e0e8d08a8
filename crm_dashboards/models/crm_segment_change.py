# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import SQL

from ..analytics.rfm_moves import SEGMENT_STANDING
from .figure_selections import SEGMENT_SELECTION
from .record_action import open_record
from .rpc import rpc
from .sql_field_mixin import sql_field


class CrmSegmentChange(models.Model):
    """A customer's change of RFM segment, noted by the nightly job."""

    _name = "crm.segment.change"
    _inherit = ["crm.sql.field.mixin"]
    _description = "RFM Segment Change"
    _rec_name = "partner_id"
    _order = "date DESC, id DESC"

    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        required=True,
        ondelete="cascade",
        index=True,
        readonly=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, ondelete="cascade", readonly=True
    )
    user_id = fields.Many2one(
        related="partner_id.crm_account_manager_id", string="Account Manager"
    )
    date = fields.Date(required=True, readonly=True)
    segment_from = fields.Selection(
        SEGMENT_SELECTION, "Old Segment", required=True, readonly=True
    )
    segment_to = fields.Selection(
        SEGMENT_SELECTION, "New Segment", required=True, readonly=True
    )
    direction = fields.Selection(
        [("up", "Up"), ("down", "Down")],
        compute="_compute_direction",
        store=True,
    )
    cause = fields.Selection(
        [("orders", "Own orders"), ("time", "Time or others' orders")],
        required=True,
        readonly=True,
        help="Own orders: this customer ordered, or an order of it was changed or "
        "cancelled. Time or others' orders: the ranks changed around it, or old orders "
        "left the window.",
    )

    currency_id = fields.Many2one(related="company_id.currency_id")
    order_value = sql_field(
        "order_value",
        fields.Monetary,
        string="Value",
        help="Value of the customer's orders in the window, as of the last night.",
    )

    _company_date_idx = models.Index("(company_id, date)")

    @api.depends("segment_from", "segment_to")
    def _compute_direction(self):
        for move in self:
            climbed = SEGMENT_STANDING.index(move.segment_to) < SEGMENT_STANDING.index(
                move.segment_from
            )
            move.direction = "up" if climbed else "down"

    def _get_order_value_sql(self, alias, _query):
        """Whoever may read a change may read the figures of its customer."""
        return SQL(
            """(SELECT order_value
                  FROM crm_customer_metric
                 WHERE partner_id = %s AND company_id = %s)""",
            SQL.identifier(alias, "partner_id"),
            SQL.identifier(alias, "company_id"),
            to_flush=self.env["crm.customer.metric"]._fields["order_value"],
        )

    @rpc(one=True)
    def action_open_customer(self):
        """Open the customer that changed."""
        self.check_access("read")
        return open_record(self.partner_id)
