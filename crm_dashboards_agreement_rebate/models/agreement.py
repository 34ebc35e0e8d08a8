# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.crm_dashboards.models.figure_selections import READER_GROUPS
from odoo.addons.crm_dashboards.nightly.periods import (
    get_viewer_zone,
    get_zone_today,
)


class Agreement(models.Model):
    """What an agreement comes to today, for who may know the customer's figures."""

    _inherit = "agreement"

    crm_bonus_currency_id = fields.Many2one(
        "res.currency",
        string="Bonus Currency",
        compute="_compute_crm_bonus_now",
        groups=READER_GROUPS,
    )
    crm_bonus_now = fields.Monetary(
        string="Bonus Now",
        compute="_compute_crm_bonus_now",
        currency_field="crm_bonus_currency_id",
        groups=READER_GROUPS,
        help="What a settlement from the start of the agreement until today would come "
        "to.",
    )
    crm_invoiced_now = fields.Monetary(
        "Invoiced So Far",
        compute="_compute_crm_bonus_now",
        currency_field="crm_bonus_currency_id",
        groups=READER_GROUPS,
        help="What a settlement until today would count, of all invoiced contacts.",
    )

    @api.depends_context("company", "uid", "tz")
    def _compute_crm_bonus_now(self):
        today = get_zone_today(get_viewer_zone(self.env))
        for agreement in self:
            company = agreement.company_id or self.env.company
            agreement.crm_bonus_currency_id = company.sudo().currency_id
            if agreement._has_rebate() and agreement._may_know_bonus():
                preview = agreement._preview_settlement(today)
                agreement.crm_bonus_now = preview.rebate
                agreement.crm_invoiced_now = preview.total
            else:
                agreement.crm_bonus_now = agreement.crm_invoiced_now = False

    def _may_know_bonus(self):
        """Whether the user may know the figures of all whose invoices count.

        A settlement counts those of companies below the agreement's partner, too, be
        they customers of their own.
        """
        if self.env.user._sees_all_crm_figures():
            return True
        invoiced = self.sudo().partner_id._crm_get_family()
        return invoiced.commercial_partner_id._may_know_crm_figures()

    def _preview_settlement(self, day):
        """Return the SettlementPreview of the agreement until ``day``."""
        self.ensure_one()
        company = self.company_id or self.env.company
        wizard = self.env["agreement.settlement.create.wiz"]
        return wizard._preview_settlement(self, company, day)

    def _get_running_domain(self, day):
        """Return the domain of the agreements with customers that run on ``day``."""
        return (
            Domain("domain", "=", "sale")
            & Domain("is_template", "=", False)
            & (Domain("start_date", "=", False) | Domain("start_date", "<=", day))
            & (Domain("end_date", "=", False) | Domain("end_date", ">=", day))
        )

    def _has_rebate(self):
        """Whether settlements take this agreement at all, dates apart."""
        return bool(self.rebate_type and self.is_rebate)

    def _has_sections(self):
        return self.rebate_type in ("section_total", "section_prorated")

    def _get_sections_of(self, amount):
        """Return the sections that ``amount`` stands in, the lowest first."""
        return self.rebate_section_ids.filtered(
            lambda section: section.amount_from <= amount <= section.amount_to
        ).sorted("amount_from")

    def _get_next_section(self, amount):
        """Return the first section that begins above ``amount``, or none."""
        above = self.rebate_section_ids.filtered(
            lambda section: section.amount_from > amount
        )
        return above.sorted("amount_from")[:1]

    def _get_missing_amount(self, section, amount, currency):
        """Return what is missing at ``amount`` until ``section`` alone decides.

        Where another section ends with the very amount it begins with, a settlement of
        just that would fail.
        """
        missing = section.amount_from - amount
        if self._get_sections_of(section.amount_from) != section:
            missing += currency.rounding
        return currency.round(missing)

    def _get_missing_of_next(self, amount, currency):
        """Return what is missing until the next section, and its percentage.

        :param float amount: the largest one that was invoiced to a contact
        :return: (missing, percent); (0, 0) where no section gives more
        """
        section = self._get_next_section(amount)
        reached = self._get_sections_of(amount)[-1:].rebate_discount
        if not section or section.rebate_discount <= reached:
            return 0.0, 0.0
        missing = self._get_missing_amount(section, amount, currency)
        return missing, section.rebate_discount

    def _get_rebate_by_sections(self, amounts, currency):
        """Return what ``amounts`` earn if each section pays for its own part only."""
        return sum(
            currency.round(
                max(0, min(amount, section.amount_to) - section.amount_from)
                * section.rebate_discount
                / 100
            )
            for amount in amounts
            for section in self.rebate_section_ids
        )

    def _find_settled_lines(self, company):
        """Return the lines of settlements of the time that runs.

        An agreement that is renewed by new dates keeps the settlements of the old
        ones. One without company has settlements of several companies.
        """
        lines = self.env["agreement.rebate.settlement.line"].search(
            Domain("agreement_id", "=", self.id)
            & Domain("settlement_id.company_id", "=", company.id)
        )
        start = self.start_date
        return lines.filtered(lambda line: not start or line._get_last_day() >= start)

    def _get_amount_at_pace(self, amount, day):
        """Return what a contact's ``amount`` until ``day`` comes to at the end.

        The agreement has a start and an end.
        """
        elapsed_days = (day - self.start_date).days + 1
        all_days = (self.end_date - self.start_date).days + 1
        # What was consumed elsewhere is added once, it does not grow.
        elsewhere = self.additional_consumption
        return (amount - elsewhere) * all_days / elapsed_days + elsewhere
