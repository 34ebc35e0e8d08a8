from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.misc import formatLang

from ..analytics.rfm import SEGMENTS, OrderFigures
from .copy_binary import read_columns
from .sql_field_mixin import sql_field

READER_GROUPS = (
    "sales_team.group_sale_salesman,"
    "account.group_account_invoice,"
    "account.group_account_readonly"
)
SEGMENT_SELECTION = [
    ("champions", "Champions"),
    ("loyal", "Loyal Customer"),
    ("potential_loyalist", "Potential Loyalist"),
    ("promising", "Promising"),
    ("new", "New Customer"),
    ("needs_attention", "Needs Attention"),
    ("about_to_sleep", "About to Sleep"),
    ("hibernating", "Hibernating"),
    ("at_risk", "At Risk"),
    ("dont_lose_them", "Don't Lose Them"),
]
ORDER_STATE_SELECTION = [
    ("expected", "Expected"),
    ("overdue", "Overdue"),
    ("missing", "Missing"),
    ("seasonal", "Seasonal pause"),
    ("given_up", "Given up"),
]
TREND_SELECTION = [
    ("growing", "Growing"),
    ("static", "Static"),
    ("declining", "Declining"),
]
LEFT_OUT_SELECTION = [
    ("excluded", "Left out by hand"),
    ("individual", "Individual"),
    ("never_invoiced", "Never invoiced"),
]


def is_figure(field):
    """Whether a field shows figures of a customer, or leads to them."""
    return field.groups and (
        field.groups == READER_GROUPS or field.comodel_name == "crm.customer.metric"
    )


class CrmCustomerMetric(models.Model):
    """What the nightly job knows of a customer in a company.

    Only the job writes here, so that a user never waits for it nor breaks it. Dates are
    stored instead of ages: a quiet night rewrites no row.
    """

    _name = "crm.customer.metric"
    _inherit = ["crm.sql.field.mixin"]
    _description = "Customer Figures"
    _rec_name = "partner_id"
    _order = "order_value DESC, id"

    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, ondelete="cascade", readonly=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one(related="partner_id.user_id", string="Account Manager")
    country_id = fields.Many2one(related="partner_id.country_id")
    left_out_reason = fields.Selection(
        LEFT_OUT_SELECTION,
        readonly=True,
        help="Why this customer is not compared with the others.",
    )
    segment = fields.Selection(SEGMENT_SELECTION, "RFM Segment", readonly=True)
    recency_score = fields.Integer(
        readonly=True, aggregator="avg", help="1 to 5, 5 is best."
    )
    frequency_score = fields.Integer(
        readonly=True, aggregator="avg", help="1 to 5, 5 is best."
    )
    monetary_score = fields.Integer(
        readonly=True, aggregator="avg", help="1 to 5, 5 is best."
    )
    frequency_monetary_score = fields.Integer(
        "Frequency-Monetary Score",
        readonly=True,
        aggregator="avg",
        help="1 to 5, 5 is best: frequency and monetary value together.",
    )
    first_order_date = fields.Date("First Order", readonly=True)
    last_order_date = fields.Date("Last Order", readonly=True)
    order_count = fields.Integer(
        "Orders in Window", readonly=True, help="Orders in the RFM window."
    )
    order_value = fields.Monetary(
        readonly=True,
        aggregator="sum",
        help="Base net value of the orders in the RFM window.",
    )
    order_total_count = fields.Integer("Orders Ever", readonly=True)
    interval_days = fields.Float(
        "Usual Interval (days)", readonly=True, aggregator="avg"
    )
    interval_low_days = fields.Float(readonly=True, aggregator="avg")
    interval_high_days = fields.Float(readonly=True, aggregator="avg")
    gap_count = fields.Integer(
        readonly=True, aggregator=None, help="Intervals that the usual one rests on."
    )
    gap_shorter_count = fields.Integer(
        readonly=True,
        aggregator=None,
        help="Those that were shorter than the silence now; only while overdue.",
    )
    expected_order_date = fields.Date("Expected Order", readonly=True)
    expected_order_value = fields.Monetary(
        "Expected Value", readonly=True, aggregator="sum"
    )
    order_state = fields.Selection(
        ORDER_STATE_SELECTION, "Next Order", readonly=True, index="btree_not_null"
    )
    silence_probability = fields.Float(
        "Risk",
        readonly=True,
        aggregator="avg",
        help="Probability that no order comes within another usual interval.",
    )
    value_at_risk = fields.Monetary(
        readonly=True,
        aggregator="sum",
        help="Risk times a year's sales at the present rate.",
    )
    month_value = fields.Monetary("Orders This Month", readonly=True, aggregator="sum")
    month_value_before_today = fields.Monetary(readonly=True, aggregator="sum")
    daily_sales = fields.Float(
        readonly=True,
        aggregator="sum",
        help="What each day left of the month is expected to add, in company currency.",
    )
    projected_month_value = sql_field(
        "projected_month_value",
        fields.Monetary,
        string="Projected Month",
        aggregator="sum",
        help="What the orders of this month are expected to come to.",
    )
    trend = fields.Selection(TREND_SELECTION, readonly=True)
    trend_this_year = fields.Monetary("Last 12 Months", readonly=True, aggregator="sum")
    trend_last_year = fields.Monetary(
        "12 Months Before", readonly=True, aggregator="sum"
    )
    trend_difference = sql_field(
        "trend_difference", fields.Monetary, string="Difference", aggregator="sum"
    )
    trend_change = fields.Float("Change", readonly=True, aggregator="avg")
    trend_is_new = fields.Boolean("New", readonly=True)
    trend_is_lost = fields.Boolean("Lost", readonly=True)
    trend_is_chance = fields.Boolean(
        "May Be Chance",
        readonly=True,
        help="So few transactions that the change says little.",
    )

    # A constraint, no bare index: only then Odoo merges two customers with figures.
    _partner_company_unique = models.Constraint(
        "UNIQUE(partner_id, company_id)",
        "One row of figures per customer and company.",
    )
    _segment_idx = models.Index("(company_id, segment)")

    def _get_projected_month_value_sql(self, alias, query):
        """Put the projection together: stored are its parts that a quiet day keeps."""
        columns = {
            name: self._field_to_sql(alias, name, query)
            for name in (
                "company_id",
                "month_value",
                "month_value_before_today",
                "daily_sales",
            )
        }
        return SQL(
            """GREATEST(%(month_value)s, ROUND((
                %(month_value_before_today)s + %(daily_sales)s * (
                    SELECT month_days_left
                      FROM crm_metric_refresh
                     WHERE company_id = %(company_id)s
                ))::numeric, (
                    SELECT decimal_places
                      FROM res_company
                      JOIN res_currency ON res_currency.id = res_company.currency_id
                     WHERE res_company.id = %(company_id)s
                )))""",
            **columns,
        )

    def _get_trend_difference_sql(self, alias, query):
        return SQL(
            "(%s - %s)",
            self._field_to_sql(alias, "trend_this_year", query),
            self._field_to_sql(alias, "trend_last_year", query),
        )

    def action_open_customer(self):
        """Open the customer of these figures."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.partner_id.id,
            "views": [(False, "form")],
        }

    def _get_segment_label(self):
        """Return the translated name of this customer's segment, empty for none."""
        labels = dict(self._fields["segment"]._description_selection(self.env))
        return labels.get(self.segment, "")

    def _get_left_out_label(self):
        labels = dict(self._fields["left_out_reason"]._description_selection(self.env))
        return labels.get(self.left_out_reason) or self.env._("Too few to compare")

    @api.model
    def _describe_left_out(self, domain):
        """Say who is left out of the segments and why, empty if nobody is.

        :param domain: of the customers in question
        """
        groups = self._read_group(
            domain
            & (
                Domain("left_out_reason", "!=", False)
                | Domain("last_order_date", "=", False)
            ),
            ["left_out_reason"],
            ["__count"],
        )
        if not groups:
            return ""
        words = {
            False: self.env._("never ordered"),
            "individual": self.env._("individuals"),
            "never_invoiced": self.env._("never invoiced"),
            "excluded": self.env._("left out by hand"),
        }
        parts = [
            self.env._("1 individual")
            if (reason, number) == ("individual", 1)
            else f"{formatLang(self.env, number, digits=0)} {words[reason]}"
            for reason, number in groups
        ]
        return self.env._("Left out: %(reasons)s.", reasons=", ".join(parts))

    def _get_silence_days(self):
        today = self.env["crm.metric.refresh"]._get_figures_today(self.company_id)
        return (today - self.last_order_date).days

    def _read_population(self):
        """Return the compared customers of this company and this one's row among them.

        Only shares and thresholds of others ever leave this method, never a figure of
        one of them: it reads past record rules for that.

        :return: (OrderFigures of c customers, row or None if not compared)
        """
        scale = 10**self.currency_id.decimal_places
        columns = read_columns(
            self.env,
            SQL(
                """
                SELECT id, (first_order_date - DATE '1970-01-01')::int4,
                       (last_order_date - DATE '1970-01-01')::int4,
                       order_count::int4, (order_value * %s)::int8,
                       order_total_count::int4
                  FROM crm_customer_metric
                 WHERE company_id = %s AND segment IS NOT NULL
                 ORDER BY id
                """,
                scale,
                self.company_id.id,
            ),
            {
                "id": "int32",
                "first_day": "int32",
                "last_day": "int32",
                "order_count": "int32",
                "value_cents": "int64",
                "total_count": "int32",
            },
        )
        ids = columns.pop("id")
        row = ids.searchsorted(self.id)
        known = row < len(ids) and ids[row] == self.id
        return OrderFigures(**columns), int(row) if known else None


assert tuple(code for code, _label in SEGMENT_SELECTION) == SEGMENTS
