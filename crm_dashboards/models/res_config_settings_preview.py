from dataclasses import replace
from itertools import chain

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..analytics.missing_orders import AUTOMATIC, KAPPA
from .figure_columns import ORDER_STATES

PREVIEWED = {
    "rfm": (
        "crm_rfm_method",
        "crm_rfm_window_months",
        "crm_rfm_recency_cutoffs",
        "crm_rfm_frequency_cutoffs",
        "crm_rfm_monetary_cutoffs",
        "crm_include_individuals",
        "crm_include_never_invoiced",
    ),
    "missing": (
        "crm_missing_sensitivity",
        "crm_missing_min_orders",
        "crm_missing_given_up_days",
    ),
    "trend": ("crm_trend_source", "crm_trend_band", "crm_trend_strict"),
    "engagement": ("crm_engagement_days",),
}
MISSING = ORDER_STATES.index("missing") + 1


class ResConfigSettings(models.TransientModel):
    """How many customers other settings would move, told before they are saved."""

    _inherit = "res.config.settings"

    crm_rfm_preview = fields.Char(compute="_compute_previews")
    crm_missing_preview = fields.Char(compute="_compute_previews")
    crm_trend_preview = fields.Char(compute="_compute_previews")
    crm_engagement_preview = fields.Char(compute="_compute_previews")

    @api.depends(*chain.from_iterable(PREVIEWED.values()))
    def _compute_previews(self):
        for settings in self:
            for subject, names in PREVIEWED.items():
                changed = settings._is_changed(names)
                describe = getattr(settings, f"_describe_{subject}_change")
                settings[f"crm_{subject}_preview"] = changed and describe()

    def _is_changed(self, names):
        company = self.company_id._origin
        return any(self[name] != company[name] for name in names)

    def _describe_rfm_change(self):
        company = self.company_id._origin
        try:
            cutoffs = company._get_cutoffs(self.crm_rfm_method, self)
        except ValidationError as error:
            return str(error)
        codes = self._preview(
            "segment",
            window_months=self.crm_rfm_window_months,
            method=self.crm_rfm_method,
            cutoffs=cutoffs,
            include_individuals=self.crm_include_individuals,
            include_never_invoiced=self.crm_include_never_invoiced,
        )
        count = int((codes.now != codes.then).sum())
        return self.env._("Customers who would change segment: %(count)s", count=count)

    def _describe_missing_change(self):
        codes = self._preview(
            "order_state",
            kappa=KAPPA.get(self.crm_missing_sensitivity, AUTOMATIC),
            min_orders=self.crm_missing_min_orders,
            given_up_days=self.crm_missing_given_up_days,
        )
        missing, would_be = codes.now == MISSING, codes.then == MISSING
        return self.env._(
            "Orders that would become missing: %(added)s, no longer be: %(removed)s",
            added=int((would_be & ~missing).sum()),
            removed=int((missing & ~would_be).sum()),
        )

    def _describe_trend_change(self):
        codes = self._preview(
            "trend",
            trend_source=self.crm_trend_source,
            trend_band=self.crm_trend_band,
            trend_strict=self.crm_trend_strict,
        )
        count = int((codes.now != codes.then).sum())
        return self.env._("Customers who would change trend: %(count)s", count=count)

    def _describe_engagement_change(self):
        metric = self.env["crm.customer.metric"].sudo()
        customers = Domain("company_id", "=", self.company_id.id) & Domain(
            "left_out_reason", "=", False
        )
        too_long = Domain("last_engagement_date", "=", False) | Domain(
            "days_since_engagement", ">", self.crm_engagement_days
        )
        return self.env._(
            "Customers who would need engagement: %(then)s instead of %(now)s",
            then=metric.search_count(customers & too_long),
            now=metric.search_count(customers & Domain("needs_engagement", "=", True)),
        )

    def _preview(self, name, **proposed):
        """Return the figure ``name`` of each customer now and with other settings."""
        company = self.company_id._origin
        refresh = self.env["crm.metric.refresh"].sudo()
        now = fields.Datetime.now()
        settings = refresh._get_settings(company, now)
        return refresh._preview_figures(
            company, name, settings, replace(settings, **proposed), now
        )
