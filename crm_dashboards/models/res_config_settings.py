from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_datetime


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
    crm_excel_needs_right = fields.Boolean(
        "Excel Only for Those Who May Export",
        config_parameter="crm_dashboards.excel_needs_right",
        help="Workbooks are for users with the right to export data, as Odoo's own "
        "export is.",
    )
    crm_refresh_summary = fields.Text(compute="_compute_crm_refresh_summary")

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
                    "%(moment)s: %(customers)s customers in %(seconds).1f s, "
                    "%(changed)s changed.",
                    moment=format_datetime(self.env, refresh.as_of),
                    customers=refresh.customer_count,
                    seconds=refresh.duration_seconds,
                    changed=refresh.changed_count,
                )
            ]
        left_out = (
            self.env["crm.customer.metric"]
            .sudo()
            ._describe_left_out(Domain("company_id", "=", refresh.company_id.id))
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
