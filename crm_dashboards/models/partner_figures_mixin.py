# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.tools import SQL

from .figure_selections import (
    LEFT_OUT_SELECTION,
    READER_GROUPS,
    SEGMENT_SELECTION,
    TREND_SELECTION,
)
from .sql_field_mixin import sql_field

# field of res.partner: the field of crm.customer.metric behind it
METRIC_FIELDS = {
    "crm_metric_id": "id",
    "crm_rfm_segment": "segment",
    "crm_rfm_left_out_reason": "left_out_reason",
    "crm_recency_score": "recency_score",
    "crm_frequency_score": "frequency_score",
    "crm_monetary_score": "monetary_score",
    "crm_frequency_monetary_score": "frequency_monetary_score",
    "crm_last_order_date": "last_order_date",
    "crm_order_count": "order_count",
    "crm_order_value": "order_value",
    "crm_interval_days": "interval_days",
    "crm_expected_order_date": "expected_order_date",
    "crm_expected_order_value": "expected_order_value",
    "crm_days_overdue": "days_overdue",
    "crm_is_missing": "is_missing",
    "crm_value_at_risk": "value_at_risk",
    "crm_last_engagement_date": "last_engagement_date",
    "crm_last_engagement_type_id": "last_engagement_type_id",
    "crm_last_engagement_user_id": "last_engagement_user_id",
    "crm_needs_engagement": "needs_engagement",
    "crm_trend": "trend",
    "crm_trend_this_year": "trend_this_year",
    "crm_trend_last_year": "trend_last_year",
    "crm_trend_change": "trend_change",
    "crm_projected_month_value": "projected_month_value",
}


def metric_field(name, field_type, together="stored", **kwargs):
    """Return the field ``name`` that shows figures of the current company.

    :param str together: as for sql_field; figures that are columns, if left out
    """
    if field_type is fields.Monetary:
        kwargs.update(currency_field="crm_currency_id", aggregator="sum")
    return sql_field(
        name,
        field_type,
        together,
        groups=READER_GROUPS,
        depends=("crm_metric_ids",),
        depends_context=("company", "uid"),
        **kwargs,
    )


class CrmPartnerFiguresMixin(models.AbstractModel):
    """Figures of a contact in the current company, as fields.

    They are those of ``crm.customer.metric`` that the user may read, joined when they
    are read, searched, sorted or grouped.
    """

    _name = "crm.partner.figures.mixin"
    _inherit = ["crm.sql.field.mixin"]
    _description = "Figures of a Contact"

    crm_metric_id = metric_field(
        "crm_metric_id",
        fields.Many2one,
        comodel_name="crm.customer.metric",
        string="Customer Figures",
    )
    crm_rfm_segment = metric_field(
        "crm_rfm_segment",
        fields.Selection,
        selection=SEGMENT_SELECTION,
        string="RFM Segment",
    )
    crm_rfm_left_out_reason = metric_field(
        "crm_rfm_left_out_reason",
        fields.Selection,
        selection=LEFT_OUT_SELECTION,
        string="Left Out of RFM",
    )
    crm_recency_score = metric_field(
        "crm_recency_score", fields.Integer, string="Recency Score", aggregator="avg"
    )
    crm_frequency_score = metric_field(
        "crm_frequency_score",
        fields.Integer,
        string="Frequency Score",
        aggregator="avg",
    )
    crm_monetary_score = metric_field(
        "crm_monetary_score", fields.Integer, string="Monetary Score", aggregator="avg"
    )
    crm_frequency_monetary_score = metric_field(
        "crm_frequency_monetary_score",
        fields.Integer,
        string="Frequency-Monetary Score",
        aggregator="avg",
    )
    crm_last_order_date = metric_field(
        "crm_last_order_date", fields.Date, together="overdue", string="Last Order"
    )
    crm_order_count = metric_field(
        "crm_order_count", fields.Integer, string="Orders in RFM Window"
    )
    crm_order_value = metric_field(
        "crm_order_value", fields.Monetary, string="Order Value in RFM Window"
    )
    crm_interval_days = metric_field(
        "crm_interval_days",
        fields.Float,
        together="overdue",
        string="Usual Interval (days)",
        aggregator="avg",
    )
    crm_expected_order_date = metric_field(
        "crm_expected_order_date",
        fields.Date,
        together="overdue",
        string="Expected Order",
    )
    crm_expected_order_value = metric_field(
        "crm_expected_order_value",
        fields.Monetary,
        together="overdue",
        string="Expected Order Value",
    )
    crm_days_overdue = metric_field(
        "crm_days_overdue",
        fields.Integer,
        together="overdue",
        string="Days Overdue",
        aggregator="avg",
    )
    crm_is_missing = metric_field(
        "crm_is_missing", fields.Boolean, together="overdue", string="Order Missing"
    )
    crm_value_at_risk = metric_field(
        "crm_value_at_risk",
        fields.Monetary,
        together="overdue",
        string="Value at Risk",
    )
    crm_last_engagement_date = metric_field(
        "crm_last_engagement_date",
        fields.Datetime,
        together="engagement",
        string="Last Engagement",
    )
    crm_last_engagement_type_id = metric_field(
        "crm_last_engagement_type_id",
        fields.Many2one,
        together="engagement",
        comodel_name="mail.activity.type",
        string="Engagement Type",
    )
    crm_last_engagement_user_id = metric_field(
        "crm_last_engagement_user_id",
        fields.Many2one,
        together="engagement",
        comodel_name="res.users",
        string="Engaged By",
    )
    crm_needs_engagement = metric_field(
        "crm_needs_engagement",
        fields.Boolean,
        together="engagement",
        string="Needs Engagement",
    )
    crm_trend = metric_field(
        "crm_trend", fields.Selection, selection=TREND_SELECTION, string="Trend"
    )
    crm_trend_this_year = metric_field(
        "crm_trend_this_year", fields.Monetary, string="Last 12 Months"
    )
    crm_trend_last_year = metric_field(
        "crm_trend_last_year", fields.Monetary, string="12 Months Before"
    )
    crm_trend_change = metric_field(
        "crm_trend_change", fields.Float, string="Change", aggregator="avg"
    )
    crm_projected_month_value = metric_field(
        "crm_projected_month_value",
        fields.Monetary,
        together="projected",
        string="Projected Month",
    )
    crm_currency_id = sql_field(
        "crm_currency_id",
        fields.Many2one,
        comodel_name="res.currency",
        groups=READER_GROUPS,
        depends_context=("company",),
    )

    def _get_searcher(self):
        """Search as the user even where Odoo searches for him with all rights.

        Odoo does so for whatever is asked of followers and of attachments.
        """
        return self.sudo(False)

    def _field_to_sql(self, alias, field_expr, query=None):
        source = METRIC_FIELDS.get(field_expr)
        if not source or query is None:
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields[field_expr], "read")
        metric = self.env["crm.customer.metric"]
        metric_alias = self._join_customer_metric(alias, query)
        value = metric._field_to_sql(metric_alias, source, query)
        if metric._fields[source].store:
            return value
        # An expression may have a value where there are no figures at all.
        return SQL(
            "CASE WHEN %s IS NOT NULL THEN %s END",
            SQL.identifier(metric_alias, "id"),
            value,
        )

    def _get_crm_currency_id_sql(self, alias, query):
        return SQL("%s::int4", self.env.company.currency_id.id)

    def _join_customer_metric(self, alias, query):
        """Join the figures of the current company that the user may read.

        Their columns only: expressions made of them are left to the query, so that it
        computes those of the partners it finds and not of every customer.

        :return: alias of the joined figures
        """
        metric = self.env["crm.customer.metric"]
        metric_alias = query.make_alias(alias, "customer_metric")
        if metric_alias not in query._joins:
            readable = metric._search(self.env.company._get_crm_figures_domain())
            query.add_join(
                "LEFT JOIN",
                metric_alias,
                readable.subselect(SQL("%s.*", SQL.identifier(readable.table))),
                SQL(
                    "%s = %s",
                    SQL.identifier(metric_alias, "partner_id"),
                    SQL.identifier(alias, "id"),
                ),
            )
        return metric_alias
