import pytz

from odoo import api, models
from odoo.fields import Domain

from ..nightly.periods import get_zone_today
from . import blocks
from .customer_rows import ROW_COUNT

# Most recently spoken to first, never last: where the thread is easiest picked up.
ENGAGEMENT_ORDER = "last_engagement_date desc, id"


class CrmDashboardTile(models.Model):
    _inherit = "crm.dashboard.tile"

    @api.model
    def _get_needs_engagement_domain(self, scope):
        """Return the domain of the customers of ``scope`` not engaged for too long."""
        return self._get_metric_domain(scope) & Domain("needs_engagement", "=", True)

    @api.model
    def _tile_needs_engagement(self, scope):
        """Customers whose last active engagement is long ago."""
        metric = self.env["crm.customer.metric"]
        domain = self._get_needs_engagement_domain(scope)
        number = metric.search_count(domain)
        if not number:
            return self._empty(self._get_all_engaged_reason(scope))
        metrics = metric.search(domain, order=ENGAGEMENT_ORDER, limit=ROW_COUNT)
        actions = self._get_engagement_actions()
        words = self.env._(
            "%(count)s · more than %(days)s days",
            count=blocks.format_count(self.env, number),
            days=self.env.company.sudo().crm_engagement_days,
        )
        return self._ready(
            blocks.note(words, blocks.drill("all")),
            {
                "type": "rows",
                "rows": [
                    self._get_customer_row(
                        each,
                        each._describe_last_engagement(),
                        cell=blocks.days(each.days_since_engagement)
                        if each.last_engagement_date
                        else blocks.text_cell(False),
                        actions=actions,
                    )
                    for each in metrics
                ],
            },
        )

    @api.model
    def _get_engagement_actions(self):
        """Return the buttons of a row, none for those who may only read customers."""
        if not self.env["res.partner"].has_access("write"):
            return []
        return [
            {
                "key": "log_engagement",
                "label": self.env._("Log engagement"),
                "icon": "fa-pencil-square-o",
            },
            {
                "key": "schedule",
                "label": self.env._("Schedule activity"),
                "icon": "fa-calendar-plus-o",
            },
        ]

    @api.model
    def _get_all_engaged_reason(self, scope):
        if not self._get_refresh().as_of:
            return self.env._(
                "Figures of customers are made each night. The first ones follow soon."
            )
        compared = Domain("left_out_reason", "=", False)
        if not self.env["crm.customer.metric"].search_count(
            self._get_metric_domain(scope) & compared, limit=1
        ):
            return self.env._("No customers here.")
        return self.env._(
            "Everybody was engaged in the last %(days)s days.",
            days=self.env.company.sudo().crm_engagement_days,
        )

    @api.model
    def _open_needs_engagement(self, scope, drill):
        """Open who needs engagement, or the customer of a row."""
        key, value = self._check_drill(
            drill,
            all=lambda value: value is True,
            customer=self._is_row_id,
        )
        if key == "customer":
            return self._open_customer(value)
        return self._get_report_action(
            "crm_dashboards.crm_customer_metric_action_engagement_report",
            Domain("company_id", "=", self.env.company.id),
            search_default_needs_engagement=1,
            **self._get_manager_facets(scope, "user_id"),
        )

    @api.model
    def _row_action_needs_engagement_log_engagement(self, metric_id, scope):
        """Note how one was in touch with the customer of a row."""
        return self.env["crm.customer.metric"].browse(metric_id).action_log_engagement()

    @api.model
    def _row_action_needs_engagement_schedule(self, metric_id, scope):
        """Schedule an activity with the customer of a row."""
        metric = self.env["crm.customer.metric"].browse(metric_id)
        return metric.action_schedule_activity()


class CrmCustomerMetric(models.Model):
    _inherit = "crm.customer.metric"

    def _describe_last_engagement(self):
        """Say what the last engagement was and when, such as "Call · 22 Oct"."""
        self.ensure_one()
        if not self.last_engagement_date:
            return self.env._("never")
        zone = pytz.timezone(self.company_id.sudo().crm_figures_tz or "UTC")
        day = get_zone_today(zone, self.last_engagement_date)
        this_year = day.year == get_zone_today(zone).year
        pattern = "d MMM" if this_year else "d MMM yyyy"
        when = blocks.format_month(self.env, day, pattern)
        return f"{self.last_engagement_type_id.sudo().name} · {when}"
