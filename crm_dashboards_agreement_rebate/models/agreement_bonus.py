from odoo import api, fields, models

from odoo.addons.crm_dashboards.models.crm_customer_metric import READER_GROUPS
from odoo.addons.crm_dashboards.models.figures_period import (
    get_viewer_zone,
    get_zone_today,
)


class Agreement(models.Model):
    """What an agreement comes to today, for who may know the customer's figures."""

    _inherit = "agreement"

    bonus_currency_id = fields.Many2one(
        "res.currency", compute="_compute_bonus_now", groups=READER_GROUPS
    )
    bonus_now = fields.Monetary(
        compute="_compute_bonus_now",
        currency_field="bonus_currency_id",
        groups=READER_GROUPS,
        help="What a settlement from the start of the agreement until today would come "
        "to.",
    )
    invoiced_now = fields.Monetary(
        "Invoiced So Far",
        compute="_compute_bonus_now",
        currency_field="bonus_currency_id",
        groups=READER_GROUPS,
        help="What a settlement until today would count, of all invoiced contacts.",
    )

    @api.depends_context("company", "uid", "tz")
    def _compute_bonus_now(self):
        today = get_zone_today(get_viewer_zone(self.env))
        for agreement in self:
            company = agreement.company_id or self.env.company
            agreement.bonus_currency_id = company.sudo().currency_id
            if agreement._has_rebate() and agreement._may_know_bonus():
                preview = agreement._preview_settlement(today)
                agreement.bonus_now = preview.rebate
                agreement.invoiced_now = preview.total
            else:
                agreement.bonus_now = agreement.invoiced_now = False

    def _may_know_bonus(self):
        """Whether the user may know the figures of all whose invoices count.

        A settlement counts those of companies below the agreement's partner, too, be
        they customers of their own.
        """
        tile = self.env["crm.dashboard.tile"]
        if tile._sees_all():
            return True
        invoiced = self.sudo().partner_id._crm_get_family()
        return tile._may_know_figures(invoiced.commercial_partner_id)

    def _preview_settlement(self, day):
        """Return the SettlementPreview of the agreement until ``day``."""
        self.ensure_one()
        company = self.company_id or self.env.company
        wizard = self.env["agreement.settlement.create.wiz"]
        return wizard._preview_settlement(self, company, day)
