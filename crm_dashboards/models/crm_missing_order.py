from odoo import api, fields, models
from odoo.tools import SQL

from .sql_field_mixin import sql_field


class CrmCustomerMetric(models.Model):
    """Whether an order is missing, at this moment.

    The night says whose order is late. What happened since counts at once: a newer
    order, a snooze, *not a loss*.
    """

    _inherit = "crm.customer.metric"

    is_missing = sql_field(
        "is_missing",
        fields.Boolean,
        string="Missing",
        help="Late by its own rhythm, and neither snoozed nor ordered meanwhile.",
    )
    is_awaited = sql_field(
        "is_awaited",
        fields.Boolean,
        string="Should Have Ordered",
        help="The expected date has passed without an order.",
    )
    days_overdue = sql_field(
        "days_overdue",
        fields.Integer,
        string="Days Overdue",
        aggregator="avg",
        help="Days since the expected order.",
    )

    missing_reason = fields.Char("Reason", compute="_compute_missing_reason")

    def _compute_missing_reason(self):
        for metric in self:
            metric.missing_reason = metric.is_awaited and metric._get_missing_reason()

    def _get_missing_reason(self):
        """Say in one sentence why an order of this customer is missing."""
        self.ensure_one()
        words = self.env._(
            "every %(interval)s days, last %(silence)s days ago",
            interval=round(self.interval_days),
            silence=self._get_silence_days(),
        )
        if self.gap_count:
            words = self.env._(
                "%(rhythm)s; %(shorter)s of %(all)s gaps were shorter",
                rhythm=words,
                shorter=self.gap_shorter_count,
                all=self.gap_count,
            )
        return words

    @api.model
    def _get_is_missing_sql(self, alias, query):
        return SQL(
            "(%s AND %s = 'missing' AND NOT %s)",
            self._get_is_awaited_sql(alias, query),
            self._field_to_sql(alias, "order_state", query),
            self._get_put_off_sql(alias, query),
        )

    @api.model
    def _get_is_awaited_sql(self, alias, query):
        return SQL(
            "(COALESCE(%s, '') IN ('overdue', 'missing', 'seasonal') AND NOT %s)",
            self._field_to_sql(alias, "order_state", query),
            self._get_ordered_since_sql(alias, query),
        )

    @api.model
    def _get_days_overdue_sql(self, alias, query):
        return SQL(
            "CASE WHEN %s THEN %s - %s END",
            self._get_is_awaited_sql(alias, query),
            self._get_today_sql(self._field_to_sql(alias, "company_id", query)),
            self._field_to_sql(alias, "expected_order_date", query),
        )

    @api.model
    def _get_today_sql(self, company):
        """Today in the zone of figures of the ``company`` (SQL of its id)."""
        return SQL(
            """(SELECT (%(now)s AT TIME ZONE 'UTC' AT TIME ZONE
                        COALESCE(crm_figures_tz, 'UTC'))::date
                  FROM res_company WHERE id = %(company)s)""",
            now=fields.Datetime.now(),
            company=company,
        )

    @api.model
    def _get_ordered_since_sql(self, alias, query):
        """Whether the customer ordered after its figures were made."""
        order = self.env["sale.order"]
        to_flush = [
            order._fields[name]
            for name in ("state", "date_order", "amount_untaxed", "company_id")
        ]
        return SQL(
            """((%(partner)s, %(company)s) IN (
                SELECT contact.commercial_partner_id, recent.company_id
                  FROM sale_order recent
                  JOIN res_partner contact ON contact.id = recent.partner_id
                  JOIN crm_metric_refresh refresh
                    ON refresh.company_id = recent.company_id
                 WHERE recent.state = 'sale'
                   AND recent.amount_untaxed > 0
                   AND recent.date_order > %(oldest)s
                   AND recent.date_order > refresh.as_of))""",
            partner=self._field_to_sql(alias, "partner_id", query),
            company=self._field_to_sql(alias, "company_id", query),
            oldest=self._get_oldest_figures(),
            to_flush=to_flush,
        )

    @api.model
    def _get_oldest_figures(self):
        """Return the UTC moment of the oldest figures of a company.

        A moment that PostgreSQL knows while planning: it would read millions of orders
        to find the few since a moment that it has to look up.
        """
        refresh = self.env["crm.metric.refresh"]
        query = SQL(
            "SELECT COALESCE(MIN(as_of), 'epoch') FROM crm_metric_refresh",
            to_flush=refresh._fields["as_of"],
        )
        return self.env.execute_query(query)[0][0]

    @api.model
    def _get_put_off_sql(self, alias, query):
        """Whether the newest decision about this alert keeps it away."""
        decision = self.env["crm.missing.order.decision"]
        return SQL(
            """((%(partner)s, %(company)s) IN (
                SELECT newest.partner_id, newest.company_id
                  FROM (SELECT DISTINCT ON (company_id, partner_id) *
                          FROM crm_missing_order_decision
                         ORDER BY company_id, partner_id, id DESC) newest
                  JOIN crm_customer_metric about
                    ON about.partner_id = newest.partner_id
                   AND about.company_id = newest.company_id
                 WHERE (newest.decision = 'snooze'
                        AND newest.snoozed_until > %(today)s)
                    OR (newest.decision = 'not_a_loss'
                        AND newest.last_order_date = about.last_order_date)))""",
            partner=self._field_to_sql(alias, "partner_id", query),
            company=self._field_to_sql(alias, "company_id", query),
            today=self._get_today_sql(SQL("newest.company_id")),
            to_flush=[
                decision._fields[name]
                for name in ("decision", "snoozed_until", "last_order_date")
            ],
        )

    def action_snooze(self):
        """Ask until when the alerts of these customers are put off."""
        return self._open_decision("snooze", self.env._("Snooze"))

    def action_not_a_loss(self):
        """Ask why these customers are no loss."""
        return self._open_decision("not_a_loss", self.env._("Not a Loss"))

    def _open_decision(self, decision, title):
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "crm.missing.order.wizard",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_metric_ids": self.ids,
                "default_decision": decision,
            },
        }

    def action_reactivate(self):
        """Ask how these customers are to be won back."""
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reactivate Customers"),
            "res_model": "crm.reactivation.wizard",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_metric_ids": self.ids},
        }

    def action_schedule_activity(self):
        """Open Odoo's own dialog for an activity with these customers."""
        self.check_access("read")
        return self.partner_id._get_schedule_action()
