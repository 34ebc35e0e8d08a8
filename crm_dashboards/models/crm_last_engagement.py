from datetime import timedelta

import pytz

from odoo import api, fields, models
from odoo.fields import NO_ACCESS, Domain
from odoo.tools import SQL

from ..nightly.periods import get_day_start, get_zone_today
from .sql_field_mixin import sql_field


class CrmCustomerMetric(models.Model):
    """The last active engagement with the customer, at this moment.

    The night stores the last one of all time; what was logged, sent or has ended since
    is looked up and wins where it is newer.
    """

    _inherit = "crm.customer.metric"

    night_engagement_date = fields.Datetime(readonly=True, groups=NO_ACCESS)
    night_engagement_type_id = fields.Many2one(
        "mail.activity.type", ondelete="set null", readonly=True, groups=NO_ACCESS
    )
    night_engagement_user_id = fields.Many2one(
        "res.users", ondelete="set null", readonly=True, groups=NO_ACCESS
    )
    last_engagement_date = sql_field(
        "last_engagement_date", fields.Datetime, string="Last Engagement"
    )
    last_engagement_type_id = sql_field(
        "last_engagement_type_id",
        fields.Many2one,
        comodel_name="mail.activity.type",
        string="Engagement Type",
    )
    last_engagement_user_id = sql_field(
        "last_engagement_user_id",
        fields.Many2one,
        comodel_name="res.users",
        string="Engaged By",
    )
    days_since_engagement = sql_field(
        "days_since_engagement",
        fields.Integer,
        string="Days Since Engagement",
        aggregator="avg",
        help="In the time zone of figures; empty where there never was one.",
    )
    needs_engagement = sql_field(
        "needs_engagement",
        fields.Boolean,
        string="Needs Engagement",
        help="Not engaged for longer than the settings allow, or never.",
    )

    @api.model
    def _get_last_engagement_date_sql(self, alias, query):
        return SQL(
            "GREATEST(%s, %s)",
            SQL.identifier(alias, "night_engagement_date"),
            SQL.identifier(self._join_recent_engagement(alias, query), "date"),
        )

    @api.model
    def _get_last_engagement_type_id_sql(self, alias, query):
        return self._get_newer_sql(alias, query, "type_id", "activity_type_id")

    @api.model
    def _get_last_engagement_user_id_sql(self, alias, query):
        return self._get_newer_sql(alias, query, "user_id", "user_id")

    @api.model
    def _get_newer_sql(self, alias, query, night_column, recent_column):
        recent = self._join_recent_engagement(alias, query)
        return SQL(
            "CASE WHEN %(recent_date)s >= COALESCE(%(night_date)s, '-infinity') "
            "THEN %(recent)s ELSE %(night)s END",
            recent_date=SQL.identifier(recent, "date"),
            night_date=SQL.identifier(alias, "night_engagement_date"),
            recent=SQL.identifier(recent, recent_column),
            night=SQL.identifier(alias, f"night_engagement_{night_column}"),
        )

    @api.model
    def _get_days_since_engagement_sql(self, alias, query):
        company = self._field_to_sql(alias, "company_id", query)
        return SQL(
            """(%(today)s - (%(date)s AT TIME ZONE 'UTC' AT TIME ZONE (
                SELECT COALESCE(crm_figures_tz, 'UTC')
                  FROM res_company WHERE id = %(company)s))::date)""",
            today=self._get_today_sql(company),
            date=self._field_to_sql(alias, "last_engagement_date", query),
            company=company,
        )

    @api.model
    def _get_needs_engagement_sql(self, alias, query):
        """Whether a compared customer was not engaged for too long, or never."""
        return SQL(
            "(%(left_out)s IS NULL AND COALESCE(%(date)s < %(deadline)s, TRUE))",
            left_out=self._field_to_sql(alias, "left_out_reason", query),
            date=self._field_to_sql(alias, "last_engagement_date", query),
            deadline=self._get_engagement_deadline_sql(alias, query),
        )

    @api.model
    def _get_engagement_deadline_sql(self, alias, query):
        """Return the SQL of the UTC moment before which an engagement is too old.

        Worked out for each company here, instead of for each customer by the database.
        """
        cases = []
        for company in self.env["res.company"].sudo().search(Domain.TRUE):
            zone = pytz.timezone(company.crm_figures_tz or "UTC")
            first_day = get_zone_today(zone) - timedelta(company.crm_engagement_days)
            deadline = get_day_start(zone, first_day)
            cases.append(SQL("WHEN %s THEN %s::timestamp", company.id, deadline))
        company = self._field_to_sql(alias, "company_id", query)
        return SQL("CASE %s %s END", company, SQL(" ").join(cases))

    @api.model
    def _join_recent_engagement(self, alias, query):
        """Join the last engagement of each customer since the figures were made.

        :return: alias of the joined engagements
        """
        recent = query.make_alias(alias, "recent_engagement")
        if recent not in query._joins:
            since = self.env["crm.metric.refresh"]._get_engagements_since()
            engagements = self.env["crm.engagement"]._get_last_engagements_sql(*since)
            query.add_join(
                "LEFT JOIN",
                recent,
                SQL("(%s)", engagements),
                SQL(
                    "%s = %s",
                    SQL.identifier(recent, "metric_id"),
                    SQL.identifier(alias, "id"),
                ),
            )
        return recent

    def action_log_engagement(self):
        """Open the dialog that logs an engagement with this customer."""
        self.ensure_one()
        self.check_access("read")
        return self.env["crm.log.engagement"]._get_action(self.partner_id)
