from odoo import api, models
from odoo.fields import Domain

from odoo.addons.crm_dashboards.models.figures_period import (
    get_viewer_zone,
    get_zone_today,
)
from odoo.addons.crm_dashboards.models.record_action import open_record
from odoo.addons.crm_dashboards.tiles import blocks

MAX_AGREEMENTS = 3
FEWEST_DAYS_FOR_PACE = 14


class CrmDashboardTile(models.Model):
    _inherit = "crm.dashboard.tile"

    @api.model
    def _get_agreements_fixed_domain(self, scope):
        """Return what no facet of the report takes away: companies and customer.

        Agreements without company are the current company's, so none counts twice.
        """
        companies = self._get_companies(scope)
        return Domain("company_id", "in", [*companies.ids, False]) & (
            self._get_customer_domain(scope)
        )

    @api.model
    def _tile_customer_agreements(self, scope):
        """Active agreements: bonus, target, what is missing by when, and pace."""
        self._check_figures_access(self._get_customer_entities(scope))
        agreement = self.env["agreement"]
        today = get_zone_today(get_viewer_zone(self.env))
        domain = self._get_agreements_fixed_domain(scope)
        agreements = agreement.search(domain & agreement._get_running_domain(today))
        if not agreements:
            return self._empty(self.env._("No agreement is active."))
        # The one that ends first is first, those without end are last.
        agreements = agreements.sorted(lambda each: (not each.end_date, each.end_date))
        content = []
        for each in agreements[:MAX_AGREEMENTS]:
            content += self._get_agreement_blocks(each, today)
        more = len(agreements) - MAX_AGREEMENTS
        if more > 0:
            words = self.env._("1 more agreement is active.")
            if more > 1:
                words = self.env._("%(count)s more agreements are active.", count=more)
            content.append(blocks.text(words))
        if self._get_reading_note():
            words = self.env._("Of all invoices of the customer.")
            content.append(blocks.text(words))
        return self._ready(*content)

    # ------------------------------------------------------------------
    # One agreement
    # ------------------------------------------------------------------

    @api.model
    def _get_agreement_blocks(self, agreement, today):
        row = {
            "id": agreement.id,
            "title": agreement.name,
            "subtitle": self._get_expiry_text(agreement, today),
            "drill": blocks.drill("agreement", agreement.id),
        }
        if not agreement._has_rebate() or not agreement._may_know_bonus():
            return [{"type": "rows", "rows": [row]}]
        company = agreement.company_id or self.env.company
        currency = company.sudo().currency_id
        preview = agreement._preview_settlement(today)
        row["cell"] = blocks.money(preview.rebate, currency)
        row["cell_note"] = self._get_bonus_note(agreement, preview)
        return [
            {"type": "rows", "rows": [row]},
            *self._get_progress(agreement, preview, currency),
            *self._get_outlook_text(agreement, preview, currency, today),
            *self._get_peculiar_texts(agreement, preview, currency),
        ]

    @api.model
    def _get_expiry_text(self, agreement, today):
        if not agreement.end_date:
            return self.env._("no end date")
        days = (agreement.end_date - today).days
        day = blocks.format_day(self.env, agreement.end_date)
        if not days:
            return self.env._("expires today")
        if days == 1:
            return self.env._("until %(day)s, 1 day left", day=day)
        return self.env._("until %(day)s, %(days)s days left", day=day, days=days)

    @api.model
    def _get_bonus_note(self, agreement, preview):
        if agreement.rebate_type == "line" or not preview.percent:
            return self.env._("bonus now")
        return self.env._("bonus now, %(percent)s", percent=_percent(preview.percent))

    @api.model
    def _get_progress(self, agreement, preview, currency):
        """Return the way to the next section, or what was invoiced without any."""
        sections = agreement.rebate_section_ids.sorted("amount_from")
        if not agreement._has_sections() or not sections:
            total = blocks.format_amount(preview.total, currency)
            return [blocks.text(self.env._("%(amount)s invoiced", amount=total))]
        target = agreement._get_next_section(preview.amount) or sections[-1]
        goal = target.amount_from
        reached = blocks.format_amount(preview.amount, currency)
        words = self.env._("%(amount)s, in the last section", amount=reached)
        if preview.amount > max(sections.mapped("amount_to")):
            words = self.env._("%(amount)s, above the last section", amount=reached)
        elif goal > preview.amount:
            words = self.env._(
                "%(amount)s of %(target)s",
                amount=reached,
                target=blocks.format_amount(goal, currency),
            )
        marks = [
            {
                "at": section.amount_from / goal,
                "label": self.env._(
                    "%(percent)s from %(amount)s",
                    percent=_percent(section.rebate_discount),
                    amount=blocks.format_amount(section.amount_from, currency),
                ),
            }
            for section in sections
            if 0 < section.amount_from < goal
        ]
        value = preview.amount / goal if goal > 0 else 1.0
        return [
            {
                "type": "progress",
                "value": min(max(value, 0.0), 1.0),
                "label": words,
                "marks": marks,
            }
        ]

    @api.model
    def _get_outlook_text(self, agreement, preview, currency, today):
        """Return what is missing by when, where the pace leads, and what is settled."""
        sentences = [
            self._get_nudge(agreement, preview, currency, today),
            self._get_pace(agreement, preview, currency, today),
            self._get_settled(agreement, currency),
        ]
        words = " ".join(filter(None, sentences))
        return [blocks.text(words, tone=False)] if words else []

    @api.model
    def _get_nudge(self, agreement, preview, currency, today):
        """Return the amount that reaches the next section, if that gives more."""
        section = agreement._get_next_section(preview.amount)
        if not agreement._has_sections() or section.rebate_discount <= preview.percent:
            return ""
        missing = section.amount_from - preview.amount
        parts = {
            "amount": blocks.format_amount(missing, currency),
            "percent": _percent(section.rebate_discount),
        }
        end = agreement.end_date
        if not end:
            return self.env._("%(amount)s more reaches %(percent)s.", **parts)
        pattern = "d MMM" if end.year == today.year else "d MMM yyyy"
        return self.env._(
            "%(amount)s more by %(day)s reaches %(percent)s.",
            day=blocks.format_day(self.env, end, pattern),
            **parts,
        )

    @api.model
    def _get_pace(self, agreement, preview, currency, today):
        """Return where the amount ends if it goes on like that."""
        start = agreement.start_date
        if not start or (today - start).days + 1 < FEWEST_DAYS_FOR_PACE:
            return ""
        if not agreement.end_date or not preview.amounts:
            return ""
        # Only sections make a difference between one contact and several.
        amounts = [amount for _contact, amount in preview.amounts]
        counted = amounts[:1] if agreement._has_sections() else amounts
        amount = sum(agreement._get_amount_at_pace(each, today) for each in counted)
        return self.env._(
            "At the current pace it ends at %(amount)s.",
            amount=blocks.format_amount(amount, currency),
        )

    @api.model
    def _get_settled(self, agreement, currency):
        """Return what was settled already: the bonus is that of the whole time."""
        ((amount,),) = self.env["agreement.rebate.settlement.line"]._read_group(
            Domain("agreement_id", "=", agreement.id), [], ["amount_rebate:sum"]
        )
        if not amount:
            return ""
        words = blocks.format_amount(amount, currency)
        return self.env._("%(amount)s of it was settled already.", amount=words)

    @api.model
    def _get_peculiar_texts(self, agreement, preview, currency):
        """Say where a settlement goes a way that one would not expect."""
        warnings = [
            self._get_section_warning(agreement, amount, currency)
            for _contact, amount in preview.amounts
        ]
        if not agreement.start_date:
            warnings.append(
                self.env._("Without a start date it is never settled: no bonus.")
            )
        texts = [
            blocks.text(words, tone="negative")
            for words in dict.fromkeys(filter(None, warnings))
        ]
        if len(preview.amounts) > 1 and agreement._has_sections():
            contacts = self.env._(
                "Each invoiced contact is settled by itself: %(contacts)s.",
                contacts="; ".join(
                    f"{contact.display_name} {blocks.format_amount(amount, currency)}"
                    for contact, amount in preview.amounts
                ),
            )
            texts.append(blocks.text(contacts))
        return texts

    @api.model
    def _get_section_warning(self, agreement, amount, currency):
        """Say where an amount stands in no section, or in two at once."""
        sections = agreement.rebate_section_ids
        if not agreement._has_sections() or not sections:
            return ""
        matching = agreement._get_sections_of(amount)
        last = max(sections.mapped("amount_to"))
        prorated = agreement.rebate_type == "section_prorated"
        words = {"amount": blocks.format_amount(amount, currency)}
        if amount > last:
            words["last"] = blocks.format_amount(last, currency)
            if prorated:
                return self.env._(
                    "The last section ends at %(last)s: nothing is given for what is "
                    "above it.",
                    last=words["last"],
                )
            return self.env._(
                "%(amount)s is above the last section, which ends at %(last)s: a "
                "settlement gives 0 %%.",
                **words,
            )
        if prorated:
            return ""
        if len(matching) > 1:
            return self.env._(
                "%(amount)s stands in two sections, where a settlement fails: the "
                "upper one is taken here.",
                **words,
            )
        if not matching and amount > min(sections.mapped("amount_from")):
            return self.env._(
                "%(amount)s is between two sections: a settlement gives 0 %%.", **words
            )
        return ""

    # ------------------------------------------------------------------
    # Clicks
    # ------------------------------------------------------------------

    @api.model
    def _open_customer_agreements(self, scope, drill):
        """Open the customer's agreements, or one of them."""
        key, value = self._check_drill(drill, agreement=self._is_row_id)
        if key == "agreement":
            return open_record(self.env["agreement"].browse(value))
        return self._get_report_action(
            "crm_dashboards_agreement_rebate.agreement_action_agreements_report",
            self._get_agreements_fixed_domain(scope),
            search_default_running=1,
            search_default_sale=1,
            **self._get_company_context(scope),
        )


def _percent(percentage):
    """Return a percentage in words, such as 2.5 %."""
    return f"{percentage:g} %"
