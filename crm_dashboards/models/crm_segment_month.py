# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.tools import SQL

from ..analytics.rfm_moves import SEGMENT_STANDING
from .figure_selections import SEGMENT_SELECTION


class CrmSegmentMonth(models.Model):
    """The segment of each customer at the end of a month, and the one before.

    From the month ends that the night keeps. Of these it tells nothing but the
    segments, and of those customers whose figures the user may read.
    """

    _name = "crm.segment.month"
    _description = "RFM Segment at a Month End"
    _auto = False
    _rec_name = "partner_id"
    _order = "date DESC, id"
    _depends = {
        "crm.month.end": ["company_id", "date"],
        "crm.month.end.line": [
            "month_end_id",
            "partner_id",
            "recorded_partner_id",
            "segment",
        ],
    }

    date = fields.Date("Month End", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    user_id = fields.Many2one(
        related="partner_id.crm_account_manager_id", string="Account Manager"
    )
    segment_before = fields.Selection(
        SEGMENT_SELECTION,
        "Segment a Month Before",
        readonly=True,
        help="Empty where the customer had none, or the month before is not recorded.",
    )
    segment = fields.Selection(SEGMENT_SELECTION, "RFM Segment", readonly=True)
    direction = fields.Selection(
        [("up", "Up"), ("down", "Down")],
        readonly=True,
        help="Empty where the customer stayed in its segment.",
    )

    @property
    def _table_query(self):
        """By the customer of then: a merge puts two lines of a month under one."""
        return SQL(
            """
            SELECT line.id, month.date, month.company_id, line.partner_id,
                   line.segment, before.segment AS segment_before,
                   CASE SIGN(ARRAY_POSITION(%(standing)s, before.segment)
                             - ARRAY_POSITION(%(standing)s, line.segment))
                        WHEN 1 THEN 'up' WHEN -1 THEN 'down' END AS direction
              FROM crm_month_end_line line
              JOIN crm_month_end month ON month.id = line.month_end_id
              LEFT JOIN crm_month_end last
                ON last.company_id = month.company_id
               AND last.date = DATE_TRUNC('month', month.date)::date - 1
              LEFT JOIN crm_month_end_line before
                ON before.month_end_id = last.id
               AND before.recorded_partner_id = line.recorded_partner_id
             WHERE line.segment IS NOT NULL
            """,
            standing=SQL("%s::varchar[]", list(SEGMENT_STANDING)),
        )
