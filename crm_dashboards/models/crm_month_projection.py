# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .figure_selections import LEFT_OUT_SELECTION


class CrmMonthProjection(models.Model):
    """What this month is expected to come to: account managers, and who is not counted.

    Its lines are the sums of what the night stored of each customer that the user may
    read, and of the customers that are not counted a line a reason: together they are
    the company's projection, to the cent.
    """

    _name = "crm.month.projection"
    _description = "Projected Month"
    _auto = False
    _order = "left_out_reason DESC, projected_value DESC, id"
    _depends = {
        "crm.customer.metric": ["company_id", "daily_sales"],
        "crm.metric.refresh": ["month_left_out", "month_start"],
        "res.partner": ["name", "user_id"],
        "res.users": ["partner_id"],
    }

    name = fields.Char("Part of the Company", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    month = fields.Date(readonly=True, help="First day of the month that is projected.")
    user_id = fields.Many2one("res.users", "Account Manager", readonly=True)
    left_out_reason = fields.Selection(
        [*LEFT_OUT_SELECTION, ("other", "Archived, or a company of the database")],
        "Not Counted Because",
        readonly=True,
        help="These customers are not compared with others. They are projected as one.",
    )
    customer_count = fields.Integer(
        "Customers", readonly=True, help="Customers with orders that are counted."
    )
    sold_value = fields.Monetary(
        "To the Day Before",
        readonly=True,
        aggregator="sum",
        help="Orders of this month to the end of the day before the night.",
    )
    projected_value = fields.Monetary(
        "Projected Month",
        readonly=True,
        aggregator="sum",
        help="What the orders of this month are expected to come to, as of the night.",
    )

    @property
    def _table_query(self):
        """In the current company's currency, other companies' at today's rate."""
        return SQL(
            """
            SELECT ROW_NUMBER() OVER (
                       ORDER BY line.company_id, line.left_out_reason, line.user_id
                   ) AS id,
                   %(name)s AS name,
                   line.company_id, line.user_id, line.left_out_reason,
                   line.customer_count,
                   %(currency)s::int4 AS currency_id,
                   refresh.month_start AS month,
                   line.sold * %(rate)s AS sold_value,
                   line.projected * %(rate)s AS projected_value
              FROM (%(managers)s UNION ALL %(left_out)s) line
              JOIN crm_metric_refresh refresh
                ON refresh.company_id = line.company_id
              LEFT JOIN res_users manager ON manager.id = line.user_id
              LEFT JOIN res_partner person ON person.id = manager.partner_id
            """,
            name=self._get_name_sql(),
            currency=self.env.company.currency_id.id,
            rate=self._get_rate_sql(),
            managers=self._get_managers_sql(),
            left_out=self._get_left_out_sql(),
        )

    def _get_companies(self):
        """Return the companies whose figures are in the currency that they have."""
        return self.env.companies.filtered(
            lambda company: not company._awaits_crm_figures()
        )

    def _get_managers_sql(self):
        """Sum the customers that the user may read by their account manager."""
        metric = self.env["crm.customer.metric"]
        query = metric._search(Domain("company_id", "in", self._get_companies().ids))
        alias = query.table
        projected = metric._get_projected_months_sql(alias, query)
        company = metric._field_to_sql(alias, "company_id", query)
        manager = metric._field_to_sql(alias, "user_id", query)
        sold = metric._field_to_sql(alias, "month_value_before_today", query)
        query.add_where(
            SQL("%s IS NOT NULL", metric._field_to_sql(alias, "daily_sales", query))
        )
        query.groupby = SQL("%s, %s", company, manager)
        query.order = None
        return query.select(
            SQL("%s AS company_id", company),
            SQL("%s AS user_id", manager),
            SQL("NULL::varchar AS left_out_reason"),
            SQL("COUNT(*)::int4 AS customer_count"),
            SQL("SUM(%s) AS sold", sold),
            SQL("%s AS projected", projected),
        )

    def _get_left_out_sql(self):
        """Return who is not counted, for those who may see everybody's figures."""
        return SQL(
            """
            SELECT refresh.company_id, NULL::int4, entry.reason, entry.customers,
                   entry.sold, entry.projected
              FROM crm_metric_refresh refresh
             CROSS JOIN JSONB_TO_RECORDSET(refresh.month_left_out)
                AS entry(
                       reason varchar, customers int, sold numeric, projected numeric)
             WHERE refresh.company_id = ANY(%s) AND %s
            """,
            self._get_companies().ids,
            self.env.su or self.env.user._sees_all_crm_figures(),
        )

    def _get_name_sql(self):
        """Name each line: an account manager, the unassigned, or a reason."""
        reasons = self._fields["left_out_reason"]._description_selection(self.env)
        cases = SQL(" ").join(
            SQL("WHEN %s THEN %s", code, self.env._("Not counted: %s", label))
            for code, label in reasons
        )
        return SQL(
            "CASE line.left_out_reason %s ELSE COALESCE(person.name, %s) END",
            cases,
            self.env._("Unassigned"),
        )

    def _get_rate_sql(self):
        rates = self.env["sale.order"]._get_company_rates()
        cases = SQL(" ").join(
            SQL("WHEN %s THEN %s::numeric", company.id, rate)
            for company, rate in rates.items()
        )
        if not rates:
            return SQL("1")
        return SQL("CASE line.company_id %s ELSE 1 END", cases)
