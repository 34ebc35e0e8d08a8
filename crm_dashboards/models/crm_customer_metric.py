# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields, models
from odoo.fields import NO_ACCESS, Domain
from odoo.tools import SQL
from odoo.tools.misc import formatLang

from ..analytics.expectation import LATE_STATES
from ..analytics.rhythm import whole_days
from ..nightly.population import read_population
from ..nightly.since_night import JUDGED_FIELDS
from ..tiles.words import join_words
from .customer_acts import read_newest_acts, tell_act
from .figure_selections import (
    LEFT_OUT_SELECTION,
    ORDER_STATE_SELECTION,
    SEGMENT_SELECTION,
    TREND_SELECTION,
)
from .overdue_order_sql import get_put_off_sql, get_today_sql, get_zone_sql
from .recent_engagement_sql import (
    get_engagement_deadline_sql,
    get_newer_sql,
    get_night_sql,
    join_recent_engagement,
)
from .rpc import rpc
from .since_night_sql import (
    expect_few_rows,
    get_compared_sql,
    get_maybe_late_sql,
    join_judged_again,
)
from .sql_field_mixin import sql_field
from .unchecked_many2one import UncheckedMany2one

# Fields that follow the orders there are now: fetched together, where one is asked for
NEXT_ORDER = "next_order"
STATES_OF = {"is_missing": ("missing",), "is_overdue": LATE_STATES}


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
    company_id = UncheckedMany2one(
        "res.company", required=True, ondelete="cascade", readonly=True
    )
    currency_id = UncheckedMany2one(
        "res.currency", readonly=True, help="Of the company when these were made."
    )
    user_id = fields.Many2one(
        related="partner_id.crm_account_manager_id", string="Account Manager"
    )
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
    last_order_date = fields.Date("Last Order", readonly=True, prefetch=NEXT_ORDER)
    order_count = fields.Integer(
        "Orders in Window", readonly=True, help="Orders in the RFM window."
    )
    order_value = fields.Monetary(
        readonly=True,
        aggregator="sum",
        help="Base net value of the orders in the RFM window.",
    )
    order_total_count = fields.Integer(
        "Orders Ever", readonly=True, prefetch=NEXT_ORDER
    )
    interval_days = fields.Float(
        "Usual Interval (days)", readonly=True, prefetch=NEXT_ORDER, aggregator="avg"
    )
    interval_low_days = fields.Float(
        readonly=True, prefetch=NEXT_ORDER, aggregator="avg"
    )
    interval_high_days = fields.Float(
        readonly=True, prefetch=NEXT_ORDER, aggregator="avg"
    )
    gap_count = fields.Integer(
        readonly=True,
        prefetch=NEXT_ORDER,
        aggregator=None,
        help="Intervals that the usual one rests on.",
    )
    gap_shorter_count = fields.Integer(
        readonly=True,
        prefetch=NEXT_ORDER,
        aggregator=None,
        help="Those shorter than the days since the last order; only while overdue.",
    )
    quiet_days = fields.Integer(
        readonly=True,
        prefetch=NEXT_ORDER,
        aggregator=None,
        help="Days since the last order that do not count for an alert, since the "
        "whole company was quiet; only while overdue.",
    )
    expected_order_date = fields.Date(
        "Expected Order", readonly=True, prefetch=NEXT_ORDER
    )
    expected_order_value = fields.Monetary(
        "Expected Value", readonly=True, prefetch=NEXT_ORDER, aggregator="sum"
    )
    order_state = fields.Selection(
        ORDER_STATE_SELECTION,
        "Next Order",
        readonly=True,
        prefetch=NEXT_ORDER,
        index="btree_not_null",
    )
    churn_probability = fields.Float(
        "Leaves",
        readonly=True,
        prefetch=NEXT_ORDER,
        aggregator="avg",
        help="Probability that no order comes within 90 days; only while overdue.",
    )
    value_at_risk = fields.Monetary(
        readonly=True,
        prefetch=NEXT_ORDER,
        aggregator="sum",
        help="A year's sales at the present rate, times the probability that no order "
        "comes within another usual interval.",
    )
    month_value = fields.Monetary("Orders This Month", readonly=True, aggregator="sum")
    month_value_before_today = fields.Monetary(readonly=True, aggregator="sum")
    daily_sales = fields.Float(
        readonly=True,
        aggregator="sum",
        help="What a day is expected to add, in company currency, before all customers "
        "are scaled to what their company is expected to come to.",
    )
    daily_orders = fields.Float(
        readonly=True,
        aggregator="sum",
        help="Days with an order that a day is expected to add.",
    )
    projected_month_value = sql_field(
        "projected_month_value",
        fields.Monetary,
        string="Projected Month",
        aggregator="sum",
        help="What the orders of this month are expected to come to, as of the night.",
    )
    trend = fields.Selection(TREND_SELECTION, readonly=True)
    trend_this_year = fields.Monetary("Last 12 Months", readonly=True, aggregator="sum")
    trend_last_year = fields.Monetary(
        "12 Months Before", readonly=True, aggregator="sum"
    )
    trend_difference = sql_field(
        "trend_difference", fields.Monetary, string="Difference", aggregator="sum"
    )
    trend_size = sql_field(
        "trend_size",
        fields.Monetary,
        string="Size of the Change",
        help="The difference, be it up or down.",
    )
    trend_change = fields.Float("Change", readonly=True, aggregator="avg")
    trend_is_new = fields.Boolean(
        "New", readonly=True, help="The first year of all of this customer."
    )
    trend_is_back = fields.Boolean(
        "Back", readonly=True, help="A year again, after one without."
    )
    trend_is_lost = fields.Boolean("Lost", readonly=True)
    trend_is_chance = fields.Boolean(
        "May Be Chance",
        readonly=True,
        help="So few transactions that the change says little.",
    )

    is_missing = sql_field(
        "is_missing",
        fields.Boolean,
        together="overdue",
        string="Missing",
        help="Late by its own rhythm, days on which the whole company was quiet left "
        "aside; and neither snoozed nor ordered meanwhile.",
    )
    is_overdue = sql_field(
        "is_overdue",
        fields.Boolean,
        together="overdue",
        string="Should Have Ordered",
        help="The expected date has passed without an order.",
    )
    days_overdue = sql_field(
        "days_overdue",
        fields.Integer,
        together="overdue",
        string="Days Overdue",
        aggregator="avg",
        help="Days since the expected order.",
    )
    missing_reason = fields.Char("Reason", compute="_compute_missing_reason")
    follow_up = fields.Char(
        "Planned or Done",
        compute="_compute_follow_up",
        help="What is planned with the customer or was done lately, the newest.",
    )
    night_engagement_date = fields.Datetime(readonly=True, groups=NO_ACCESS)
    night_engagement_type_id = UncheckedMany2one(
        "mail.activity.type", ondelete="set null", readonly=True, groups=NO_ACCESS
    )
    night_engagement_user_id = UncheckedMany2one(
        "res.users", ondelete="set null", readonly=True, groups=NO_ACCESS
    )
    last_engagement_date = sql_field(
        "last_engagement_date",
        fields.Datetime,
        together="engagement",
        string="Last Engagement",
    )
    last_engagement_type_id = sql_field(
        "last_engagement_type_id",
        fields.Many2one,
        together="engagement",
        comodel_name="mail.activity.type",
        string="Engagement Type",
    )
    last_engagement_user_id = sql_field(
        "last_engagement_user_id",
        fields.Many2one,
        together="engagement",
        comodel_name="res.users",
        string="Engaged By",
    )
    days_since_engagement = sql_field(
        "days_since_engagement",
        fields.Integer,
        together="engagement",
        string="Days Since Engagement",
        aggregator="avg",
        help="In the time zone of figures; empty where there never was one.",
    )
    needs_engagement = sql_field(
        "needs_engagement",
        fields.Boolean,
        together="engagement",
        string="Needs Engagement",
        help="Not engaged for longer than the settings allow, or never.",
    )

    order_fingerprint = fields.Integer(
        readonly=True,
        aggregator=None,
        groups=NO_ACCESS,
        help="Of all orders that these figures were made from.",
    )

    refreshed_at = fields.Datetime(
        "Refreshed",
        readonly=True,
        help="When somebody had these figures made anew, between two nights.",
    )

    # A constraint, no bare index: only then Odoo merges two customers with figures.
    _partner_company_unique = models.Constraint(
        "UNIQUE(partner_id, company_id)",
        "One row of figures per customer and company.",
    )
    # Tiles of all customers read these instead of the wide rows.
    _totals_idx = models.Index(
        "(company_id, order_value DESC, partner_id) INCLUDE (id, segment,"
        " left_out_reason, last_order_date, month_value_before_today, daily_sales,"
        " night_engagement_date, trend)"
    )
    # Who was spoken to lately.
    _engaged_idx = models.Index(
        "(company_id, night_engagement_date) WHERE night_engagement_date IS NOT NULL"
    )
    # Of the few whose order is missing nothing else is asked.
    _missing_idx = models.Index(
        "(company_id, value_at_risk DESC NULLS LAST, id)"
        " INCLUDE (partner_id, last_order_date, expected_order_value, order_state)"
        " WHERE order_state = 'missing'"
    )
    _trend_idx = models.Index("(company_id, trend) WHERE trend IS NOT NULL")
    _change_idx = models.Index(
        "(company_id, ABS(trend_this_year - trend_last_year) DESC NULLS LAST, id)"
        " WHERE trend IS NOT NULL"
    )

    def _get_projected_month_value_sql(self, alias, query):
        """Put the projection together: stored are its parts that a quiet day keeps."""
        return SQL(
            "(%s + %s)",
            self._field_to_sql(alias, "month_value_before_today", query),
            self._get_rest_value_sql(alias, query, self._get_rest_sql(alias, query)),
        )

    def _get_projected_months_sql(self, alias, query):
        """Return the aggregate of the projections of customers of one company.

        In whole units of money, of which a double adds up 2 ** 53 exactly.
        """
        sold = self._field_to_sql(alias, "month_value_before_today", query)
        rest = SQL("SUM(%s)", self._get_rest_sql(alias, query))
        return SQL(
            "(SUM(%s) + %s)", sold, self._get_rest_value_sql(alias, query, rest, "MIN")
        )

    def _get_rest_sql(self, alias, query, night=None):
        """Return the SQL of what the rest of the month adds, in whole units of money.

        Share of the night's sum in whole cents, see ``analytics.month_spread.Spread``.

        :param night: crm.metric.refresh of the one company of all rows, if known
        """
        if night:
            refresh = {
                "month_scale": SQL("%s::float8", night.month_scale),
                "month_threshold": SQL("%s::float8", night.month_threshold),
                "month_last_partner_id": SQL("%s", night.month_last_partner_id),
            }
        else:
            refresh = self._join_refresh(alias, query)
        exact = SQL(
            "(%s * %s)",
            self._field_to_sql(alias, "daily_sales", query),
            refresh["month_scale"],
        )
        part = SQL("(%s - FLOOR(%s))", exact, exact)
        return SQL(
            """(FLOOR(%(exact)s) + CASE
                WHEN %(part)s > %(threshold)s THEN 1
                WHEN %(part)s = %(threshold)s AND %(partner)s <= %(last)s THEN 1
                ELSE 0 END)""",
            exact=exact,
            part=part,
            threshold=refresh["month_threshold"],
            partner=self._field_to_sql(alias, "partner_id", query),
            last=refresh["month_last_partner_id"],
        )

    def _get_rest_value_sql(self, alias, query, rest, aggregate=""):
        """Return the SQL of a rest as an amount of money.

        :param aggregate: function that gives the one value that all rows have
        """
        decimals = SQL(
            "%s(%s)",
            SQL(aggregate),
            self._join_refresh(alias, query)["month_decimals"],
        )
        return SQL(
            "ROUND(%(rest)s::numeric / 10::numeric ^ %(decimals)s, %(decimals)s)",
            rest=rest,
            decimals=decimals,
        )

    def _join_refresh(self, alias, query):
        """Join the last refresh of each row's company.

        :return: {name of a field of crm.metric.refresh: SQL}
        """
        refresh = query.make_alias(alias, "refresh")
        model = self.env["crm.metric.refresh"]
        if refresh not in query._joins:
            company = self._field_to_sql(alias, "company_id", query)
            condition = SQL("%s = %s", SQL.identifier(refresh, "company_id"), company)
            query.add_join("LEFT JOIN", refresh, model._table, condition)
        return {
            name: SQL.identifier(refresh, name, to_flush=field)
            for name, field in model._fields.items()
            if name.startswith("month_")
        }

    def _get_trend_difference_sql(self, alias, query):
        return SQL(
            "(%s - %s)",
            self._field_to_sql(alias, "trend_this_year", query),
            self._field_to_sql(alias, "trend_last_year", query),
        )

    def _get_trend_size_sql(self, alias, query):
        return SQL("ABS(%s)", self._get_trend_difference_sql(alias, query))

    # ------------------------------------------------------------------
    # The next order
    # ------------------------------------------------------------------

    def _field_to_sql(self, alias, field_expr, query=None):
        """Take what is expected of customers with other orders from these orders."""
        value = super()._field_to_sql(alias, field_expr, query)
        if query is None or field_expr not in JUDGED_FIELDS:
            return value
        judged = join_judged_again(self.env, alias, query)
        if not judged:
            return value
        return SQL(
            "CASE WHEN %s IS NULL THEN %s ELSE %s END",
            SQL.identifier(judged, "id"),
            value,
            SQL.identifier(judged, field_expr),
        )

    def _search_sql_field(self, name, operator, value):
        domain = super()._search_sql_field(name, operator, value)
        states = STATES_OF.get(name)
        if not states or operator != "in" or list(value) != [True]:
            return domain
        return domain & Domain.custom(
            to_sql=lambda model, alias, query: get_maybe_late_sql(
                model.env, alias, query, states
            )
        )

    def _fetch_query(self, query, fields):
        expect_few_rows(query)
        return super()._fetch_query(query, fields)

    def _get_is_missing_sql(self, alias, query):
        names = ("partner_id", "company_id", "last_order_date")
        return SQL(
            "(COALESCE(%s, '') = 'missing' AND NOT %s)",
            self._field_to_sql(alias, "order_state", query),
            get_put_off_sql(
                self.env, *(self._field_to_sql(alias, name, query) for name in names)
            ),
        )

    def _get_is_overdue_sql(self, alias, query):
        return SQL(
            "(COALESCE(%s, '') = ANY(%s))",
            self._field_to_sql(alias, "order_state", query),
            list(LATE_STATES),
        )

    def _get_days_overdue_sql(self, alias, query):
        return SQL(
            "CASE WHEN %s THEN %s - %s END",
            self._get_is_overdue_sql(alias, query),
            get_today_sql(self.env, self._field_to_sql(alias, "company_id", query)),
            self._field_to_sql(alias, "expected_order_date", query),
        )

    # ------------------------------------------------------------------
    # The last engagement
    # ------------------------------------------------------------------

    def _get_last_engagement_date_sql(self, alias, query):
        return SQL(
            "GREATEST(%s, %s)",
            get_night_sql(self.env, alias, query, "night_engagement_date"),
            SQL.identifier(join_recent_engagement(self.env, alias, query), "date"),
        )

    def _get_last_engagement_type_id_sql(self, alias, query):
        return get_newer_sql(
            self.env, alias, query, "night_engagement_type_id", "activity_type_id"
        )

    def _get_last_engagement_user_id_sql(self, alias, query):
        return get_newer_sql(
            self.env, alias, query, "night_engagement_user_id", "user_id"
        )

    def _get_days_since_engagement_sql(self, alias, query):
        company = self._field_to_sql(alias, "company_id", query)
        return SQL(
            "(%s - (%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date)",
            get_today_sql(self.env, company),
            self._field_to_sql(alias, "last_engagement_date", query),
            get_zone_sql(self.env, company),
        )

    def _get_needs_engagement_sql(self, alias, query):
        """Whether a compared customer was not engaged for too long, or never."""
        return SQL(
            "(%(compared)s AND COALESCE(%(date)s < %(deadline)s, TRUE))",
            compared=get_compared_sql(
                self.env,
                alias,
                query,
                self._field_to_sql(alias, "left_out_reason", query),
            ),
            date=self._field_to_sql(alias, "last_engagement_date", query),
            deadline=get_engagement_deadline_sql(
                self.env, self._field_to_sql(alias, "company_id", query)
            ),
        )

    # ------------------------------------------------------------------
    # What one does with customers
    # ------------------------------------------------------------------

    @rpc(one=True)
    def action_open_customer(self):
        """Open the customer of these figures."""
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.partner_id.id,
            "views": [(False, "form")],
        }

    @rpc
    def action_snooze(self):
        """Ask until when the alerts of these customers are put off."""
        if len(self) == 1:
            name = self.partner_id.display_name
            title = self.env._("Snooze %(customer)s", customer=name)
        else:
            title = self.env._("Snooze %(count)s customers", count=len(self))
        return self._open_decision("snooze", title)

    @rpc
    def action_not_a_loss(self):
        """Ask why these customers are no loss."""
        if len(self) == 1:
            name = self.partner_id.display_name
            title = self.env._("Not a Loss: %(customer)s", customer=name)
        else:
            title = self.env._("Not a Loss: %(count)s customers", count=len(self))
        return self._open_decision("not_a_loss", title)

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

    @rpc
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

    @rpc
    def action_schedule_activity(self):
        """Ask when these customers are to be called."""
        self.check_access("read")
        return self.env["crm.call.wizard"]._get_action(self.partner_id, "plan")

    @rpc(one=True)
    def action_usual_order(self):
        """Open the dialogue that proposes what this customer usually orders."""
        self.check_access("read")
        return self.env["crm.usual.order"]._get_action(self.partner_id)

    @rpc(one=True)
    def action_log_engagement(self):
        """Open the dialog that logs an engagement with this customer."""
        self.check_access("read")
        return self.env["crm.log.engagement"]._get_action(self.partner_id)

    # ------------------------------------------------------------------
    # Words and comparisons
    # ------------------------------------------------------------------

    def _get_segment_label(self):
        """Return the translated name of this customer's segment, empty for none."""
        labels = dict(self._fields["segment"]._description_selection(self.env))
        return labels.get(self.segment, "")

    def _get_left_out_label(self):
        labels = dict(self._fields["left_out_reason"]._description_selection(self.env))
        return labels.get(self.left_out_reason) or self.env._("Too few to compare")

    def _compute_missing_reason(self):
        for metric in self:
            metric.missing_reason = metric.is_overdue and metric._get_missing_reason()

    def _compute_follow_up(self):
        for company, metrics in self.grouped("company_id").items():
            newest = metrics.with_company(company)._find_newest_acts()
            for metric in metrics:
                metric.follow_up = newest.get(metric.partner_id.id, False)

    def _find_newest_acts(self):
        """Return {customer id: what was done about it last, in words}."""
        today = self.env["crm.metric.refresh"]._get_figures_today(self.env.company)
        engaged = {each.partner_id.id: each.last_engagement_date for each in self}
        return {
            customer: tell_act(self.env, facts, today)
            for customer, facts in read_newest_acts(self.env, engaged, today).items()
        }

    def _get_next_expected_date(self):
        """Return the next day to come on which an order is to be expected.

        Of a customer that is late it is counted on by its usual interval; False of
        several customers, and where nothing is to be expected.
        """
        if len(self) != 1 or not self.expected_order_date:
            return False
        today = fields.Date.context_today(self)
        behind = (today - self.expected_order_date).days
        if behind < 0:
            return self.expected_order_date
        step = max(int(whole_days(self.interval_days)), 1)
        return self.expected_order_date + timedelta(days=step * (behind // step + 1))

    def _get_missing_reason(self):
        """Say in one line why an order of this customer is missing."""
        return join_words(self._get_rhythm_words(), *self._get_missing_evidence())

    def _get_rhythm_words(self):
        """Say how long this customer is silent, and how long it usually is."""
        self.ensure_one()
        return self.env._(
            "Usually every %(interval)s days, now %(recency)s",
            interval=whole_days(self.interval_days),
            recency=self._get_recency_days(),
        )

    def _get_missing_evidence(self):
        """Return what the silence of this customer is to be compared with, in words."""
        words = []
        if self.quiet_days:
            words.append(
                self.env._(
                    "on %(quiet)s of these days the whole company was quiet",
                    quiet=self.quiet_days,
                )
            )
        if self.gap_count:
            words.append(
                self.env._(
                    "%(shorter)s of %(all)s gaps were shorter",
                    shorter=self.gap_shorter_count,
                    all=self.gap_count,
                )
            )
        return words

    def _get_left_out_domain(self):
        """Return the domain of the customers that no segment can have."""
        return Domain("left_out_reason", "!=", False) | Domain(
            "last_order_date", "=", False
        )

    def _count_left_out(self, domain, counts=None):
        """Return how many customers are left out of the segments, by reason.

        :param domain: of the customers in question
        :param counts: as for :meth:`_describe_left_out`
        :return: {reason: number}, those who never ordered under False
        """
        if counts is None:
            left_out = domain & self._get_left_out_domain()
            return dict(self._read_group(left_out, ["left_out_reason"], ["__count"]))
        if counts.get(False):
            never = Domain("left_out_reason", "=", False)
            never &= Domain("last_order_date", "=", False)
            return {**counts, False: self.search_count(domain & never)}
        return counts

    def _describe_left_out(self, domain, counts=None):
        """Say who is left out of the segments and why, empty if nobody is.

        :param domain: of the customers in question
        :param counts: {reason: customers without a segment}, those without a reason,
            who never ordered or are too few to compare, under False; if they are known
        """
        return self._describe_reasons(self._count_left_out(domain, counts))

    def _describe_reasons(self, counts):
        """Say how many are left out for which reasons, empty if nobody is.

        :param counts: see :meth:`_count_left_out`
        """
        groups = sorted(
            ((reason, number) for reason, number in counts.items() if number),
            key=lambda group: (not group[0], group[0]),
        )
        if not groups:
            return ""
        parts = [self._describe_reason(reason, number) for reason, number in groups]
        return self.env._("Left out: %(reasons)s.", reasons=", ".join(parts))

    def _describe_reason(self, reason, number):
        """Say how many customers are left out for one reason."""
        one, many = {
            False: (
                self.env._("1 who never ordered"),
                self.env._("%(count)s who never ordered"),
            ),
            "individual": (
                self.env._("1 individual"),
                self.env._("%(count)s individuals"),
            ),
            "never_invoiced": (
                self.env._("1 never invoiced"),
                self.env._("%(count)s never invoiced"),
            ),
            "excluded": (
                self.env._("1 left out by hand"),
                self.env._("%(count)s left out by hand"),
            ),
        }[reason]
        count = formatLang(self.env, number, digits=0)
        return one if number == 1 else many % {"count": count}

    def _get_recency_days(self):
        today = self.env["crm.metric.refresh"]._get_figures_today(self.company_id)
        return (today - self.last_order_date).days

    def _read_population(self):
        """Return the compared customers of this company and this one's row among them.

        :return: (Population, row or None if not compared)
        """
        return read_population(self)
