from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from .figure_selections import (
    LEFT_OUT_SELECTION,
    READER_GROUPS,
    SEGMENT_SELECTION,
    TREND_SELECTION,
)
from .sql_field_mixin import sql_field

ALL_DOCUMENTS_GROUP = "sales_team.group_sale_salesman_all_leads"
SHORTEST_VAT = 5  # Odoo's "/" means none
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


def metric_field(name, field_type, **kwargs):
    """Return the field ``name`` that shows figures of the current company."""
    if field_type is fields.Monetary:
        kwargs.update(currency_field="crm_currency_id", aggregator="sum")
    return sql_field(name, field_type, groups=READER_GROUPS, **kwargs)


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "crm.sql.field.mixin"]

    crm_exclude_from_figures = fields.Boolean(
        string="Leave Out of Figures",
        groups=READER_GROUPS,
        copy=False,  # who may not set it may duplicate a customer all the same
        help="Neither ranked in RFM segments nor compared with other customers.",
    )
    # For dependencies only: "is set" of a One2many tells of rows past their rules.
    crm_metric_ids = fields.One2many(
        "crm.customer.metric",
        "partner_id",
        search="_search_crm_metric_ids",
        groups=fields.NO_ACCESS,
    )
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
        "crm_last_order_date", fields.Date, string="Last Order"
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
        string="Usual Interval (days)",
        aggregator="avg",
    )
    crm_expected_order_date = metric_field(
        "crm_expected_order_date", fields.Date, string="Expected Order"
    )
    crm_expected_order_value = metric_field(
        "crm_expected_order_value", fields.Monetary, string="Expected Order Value"
    )
    crm_days_overdue = metric_field(
        "crm_days_overdue", fields.Integer, string="Days Overdue", aggregator="avg"
    )
    crm_is_missing = metric_field(
        "crm_is_missing", fields.Boolean, string="Order Missing"
    )
    crm_value_at_risk = metric_field(
        "crm_value_at_risk", fields.Monetary, string="Value at Risk"
    )
    crm_last_engagement_date = metric_field(
        "crm_last_engagement_date", fields.Datetime, string="Last Engagement"
    )
    crm_last_engagement_type_id = metric_field(
        "crm_last_engagement_type_id",
        fields.Many2one,
        comodel_name="mail.activity.type",
        string="Engagement Type",
    )
    crm_last_engagement_user_id = metric_field(
        "crm_last_engagement_user_id",
        fields.Many2one,
        comodel_name="res.users",
        string="Engaged By",
    )
    crm_needs_engagement = metric_field(
        "crm_needs_engagement", fields.Boolean, string="Needs Engagement"
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
        "crm_projected_month_value", fields.Monetary, string="Projected Month"
    )
    crm_currency_id = sql_field(
        "crm_currency_id",
        fields.Many2one,
        comodel_name="res.currency",
        groups=READER_GROUPS,
    )

    crm_dashboard_kind = fields.Selection(
        [("customer", "Customer"), ("prospect", "Prospect")],
        compute="_compute_crm_dashboard_kind",
        compute_sudo=True,
        groups=READER_GROUPS,
        help="Customers have ordered or were invoiced, prospects have a quotation or "
        "an opportunity. Empty for everybody else.",
    )

    @api.model
    def _has_field_access(self, field, operation):
        """Let those leave a customer out of everybody's figures who see everybody's."""
        return super()._has_field_access(field, operation) and (
            operation == "read"
            or field.name != "crm_exclude_from_figures"
            or self.env.su
            or self.env.user.has_group(ALL_DOCUMENTS_GROUP)
        )

    @api.model
    def _check_field_access(self, field, operation):
        if (
            operation == "write"
            and field.name == "crm_exclude_from_figures"
            and not self._has_field_access(field, operation)
        ):
            raise AccessError(
                self.env._(
                    "Only salespeople who see all documents may set “%(field)s”: "
                    "it concerns everybody's figures.",
                    field=field._description_string(self.env),
                )
            )
        return super()._check_field_access(field, operation)

    @api.model
    def default_get(self, fields):
        # everybody may set defaults for himself, past the check of what he may write
        excluded = self._fields["crm_exclude_from_figures"]
        if not self._has_field_access(excluded, "write"):
            fields = [name for name in fields if name != excluded.name]
        return super().default_get(fields)

    # ------------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------------

    @api.depends("crm_metric_ids")
    @api.depends_context("company", "uid")
    def _compute_sql_fields(self):
        return super()._compute_sql_fields()

    @api.model
    def _get_searcher(self):
        """Search as the user even where Odoo searches for him with all rights.

        Odoo does so for whatever is asked of followers and of attachments.
        """
        return self.sudo(False)

    @api.model
    def _search_crm_metric_ids(self, operator, value):
        """Refuse: where Odoo searches with all rights, no group is asked for."""
        raise AccessError(self.env._("Figures are found by their own fields only."))

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
            readable = metric._search([("company_id", "=", self.env.company.id)])
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

    # ------------------------------------------------------------------
    # Customer Dashboard
    # ------------------------------------------------------------------

    @api.depends("commercial_partner_id", "customer_rank")
    def _compute_crm_dashboard_kind(self):
        """Look for the commercial entity's documents, whoever in it they are with."""
        kinds = {}
        entities = self.commercial_partner_id
        if entities.ids:
            self.env.flush_all()
            kinds = dict(self.env.execute_query(self._get_kind_query(entities.ids)))
        for partner in self:
            partner.crm_dashboard_kind = kinds.get(partner.commercial_partner_id.id)

    def action_open_crm_dashboard(self):
        """Open the Customer Dashboard as a page of its own."""
        self.ensure_one()
        action = self.env["ir.actions.client"]._for_xml_id(
            "crm_dashboards.crm_dashboard_action_customer"
        )
        return {**action, "context": {"active_id": self.id}}

    def _get_schedule_action(self):
        """Return Odoo's own dialog for an activity with these partners."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Schedule Activity"),
            "res_model": "mail.activity.schedule",
            "views": [(False, "form")],
            "target": "new",
            "context": {"active_model": "res.partner", "active_ids": self.ids},
        }

    def _get_kind_query(self, entity_ids):
        return SQL(
            """
            SELECT entity.id,
                   CASE WHEN EXISTS (
                            SELECT FROM sale_order
                              JOIN res_partner contact
                                ON contact.id = sale_order.partner_id
                             WHERE contact.commercial_partner_id = entity.id
                               AND sale_order.state = 'sale')
                          OR EXISTS (
                            SELECT FROM account_move
                             WHERE account_move.commercial_partner_id = entity.id
                               AND account_move.state = 'posted'
                               AND account_move.move_type
                                   IN ('out_invoice', 'out_refund'))
                        THEN 'customer'
                        WHEN EXISTS (
                            SELECT FROM sale_order
                              JOIN res_partner contact
                                ON contact.id = sale_order.partner_id
                             WHERE contact.commercial_partner_id = entity.id
                               AND sale_order.state IN ('draft', 'sent'))
                          OR EXISTS (
                            SELECT FROM crm_lead
                              JOIN res_partner contact
                                ON contact.id = crm_lead.partner_id
                             WHERE contact.commercial_partner_id = entity.id
                               AND crm_lead.type = 'opportunity')
                        THEN 'prospect'
                    END
              FROM res_partner entity
             WHERE entity.id IN %s
               AND entity.id NOT IN (SELECT partner_id FROM res_company)
            """,
            tuple(entity_ids),
        )

    # ------------------------------------------------------------------
    # The same customer in the companies of a group of wholesalers
    # ------------------------------------------------------------------

    def _normalize_vat(self, vat):
        return "".join(filter(str.isalnum, vat or "")).upper()

    def _get_same_customers(self):
        """Return the partners that are this customer, for those who see all sales.

        The commercial entity itself, and those of the same VAT number and country that
        the user may read.
        """
        self.ensure_one()
        entity = self.commercial_partner_id
        vat = self._normalize_vat(entity.vat)
        if len(vat) < SHORTEST_VAT:
            return entity
        query = self._search(
            Domain("vat", "!=", False)
            & Domain("parent_id", "=", False)
            & Domain("country_id", "=", entity.country_id.id)
        )
        query.add_where(
            SQL(
                "UPPER(REGEXP_REPLACE(%s, '[^[:alnum:]]', '', 'g')) = %s",
                self._field_to_sql(query.table, "vat", query),
                vat,
            )
        )
        return entity | self.browse(query.get_result_ids())

    # ------------------------------------------------------------------
    # Who may know its figures
    # ------------------------------------------------------------------

    def _check_crm_figures_access(self):
        """Make sure that the user may know the stored figures of these customers.

        Record rules alone cannot tell the user's own customer without figures from
        another's.

        :raise AccessError: neither everybody's figures nor these customers'
        """
        if not self._may_know_crm_figures():
            raise AccessError(
                self.env._("You have no access to the figures of this customer.")
            )

    def _may_know_crm_figures(self):
        """Whether the user may know the stored figures of all of these customers."""
        user = self.env.user
        own = self.filtered(lambda customer: customer.user_id == user)
        return user._sees_all_crm_figures() or bool(self) and own == self
