# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL, LazyTranslate

from ...models.date_words import format_day, format_moment
from ...models.recent_engagement_sql import (
    get_engaged_before_sql,
    get_engagement_deadline_sql,
    get_maybe_engaged_sql,
    get_moved_ids,
)
from ...nightly.kept_sums import get_waiting_sums
from ...nightly.periods import get_figures_zone, get_zone_today
from .. import blocks
from ..mixins.engagement_terms import get_engagement_terms
from ..tile import ROW_COUNT
from ..words import format_count

_lt = LazyTranslate(__name__)

# Most recently spoken to first, never last: where the thread is easiest picked up.
ENGAGEMENT_ORDER = "last_engagement_date desc, id"


class CrmTileNeedsEngagement(models.AbstractModel):
    """Customers whose last active engagement is long ago."""

    _name = "crm.tile.needs_engagement"
    _inherit = "crm.tile.customers.mixin"
    _description = "Tile: Needs Engagement"
    _purpose = _lt("Whom nobody has spoken to for too long.")

    _report_action = "crm_dashboards.crm_customer_metric_action_engagement_report"

    def _get_customer_sums(self, scope):
        return {scope.company: get_waiting_sums(scope.company)}

    def _get_content(self, scope):
        metric = self.env["crm.customer.metric"]
        domain = self._get_metric_domain(scope) & Domain("needs_engagement", "=", True)
        number = self._count_waiting(scope)
        if not number:
            return self._get_no_customer_content(scope) or self._empty(
                self.env._(
                    "Everybody was engaged in the last %(days)s days.",
                    days=scope.company._get_crm_setting("crm_engagement_days"),
                )
            )
        metrics = metric.search(
            domain & self._get_last_engaged_domain(scope, ROW_COUNT),
            order=ENGAGEMENT_ORDER,
            limit=ROW_COUNT,
        )
        words = self.env._(
            "%(count)s · more than %(days)s days",
            count=format_count(self.env, number),
            days=scope.company._get_crm_setting("crm_engagement_days"),
        )
        actions = self._get_buttons()
        rows = tuple(
            self._make_customer_row(
                scope,
                each,
                self._describe_last_engagement(each),
                cell=blocks.days(each.days_since_engagement)
                if each.last_engagement_date
                else blocks.words(False),
                status=each.follow_up,
                actions=actions,
            )
            for each in metrics
        )
        return self._ready(
            blocks.Note(words, blocks.Drill("all")),
            blocks.Rows(rows),
            *self._get_as_of_text(scope),
        )

    def _count_waiting(self, scope):
        """Return how many customers are to be engaged.

        As the night knows it; of the few who may be others by now it is asked exactly.
        """
        sums = get_waiting_sums(scope.company)
        (name,) = sums
        number = int(scope.sum_customers(scope.company).add_up(sums)[name])
        moved = get_moved_ids(self.env)
        if not moved:
            return number
        metric = self.env["crm.customer.metric"]
        query = metric._search(
            self._get_metric_domain(scope) & Domain("partner_id", "in", moved)
        )
        is_waiting = metric._field_to_sql(query.table, "needs_engagement", query)
        query.order = None
        ((now, by_night),) = self.env.execute_query(
            query.select(
                SQL("COUNT(*) FILTER (WHERE %s)", is_waiting),
                sums[name](metric, query.table, query),
            )
        )
        return number - by_night + now

    def _get_last_engaged_domain(self, scope, count):
        """Return a domain that the first so many customers fulfil, and few others.

        An index has those in their order whom nobody spoke to since the night; only
        whoever was spoken to later than the last of so many can come before it.
        """
        metric = self.env["crm.customer.metric"]
        until = get_engagement_deadline_sql(self.env, SQL("%s", scope.company.id))
        query = metric._search(
            self._get_metric_domain(scope)
            & Domain("left_out_reason", "=", False)
            & Domain.custom(
                to_sql=lambda model, alias, _query: get_engaged_before_sql(
                    model.env, alias, until
                )
            )
        )
        night = SQL.identifier(query.table, "night_engagement_date")
        query.order, query.limit = SQL("%s DESC", night), count
        dates = self.env.execute_query(query.select(night))
        if len(dates) < count:
            return Domain.TRUE
        return Domain.custom(
            to_sql=lambda model, alias, _query: get_maybe_engaged_sql(
                model.env, alias, dates[-1][0], until
            )
        )

    def _get_as_of_text(self, scope):
        """Say up to when messages were read, where too many came since to look at."""
        if not scope.refresh._has_many_unread_messages():
            return []
        zone = get_figures_zone(scope.company).name
        moment = format_moment(self.env, scope.refresh.engagement_read_at, zone)
        words = self.env._("Engagements as of %(moment)s.", moment=moment)
        return [blocks.Text(words)]

    def _describe_last_engagement(self, metric):
        """Say what the last engagement was and when, such as "Call · 22 Oct"."""
        if not metric.last_engagement_date:
            return self.env._("never")
        zone = get_figures_zone(metric.company_id)
        day = get_zone_today(zone, metric.last_engagement_date)
        when = format_day(self.env, day)
        return f"{metric.last_engagement_type_id.sudo().name} · {when}"

    def _get_buttons(self):
        """Return the buttons of a row, none for those who may only read customers."""
        if not self.env["res.partner"].has_access("write"):
            return ()
        return (
            blocks.RowAction(
                "log_engagement", self.env._("Log engagement"), "fa-pencil-square-o"
            ),
            self._get_schedule_button(),
        )

    def _row_action_log_engagement(self, metric_id, _scope):
        """Note how one was in touch with the customer of a row."""
        return self.env["crm.customer.metric"].browse(metric_id).action_log_engagement()

    # ------------------------------------------------------------------
    # Behind it
    # ------------------------------------------------------------------

    def _open(self, scope, drill):
        """Open who needs engagement, or the customer of a row."""
        key, value = self._check_drill(
            drill, all=self._is_all, customer=self._is_row_id
        )
        if key == "customer":
            return self._open_customer(value)
        return self._open_customers_report(scope, search_default_needs_engagement=1)

    def _get_report(self):
        return self._make_customers_report(
            self.env._("Needs Engagement"),
            group_by="segment",
            measure="order_value",
            chart="count",
            reading_note=self.env._("All engagements with each customer"),
        )

    def _get_terms(self):
        return [*super()._get_terms(), *get_engagement_terms(self.env)]
