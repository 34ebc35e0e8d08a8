# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from itertools import chain

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_datetime, formatLang

from ..analytics.customer_projection import USUAL_FACTORS
from ..analytics.missing_orders import AUTOMATIC, KAPPA
from ..nightly.columns import ORDER_STATES
from ..nightly.preview import preview_figure
from ..tiles.words import format_count, format_seconds
from .rpc import rpc

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
        "crm_missing_lapsed_days",
    ),
    "trend": ("crm_trend_source", "crm_trend_band", "crm_trend_strict"),
    "engagement": ("crm_engagement_days",),
}
MISSING = ORDER_STATES.index("missing") + 1


class ResConfigSettings(models.TransientModel):
    """Settings of the figures, and what others would change before they are saved."""

    _inherit = "res.config.settings"

    crm_figures_tz = fields.Selection(
        related="company_id.crm_figures_tz", readonly=False
    )
    crm_rfm_window_months = fields.Integer(
        related="company_id.crm_rfm_window_months", readonly=False
    )
    crm_rfm_method = fields.Selection(
        related="company_id.crm_rfm_method", readonly=False
    )
    crm_rfm_recency_cutoffs = fields.Char(
        related="company_id.crm_rfm_recency_cutoffs", readonly=False
    )
    crm_rfm_frequency_cutoffs = fields.Char(
        related="company_id.crm_rfm_frequency_cutoffs", readonly=False
    )
    crm_rfm_monetary_cutoffs = fields.Char(
        related="company_id.crm_rfm_monetary_cutoffs", readonly=False
    )
    crm_include_individuals = fields.Boolean(
        related="company_id.crm_include_individuals", readonly=False
    )
    crm_include_never_invoiced = fields.Boolean(
        related="company_id.crm_include_never_invoiced", readonly=False
    )
    crm_missing_sensitivity = fields.Selection(
        related="company_id.crm_missing_sensitivity", readonly=False
    )
    crm_missing_min_orders = fields.Integer(
        related="company_id.crm_missing_min_orders", readonly=False
    )
    crm_missing_lapsed_days = fields.Integer(
        related="company_id.crm_missing_lapsed_days", readonly=False
    )
    crm_trend_source = fields.Selection(
        related="company_id.crm_trend_source", readonly=False
    )
    crm_trend_band = fields.Float(related="company_id.crm_trend_band", readonly=False)
    crm_trend_strict = fields.Boolean(
        related="company_id.crm_trend_strict", readonly=False
    )
    crm_engagement_days = fields.Integer(
        related="company_id.crm_engagement_days", readonly=False
    )
    crm_assignment = fields.Selection(
        related="company_id.crm_assignment", readonly=False
    )
    crm_hold_out = fields.Boolean(related="company_id.crm_hold_out", readonly=False)
    crm_due_amounts = fields.Boolean(
        related="company_id.crm_due_amounts", readonly=False
    )
    crm_excel_needs_right = fields.Boolean(
        "Excel Only for Those Who May Export",
        config_parameter="crm_dashboards.excel_needs_right",
        help="Workbooks are for users with the right to export data, as Odoo's own "
        "export is.",
    )
    crm_refresh_summary = fields.Text(compute="_compute_crm_refresh_summary")
    crm_rfm_preview = fields.Char(compute="_compute_previews")
    crm_missing_preview = fields.Char(compute="_compute_previews")
    crm_trend_preview = fields.Char(compute="_compute_previews")
    crm_engagement_preview = fields.Char(compute="_compute_previews")

    # ------------------------------------------------------------------
    # The nightly job
    # ------------------------------------------------------------------

    @api.depends("company_id")
    def _compute_crm_refresh_summary(self):
        for settings in self:
            refresh = self.env["crm.metric.refresh"]._get_last(settings.company_id)
            settings.crm_refresh_summary = settings._describe_refresh(refresh)

    def _describe_refresh(self, refresh):
        """Return the lines that tell of the last refresh of a company's figures."""
        if not refresh.as_of:
            lines = [self.env._("Not run yet.")]
        else:
            lines = [
                self.env._(
                    "%(moment)s: %(customers)s customers in %(duration)s, "
                    "%(changed)s changed.",
                    moment=format_datetime(self.env, refresh.as_of),
                    customers=format_count(self.env, refresh.customer_count),
                    duration=format_seconds(self.env, refresh.duration_seconds),
                    changed=format_count(self.env, refresh.changed_count),
                )
            ]
        left_out = (
            self.env["crm.customer.metric"]
            .sudo()
            ._describe_left_out(Domain("company_id", "=", refresh.company_id.id))
        )
        if left_out:
            lines.append(left_out)
        lines += self._describe_doubts(refresh)
        least, most = USUAL_FACTORS
        if refresh.month_start and not least <= refresh.month_factor <= most:
            lines.append(
                self.env._(
                    "This month the company is expected to add %(factor)s times what "
                    "its customers would at their own rates: confidence in the month "
                    "of a customer is low.",
                    factor=formatLang(self.env, refresh.month_factor, digits=2),
                )
            )
        if refresh.error:
            lines.append(
                self.env._("The last attempt failed: %(error)s", error=refresh.error)
            )
        return "\n".join(lines)

    def _describe_doubts(self, refresh):
        """Return the lines of what is left out of figures, or counts with a doubt."""
        company, env = self.company_id, self.sudo().with_company(self.company_id).env
        orders, invoices = env["sale.order"], env["account.move"]
        lines = [
            orders._describe_unrated(orders._get_confirmed_domain(company))
            if refresh.unrated_order_count
            else "",
            invoices._describe_unrated(invoices._get_turnover_domain(company))
            if refresh.unrated_invoice_count
            else "",
            self._describe_broken(refresh),
            self.env._(
                "The currency was changed: the figures are left out until they are "
                "made anew."
            )
            if company._awaits_crm_figures()
            else "",
        ]
        unusable = company.sudo()._get_unusable_crm_settings()
        if unusable:
            lines.append(
                self.env._(
                    "Stored settings that cannot be used, so that their defaults "
                    "count: %(settings)s.",
                    settings=", ".join(unusable),
                )
            )
        return list(filter(None, lines))

    def _describe_broken(self, refresh):
        """Name the records that are left out since a value of theirs cannot be used."""
        if not refresh.broken_count:
            return ""
        reasons = {
            "amount": self.env._("amount"),
            "customer": self.env._("customer"),
            "date": self.env._("date"),
            "rate": self.env._("rate"),
        }
        names = [
            self.env._(
                "%(kind)s %(name)s (%(reason)s)",
                kind=self.env["ir.model"].sudo()._get(model).name,
                name=name or record_id,
                reason=reasons[reason],
            )
            for model, record_id, name, reason in refresh.broken_records
        ]
        if refresh.broken_count > len(names):
            more = refresh.broken_count - len(names)
            names.append(self.env._("%(count)s more", count=more))
        return self.env._(
            "Left out, since a value of theirs cannot be used: %(records)s.",
            records=", ".join(names),
        )

    @rpc
    def action_refresh_figures(self):
        """Make the figures of the current company now instead of tonight."""
        self.env["crm.metric.refresh"].check_access("read")
        company = self.env.company
        if not self.env["crm.metric.refresh"]._refresh_company(company):
            raise UserError(
                self.env._(
                    "The figures of this company are being made right now. "
                    "Please look again in a moment."
                )
            )
        return {"type": "ir.actions.client", "tag": "reload"}

    # ------------------------------------------------------------------
    # How many customers other settings would move
    # ------------------------------------------------------------------

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
            lapsed_days=self.crm_missing_lapsed_days,
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
        return preview_figure(company, name, fields.Datetime.now(), **proposed)
