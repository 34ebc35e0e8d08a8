from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_datetime

RFM_SETTINGS = (
    "crm_rfm_method",
    "crm_rfm_window_months",
    "crm_rfm_recency_cutoffs",
    "crm_rfm_frequency_cutoffs",
    "crm_rfm_monetary_cutoffs",
    "crm_include_individuals",
    "crm_include_never_invoiced",
)


class ResConfigSettings(models.TransientModel):
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
    crm_missing_given_up_days = fields.Integer(
        related="company_id.crm_missing_given_up_days", readonly=False
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
    crm_due_amounts = fields.Boolean(
        related="company_id.crm_due_amounts", readonly=False
    )
    crm_rfm_preview = fields.Char(compute="_compute_crm_rfm_preview")
    crm_refresh_summary = fields.Text(compute="_compute_crm_refresh_summary")

    @api.depends(*RFM_SETTINGS)
    def _compute_crm_rfm_preview(self):
        """Say how many customers would change segment, before anything is saved."""
        for settings in self:
            company = settings.company_id._origin
            changed = any(settings[name] != company[name] for name in RFM_SETTINGS)
            try:
                settings.crm_rfm_preview = changed and settings._describe_rfm_change()
            except ValidationError as error:
                settings.crm_rfm_preview = str(error)

    def _describe_rfm_change(self):
        company = self.company_id._origin
        figures = self.env["crm.metric.refresh"].sudo()
        now = fields.Datetime.now()
        settings = figures._get_settings(company, now)
        proposed = replace(
            settings,
            window_months=self.crm_rfm_window_months,
            method=self.crm_rfm_method,
            cutoffs=company._get_cutoffs(self.crm_rfm_method, self),
            include_individuals=self.crm_include_individuals,
            include_never_invoiced=self.crm_include_never_invoiced,
        )
        count = figures._count_segment_changes(company, settings, proposed, now)
        return self.env._("%(count)s customers would change segment.", count=count)

    @api.depends("company_id")
    def _compute_crm_refresh_summary(self):
        for settings in self:
            refresh = (
                self.env["crm.metric.refresh"]
                .sudo()
                .search([("company_id", "=", settings.company_id.id)])
            )
            settings.crm_refresh_summary = settings._describe_refresh(refresh)

    def _describe_refresh(self, refresh):
        """Return the lines that tell of the last refresh of a company's figures."""
        if not refresh.as_of:
            lines = [self.env._("Not run yet.")]
        else:
            lines = [
                self.env._(
                    "%(moment)s: %(customers)s customers in %(seconds).1f s, "
                    "%(changed)s changed.",
                    moment=format_datetime(self.env, refresh.as_of),
                    customers=refresh.customer_count,
                    seconds=refresh.duration_seconds,
                    changed=refresh.changed_count,
                )
            ]
        tile = self.env["crm.dashboard.tile"].sudo()
        left_out = tile._get_left_out_text(
            Domain("company_id", "=", refresh.company_id.id)
        )
        if left_out:
            lines.append(left_out)
        if refresh.unrated_order_count:
            lines.append(
                self.env._(
                    "%(count)s orders are in a currency without a rate: "
                    "they count one to one.",
                    count=refresh.unrated_order_count,
                )
            )
        if refresh.error:
            lines.append(
                self.env._("The last attempt failed: %(error)s", error=refresh.error)
            )
        return "\n".join(lines)

    def action_refresh_figures(self):
        """Make the figures of the current company now instead of tonight."""
        self.env["crm.metric.refresh"].check_access("read")
        company = self.env.company
        if not self.env["crm.metric.refresh"].sudo()._refresh_company(company):
            raise UserError(
                self.env._(
                    "The figures of this company are being made right now. "
                    "Please look again in a moment."
                )
            )
        return {"type": "ir.actions.client", "tag": "reload"}
