from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .crm_customer_metric import LEFT_OUT_SELECTION, READER_GROUPS, SEGMENT_SELECTION

# field of res.partner: the field of crm.customer.metric behind it
METRIC_FIELDS = {
    "crm_rfm_segment": "segment",
    "crm_rfm_left_out_reason": "left_out_reason",
    "crm_recency_score": "recency_score",
    "crm_frequency_score": "frequency_score",
    "crm_monetary_score": "monetary_score",
    "crm_frequency_monetary_score": "frequency_monetary_score",
    "crm_last_order_date": "last_order_date",
    "crm_order_count": "order_count",
    "crm_order_value": "order_value",
}


def _metric_field(field_type, source, **kwargs):
    """Return a field that shows ``source`` of the figures of the current company."""
    return field_type(
        compute="_compute_customer_metric",
        search=lambda self, operator, value: self._search_customer_metric(
            source, operator, value
        ),
        compute_sudo=False,
        groups=READER_GROUPS,
        **kwargs,
    )


class ResPartner(models.Model):
    _inherit = "res.partner"

    crm_exclude_from_figures = fields.Boolean(
        string="Leave Out of Figures",
        help="Neither ranked in RFM segments nor compared with other customers.",
    )
    crm_metric_ids = fields.One2many(
        "crm.customer.metric", "partner_id", groups=READER_GROUPS
    )
    crm_metric_id = fields.Many2one(
        "crm.customer.metric",
        string="Customer Figures",
        compute="_compute_customer_metric",
        compute_sudo=False,
        groups=READER_GROUPS,
    )
    crm_currency_id = fields.Many2one(
        "res.currency", compute="_compute_crm_currency_id", groups=READER_GROUPS
    )
    crm_rfm_segment = _metric_field(
        fields.Selection, "segment", selection=SEGMENT_SELECTION, string="RFM Segment"
    )
    crm_rfm_left_out_reason = _metric_field(
        fields.Selection,
        "left_out_reason",
        selection=LEFT_OUT_SELECTION,
        string="Left Out of RFM",
    )
    crm_recency_score = _metric_field(
        fields.Integer, "recency_score", string="Recency Score", aggregator="avg"
    )
    crm_frequency_score = _metric_field(
        fields.Integer, "frequency_score", string="Frequency Score", aggregator="avg"
    )
    crm_monetary_score = _metric_field(
        fields.Integer, "monetary_score", string="Monetary Score", aggregator="avg"
    )
    crm_frequency_monetary_score = _metric_field(
        fields.Integer,
        "frequency_monetary_score",
        string="Frequency-Monetary Score",
        aggregator="avg",
    )
    crm_last_order_date = _metric_field(
        fields.Date, "last_order_date", string="Last Order"
    )
    crm_order_count = _metric_field(
        fields.Integer, "order_count", string="Orders in RFM Window"
    )
    crm_order_value = _metric_field(
        fields.Monetary,
        "order_value",
        string="Order Value in RFM Window",
        currency_field="crm_currency_id",
        aggregator="sum",
    )

    @api.depends_context("company")
    def _compute_crm_currency_id(self):
        self.crm_currency_id = self.env.company.currency_id

    @api.depends("crm_metric_ids")
    @api.depends_context("company", "uid")
    def _compute_customer_metric(self):
        metrics = self.env["crm.customer.metric"].search(
            Domain("partner_id", "in", self.ids)
            & Domain("company_id", "=", self.env.company.id)
        )
        by_partner = {metric.partner_id.id: metric for metric in metrics}
        nothing = self.env["crm.customer.metric"]
        for partner in self:
            metric = by_partner.get(partner._origin.id, nothing)
            partner.crm_metric_id = metric
            for fname, source in METRIC_FIELDS.items():
                partner[fname] = metric[source]

    @api.model
    def _search_customer_metric(self, source, operator, value):
        if operator.startswith("not ") or operator == "!=":
            return NotImplemented  # Odoo negates the positive search
        mine = Domain("company_id", "=", self.env.company.id)
        found = Domain("crm_metric_ids", "any", mine & Domain(source, operator, value))
        unset = operator == "in" and False in value
        if unset or self._matches_zero(source, operator, value):
            found |= ~Domain("crm_metric_ids", "any", mine)
        return found

    @api.model
    def _matches_zero(self, source, operator, value):
        """Whether a partner without figures, shown as 0, is what a search looks for."""
        field = self.env["crm.customer.metric"]._fields[source]
        if field.type not in ("integer", "monetary"):
            return False
        checks = {
            "in": lambda: 0 in value,
            "<": lambda: 0 < value,
            "<=": lambda: 0 <= value,
            ">": lambda: 0 > value,
            ">=": lambda: 0 >= value,
        }
        return checks[operator]() if operator in checks else False

    def _field_to_sql(self, alias, field_expr, query=None):
        source = METRIC_FIELDS.get(field_expr)
        if not source or query is None:
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields[field_expr], "read")
        return SQL.identifier(self._join_customer_metric(alias, query), source)

    @api.model
    def _join_customer_metric(self, alias, query):
        """Join the figures of the current company that the user may read.

        :return: alias of the joined figures
        """
        metric = self.env["crm.customer.metric"]
        metric_alias = query.make_alias(alias, "customer_metric")
        if metric_alias not in query._joins:
            readable = metric._search([("company_id", "=", self.env.company.id)])
            columns = [
                SQL.identifier(readable.table, fname)
                for fname in ("partner_id", *METRIC_FIELDS.values())
            ]
            query.add_join(
                "LEFT JOIN",
                metric_alias,
                readable.subselect(*columns),
                SQL(
                    "%s = %s",
                    SQL.identifier(metric_alias, "partner_id"),
                    SQL.identifier(alias, "id"),
                ),
            )
        return metric_alias
