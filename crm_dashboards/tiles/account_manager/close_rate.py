# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import models
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from ...models.date_words import format_day
from ...nightly.periods import get_day_start, get_zone_today
from .. import blocks
from ..report import Report, Term
from ..tile import ROW_COUNT

_lt = LazyTranslate(__name__)

OUTCOMES = ("positive", "negative", "neutral")  # also the tones they are drawn in
# The period of the page, which is this month at first; the one it is compared with.
PERIODS = ("this_month", "last_month", "last_90_days")
PERIOD_DAYS = 90  # with today


class CrmTileCloseRate(models.AbstractModel):
    """Opportunities closed in a period by outcome, the latest below."""

    _name = "crm.tile.close_rate"
    _inherit = "crm.tile"
    _description = "Tile: Close Rate"
    _purpose = _lt("How many of the closed opportunities ended well.")

    _report_action = "crm_dashboards.crm_lead_action_close_rate_report"
    _follows_period = True

    def _get_content(self, scope):
        period = self._get_tab(scope, PERIODS, PERIODS[0])
        lead = self.env["crm.lead"]
        domain = self._get_closed_domain(scope, period)
        counts = dict(lead._read_group(domain, ["crm_outcome"], ["__count"]))
        tabs = self._get_tabs(scope, period)
        if not counts:
            reason = self._get_nothing_closed_reason(scope, period)
            return self._empty(reason, tabs=tabs)
        leads = lead.search(
            domain, order="crm_date_outcome DESC, id DESC", limit=ROW_COUNT
        )
        return self._ready(
            self._get_doughnut(counts),
            blocks.Rows(tuple(self._make_row(scope, each) for each in leads)),
            *self._get_opportunities_note(),
            tabs=tabs,
        )

    def _get_closed_domain(self, scope, period):
        """Return the domain of the opportunities of ``scope`` closed in a period.

        :param period: one of PERIODS
        """
        start, end = self._get_closed_period(scope, period)
        lead = self.env["crm.lead"]
        return (
            lead._get_company_domain(scope.company)
            & scope.get_manager_domain("crm_account_manager_id")
            & Domain("type", "=", "opportunity")
            & Domain("crm_outcome", "!=", False)
            & Domain("crm_date_outcome", ">=", get_day_start(scope.zone, start))
            & Domain("crm_date_outcome", "<", get_day_start(scope.zone, end))
        )

    def _get_closed_period(self, scope, period):
        """Return the first day of a tab's period and the day after its last one."""
        if period == "last_90_days":
            return (
                scope.today - timedelta(days=PERIOD_DAYS - 1),
                scope.today + timedelta(days=1),
            )
        if period == "last_month":
            return scope.period.before_start, scope.period.before_end
        return scope.period.start, scope.period.end

    def _get_tabs(self, scope, active):
        chosen = scope.period
        labels = {
            "this_month": chosen.get_name(self.env),
            "last_month": chosen.get_before_name(self.env),
            "last_90_days": self.env._("Last 90 Days"),
        }
        if chosen.key == "month":
            labels["this_month"] = self.env._("This Month")
        if chosen.is_default:
            labels["last_month"] = self.env._("Last Month")
        return [
            blocks.Tab(period, labels[period], period == active) for period in PERIODS
        ]

    def _get_nothing_closed_reason(self, scope, period):
        if period == "last_90_days":
            return self.env._("No opportunity was closed in the last 90 days.")
        chosen, is_before = scope.period, period == "last_month"
        if chosen.key == "month" and not is_before:
            return self.env._("No opportunity was closed this month so far.")
        if chosen.is_default:
            return self.env._("No opportunity was closed last month.")
        name = (chosen.get_before_name if is_before else chosen.get_name)(self.env)
        return self.env._("No opportunity was closed in %(period)s.", period=name)

    def _get_doughnut(self, counts):
        """Return the ring of outcomes around the close rate.

        :param counts: {outcome: opportunities}
        """
        field = self.env["crm.lead"]._fields["crm_outcome"]
        labels = dict(field._description_selection(self.env))
        points = tuple(
            blocks.Slice(
                labels[outcome],
                blocks.count(counts.get(outcome, 0)),
                outcome,
                blocks.Drill("outcome", outcome),
            )
            for outcome in OUTCOMES
        )
        positive = counts.get("positive", 0)
        decided = positive + counts.get("negative", 0)
        rate = blocks.percent(positive / decided if decided else None)
        return blocks.Doughnut(
            self.env._("Closed opportunities by outcome"),
            points,
            blocks.Center(rate, self.env._("close rate")),
        )

    def _make_row(self, scope, lead):
        salesperson = lead.user_id.sudo()
        when = self._describe_recent_day(scope, lead.crm_date_outcome)
        # As in any list, who may read the opportunity may read its customer's name.
        customer = lead.sudo().partner_id.commercial_partner_id.name
        customer = customer or lead.partner_name or lead.contact_name
        name = salesperson.name or self.env._("Unassigned")
        return blocks.Row(
            id=lead.id,
            avatar=blocks.Avatar(salesperson.id, name),
            title=lead.name,
            subtitle=f"{customer} · {when}" if customer else when,
            cell=blocks.money(lead.expected_revenue, lead.company_currency),
            cell_note=self._get_ending_words(lead),
            drill=blocks.Drill("lead", lead.id),
        )

    def _get_ending_words(self, lead):
        """Say how an opportunity ended: won, lost, or in which stage."""
        if lead.won_status == "pending":
            return lead.stage_id.name
        won = lead.won_status == "won"
        return self.env._("Won") if won else self.env._("Lost")

    def _describe_recent_day(self, scope, moment):
        """Return the day of a UTC moment in the viewer's words and zone."""
        day = get_zone_today(scope.zone, moment)
        if day == scope.today:
            return self.env._("today")
        if day == scope.today - timedelta(days=1):
            return self.env._("yesterday")
        return format_day(self.env, day)

    def _get_opportunities_note(self):
        """Say that the figures are of readable leads, where that can differ."""
        if self.env.user.has_group("sales_team.group_sale_salesman_all_leads"):
            return []
        return [blocks.Reading(self.env._("Of the opportunities you may read."))]

    # ------------------------------------------------------------------
    # Behind it
    # ------------------------------------------------------------------

    def _open(self, scope, drill):
        """Open what was closed in the tab's period, of one outcome, or a row's lead."""
        key, value = self._check_drill(
            drill,
            lead=self._is_row_id,
            outcome=lambda value: value in OUTCOMES,
        )
        if key == "lead":
            return self._open_record("crm.lead", value)
        options = {
            "this_month": scope.period.get_facet(),
            "last_month": scope.period.get_before_facet(),
            "last_90_days": "custom_last_90_days",
        }
        facets = {f"search_default_{value}": 1} if key == "outcome" else {}
        period = self._get_tab(scope, PERIODS, PERIODS[0])
        return self._get_report_action(
            self.env["crm.lead"]._get_company_domain(scope.company),
            search_default_closed=1,
            search_default_opportunities=1,
            search_default_outcome_date=options[period],
            **facets,
            **self._get_manager_facets(scope),
        )

    def _get_report(self):
        note = self.env._("All opportunities of the company")
        if not self.env.user._sees_all_crm_figures():
            note = self.env._("The opportunities you may read")
        return Report(
            title=self.env._("Closed Opportunities"),
            action=self._report_action,
            domain=self.env["crm.lead"]._get_company_domain(self.env.company),
            group_by="crm_outcome",
            measure="expected_revenue",
            chart="count",
            reading_note=note,
            terms=(self._get_scope_term(), *self._get_terms()),
        )

    def _get_terms(self):
        return [
            Term(
                self.env._("Outcome"),
                self.env._(
                    "Of a lost opportunity that of its lost reason, of a won one that "
                    "of its stage, else that of its stage if the stage ends "
                    "opportunities. Archived ones count."
                ),
            ),
            Term(
                self.env._("Outcome date"),
                self.env._(
                    "When an opportunity was won or lost, or came into the stage that "
                    "ended it."
                ),
            ),
            Term(
                self.env._("Close rate"),
                self.env._(
                    "Positive opportunities as a share of the positive and negative "
                    "ones. Neutral ones do not change it."
                ),
            ),
        ]
