from odoo import api, models
from odoo.fields import Domain


class Agreement(models.Model):
    _inherit = "agreement"

    @api.model
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

    def _get_amount_at_pace(self, amount, day):
        """Return what a contact's ``amount`` until ``day`` comes to at the end.

        The agreement has a start and an end.
        """
        elapsed_days = (day - self.start_date).days + 1
        all_days = (self.end_date - self.start_date).days + 1
        # What was consumed elsewhere is added once, it does not grow.
        elsewhere = self.additional_consumption
        return (amount - elsewhere) * all_days / elapsed_days + elsewhere
