from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

from ..nightly.periods import (
    get_day_start,
    get_month_start,
    get_viewer_zone,
    get_zone_today,
)
from . import blocks
from .customer_rows import ROW_COUNT

OUTCOMES = ("positive", "negative", "neutral")  # also the tones they are drawn in
PERIODS = ("this_month", "last_month", "last_90_days")
PERIOD_DAYS = 90  # with today


class CrmDashboardTile(models.Model):
    _inherit = "crm.dashboard.tile"

    @api.model
    def _get_closed_domain(self, scope, period):
        """Return the domain of the opportunities of ``scope`` closed in a period.

        :param period: one of PERIODS
        """
        zone = get_viewer_zone(self.env)
        start, end = self._get_closed_period(period)
        lead = self.env["crm.lead"]
        return (
            lead._get_company_domain(self.env.company)
            & scope.get_domain(self.env, "account_manager_id")
            & Domain("type", "=", "opportunity")
            & Domain("outcome", "!=", False)
            & Domain("date_outcome", ">=", get_day_start(zone, start))
            & Domain("date_outcome", "<", get_day_start(zone, end))
        )

    @api.model
    def _get_closed_period(self, period):
        """Return the first day of a period and the day after its last one."""
        today = get_zone_today(get_viewer_zone(self.env))
        if period == "last_90_days":
            return today - timedelta(days=PERIOD_DAYS - 1), today + timedelta(days=1)
        back = PERIODS.index(period)
        return get_month_start(today, back), get_month_start(today, back - 1)

    @api.model
    def _get_closed_tab(self, scope):
        """Return the chosen period, this month at first."""
        tab = scope.tabs.get("close_rate")
        return tab if tab in PERIODS else PERIODS[0]

    @api.model
    def _tile_close_rate(self, scope):
        """Opportunities closed in a period by outcome, the latest below."""
        period = self._get_closed_tab(scope)
        lead = self.env["crm.lead"]
        domain = self._get_closed_domain(scope, period)
        counts = dict(lead._read_group(domain, ["outcome"], ["__count"]))
        tabs = self._get_closed_tabs(period)
        if not counts:
            return self._empty(self._get_nothing_closed_reason(period), tabs=tabs)
        leads = lead.search(domain, order="date_outcome DESC, id DESC", limit=ROW_COUNT)
        return self._ready(
            self._get_outcome_doughnut(counts),
            {"type": "rows", "rows": [self._get_closed_row(each) for each in leads]},
            *self._get_opportunities_note(),
            tabs=tabs,
        )

    @api.model
    def _get_closed_tabs(self, active):
        labels = {
            "this_month": self.env._("This Month"),
            "last_month": self.env._("Last Month"),
            "last_90_days": self.env._("Last 90 Days"),
        }
        return [
            blocks.tab(period, labels[period], period == active) for period in PERIODS
        ]

    @api.model
    def _get_nothing_closed_reason(self, period):
        reasons = {
            "this_month": self.env._("No opportunity was closed this month so far."),
            "last_month": self.env._("No opportunity was closed last month."),
            "last_90_days": self.env._(
                "No opportunity was closed in the last 90 days."
            ),
        }
        return reasons[period]

    @api.model
    def _get_outcome_doughnut(self, counts):
        """Return the ring of outcomes around the close rate.

        :param counts: {outcome: opportunities}
        """
        labels = dict(
            self.env["crm.lead"]._fields["outcome"]._description_selection(self.env)
        )
        points = [
            blocks.doughnut_point(
                labels[outcome],
                blocks.count(counts.get(outcome, 0)),
                outcome,
                blocks.drill("outcome", outcome),
            )
            for outcome in OUTCOMES
        ]
        positive = counts.get("positive", 0)
        decided = positive + counts.get("negative", 0)
        rate = blocks.percent(positive / decided if decided else None)
        center = {"cell": rate, "label": self.env._("close rate")}
        return blocks.doughnut(
            self.env._("Closed opportunities by outcome"), points, center
        )

    @api.model
    def _get_closed_row(self, lead):
        salesperson = lead.user_id.sudo()
        when = self._describe_recent_day(lead.date_outcome)
        # As in any list, who may read the opportunity may read its customer's name.
        customer = lead.sudo().partner_id.commercial_partner_id.name
        customer = customer or lead.partner_name or lead.contact_name
        return {
            "id": lead.id,
            "avatar": {
                "user_id": salesperson.id,
                "name": salesperson.name or self.env._("Unassigned"),
            },
            "title": lead.name,
            "subtitle": f"{customer} · {when}" if customer else when,
            "cell": blocks.money(lead.expected_revenue, lead.company_currency),
            "cell_note": self._get_ending_words(lead),
            "drill": blocks.drill("lead", lead.id),
        }

    @api.model
    def _get_ending_words(self, lead):
        """Say how an opportunity ended: won, lost, or in which stage."""
        if lead.won_status == "pending":
            return lead.stage_id.name
        won = lead.won_status == "won"
        return self.env._("Won") if won else self.env._("Lost")

    @api.model
    def _describe_recent_day(self, moment):
        """Return the day of a UTC moment in the viewer's words and zone."""
        zone = get_viewer_zone(self.env)
        day, today = get_zone_today(zone, moment), get_zone_today(zone)
        if day == today:
            return self.env._("today")
        if day == today - timedelta(days=1):
            return self.env._("yesterday")
        return blocks.format_day(self.env, day, "d MMM")

    @api.model
    def _get_opportunities_note(self):
        """Say that the figures are of readable leads, where that can differ."""
        if self.env.user.has_group("sales_team.group_sale_salesman_all_leads"):
            return []
        return [blocks.text(self.env._("Of the opportunities you may read."))]

    @api.model
    def _open_close_rate(self, scope, drill):
        """Open what was closed in the tab's period, of one outcome, or a row's lead."""
        key, value = self._check_drill(
            drill,
            lead=self._is_row_id,
            outcome=lambda value: value in OUTCOMES,
        )
        if key == "lead":
            return self._open_lead(value)
        options = {
            "this_month": "month",
            "last_month": "month-1",
            "last_90_days": "custom_last_90_days",
        }
        facets = {f"search_default_{value}": 1} if key == "outcome" else {}
        return self._get_report_action(
            "crm_dashboards.crm_lead_action_close_rate_report",
            self.env["crm.lead"]._get_company_domain(self.env.company),
            search_default_closed=1,
            search_default_opportunities=1,
            search_default_outcome_date=options[self._get_closed_tab(scope)],
            **facets,
            **self._get_manager_facets(scope),
        )

    @api.model
    def _open_lead(self, lead_id):
        """Return the action that opens the opportunity behind a row."""
        lead = self.env["crm.lead"].browse(lead_id)
        lead.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": lead._name,
            "res_id": lead.id,
            "views": [[False, "form"]],
        }
