# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from odoo.addons.crm_dashboards.models.date_words import format_day
from odoo.addons.crm_dashboards.tiles import blocks
from odoo.addons.crm_dashboards.tiles.report import Report, Term
from odoo.addons.crm_dashboards.tiles.words import (
    format_amount,
    format_least_amount,
    format_percentage,
)

_lt = LazyTranslate(__name__)

MAX_AGREEMENTS = 3
FEWEST_DAYS_FOR_PACE = 14


class CrmTileCustomerAgreements(models.AbstractModel):
    """Active agreements: bonus, target, what is missing by when, and pace."""

    _name = "crm.tile.customer_agreements"
    _inherit = "crm.tile"
    _description = "Tile: Agreements"
    _purpose = _lt(
        "Which bonus the customer has reached, and what is short of the next."
    )

    _report_action = (
        "crm_dashboards_agreement_rebate.agreement_action_agreements_report"
    )
    _adds_up_companies = True

    def _get_content(self, scope):
        scope.entities._check_crm_figures_access()
        agreement = self.env["agreement"]
        agreements = agreement.search(
            self._get_fixed_domain(scope) & agreement._get_running_domain(scope.today)
        )
        if not agreements:
            return self._empty(self.env._("No agreement is active."))
        # The one that ends first is first, those without end are last.
        agreements = agreements.sorted(lambda each: (not each.end_date, each.end_date))
        content = []
        for each in agreements[:MAX_AGREEMENTS]:
            content += self._make_agreement_blocks(scope, each)
        more = len(agreements) - MAX_AGREEMENTS
        if more > 0:
            words = self.env._("1 more agreement is active.")
            if more > 1:
                words = self.env._("%(count)s more agreements are active.", count=more)
            content.append(blocks.Text(words))
        if not self.env.user._reads_all_crm_orders():
            words = self.env._("Of all invoices of the customer.")
            content.append(blocks.Text(words))
        return self._ready(*content)

    def _get_fixed_domain(self, scope):
        """Return what no facet of the report takes away: companies and customer.

        Agreements without company are the current company's, so none counts twice.
        """
        return Domain("company_id", "in", [*scope.companies.ids, False]) & (
            scope.get_customer_domain()
        )

    # ------------------------------------------------------------------
    # One agreement
    # ------------------------------------------------------------------

    def _make_agreement_blocks(self, scope, agreement):
        today = scope.today
        facts = {
            "id": agreement.id,
            "title": agreement.name,
            "subtitle": self._get_expiry_text(agreement, today),
            "drill": blocks.Drill("agreement", agreement.id),
        }
        if not agreement._has_rebate() or not agreement._may_know_bonus():
            return [blocks.Rows((blocks.Row(**facts),))]
        company = agreement.company_id or scope.company
        currency = company.sudo().currency_id
        preview = agreement._preview_settlement(today)
        row = blocks.Row(
            **facts,
            cell=blocks.money(preview.rebate, currency),
            cell_note=self._get_bonus_note(agreement, preview),
        )
        return [
            blocks.Rows((row,)),
            self._get_progress(agreement, preview, currency),
            *self._get_outlook_text(agreement, preview, currency, today),
            *self._get_peculiar_texts(agreement, preview, currency),
        ]

    def _get_expiry_text(self, agreement, today):
        if not agreement.end_date:
            return self.env._("no end date")
        days = (agreement.end_date - today).days
        day = format_day(self.env, agreement.end_date)
        if not days:
            return self.env._("expires today")
        if days == 1:
            return self.env._("until %(day)s, 1 day left", day=day)
        return self.env._("until %(day)s, %(days)s days left", day=day, days=days)

    def _get_bonus_note(self, agreement, preview):
        percents = preview.percents
        if agreement.rebate_type == "line" or len(percents) != 1 or not all(percents):
            return self.env._("bonus now")
        return self.env._(
            "bonus now, %(percent)s",
            percent=format_percentage(self.env, preview.percent),
        )

    def _get_progress(self, agreement, preview, currency):
        """Return the way to the next section, or what was invoiced without any."""
        sections = agreement.rebate_section_ids.sorted("amount_from")
        if not agreement._has_sections() or not sections:
            total = format_amount(preview.total, currency)
            return blocks.Text(self.env._("%(amount)s invoiced", amount=total))
        target = agreement._get_next_section(preview.amount) or sections[-1]
        goal = target.amount_from
        reached = format_amount(preview.amount, currency)
        words = self.env._("%(amount)s, in the last section", amount=reached)
        if preview.amount > max(sections.mapped("amount_to")):
            words = self.env._("%(amount)s, above the last section", amount=reached)
        elif goal > preview.amount:
            words = self.env._(
                "%(amount)s of %(target)s",
                amount=reached,
                target=format_amount(goal, currency),
            )
        marks = tuple(
            blocks.Mark(
                at=section.amount_from / goal,
                label=self.env._(
                    "%(percent)s from %(amount)s",
                    percent=format_percentage(self.env, section.rebate_discount),
                    amount=format_amount(section.amount_from, currency),
                ),
            )
            for section in sections
            if 0 < section.amount_from < goal
        )
        value = preview.amount / goal if goal > 0 else 1.0
        return blocks.Progress(min(max(value, 0.0), 1.0), words, marks)

    def _get_outlook_text(self, agreement, preview, currency, today):
        """Return what is missing by when, where the pace leads, and what is settled."""
        sentences = [
            self._get_nudge(agreement, preview, currency, today),
            self._get_pace(agreement, preview, currency, today),
            self._get_settled(agreement, preview, currency),
        ]
        words = " ".join(filter(None, sentences))
        return [blocks.Text(words, tone=False)] if words else []

    def _get_nudge(self, agreement, preview, currency, today):
        """Return the amount that reaches the next section, if that gives more."""
        section = agreement._get_next_section(preview.amount)
        if not agreement._has_sections() or section.rebate_discount <= preview.percent:
            return ""
        missing = agreement._get_missing_amount(section, preview.amount, currency)
        parts = {
            "amount": format_least_amount(missing, currency),
            "percent": format_percentage(self.env, section.rebate_discount),
        }
        end = agreement.end_date
        if end:
            parts["day"] = format_day(self.env, end)
        words = self._get_nudge_words(agreement) % parts
        if len(preview.amounts) > 1:
            words += " " + self.env._(
                "For that, only invoices of %(contact)s count.",
                contact=preview.contact.display_name,
            )
        return words

    def _get_nudge_words(self, agreement):
        """Return the nudge: with a last day or not, for all or for what is above."""
        if agreement.rebate_type == "section_prorated":
            if agreement.end_date:
                return self.env._(
                    "%(amount)s more by %(day)s reaches %(percent)s for what follows."
                )
            return self.env._("%(amount)s more reaches %(percent)s for what follows.")
        if agreement.end_date:
            return self.env._("%(amount)s more by %(day)s reaches %(percent)s.")
        return self.env._("%(amount)s more reaches %(percent)s.")

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
            amount=format_amount(amount, currency),
        )

    def _get_settled(self, agreement, preview, currency):
        """Return what was settled already and until when: of the bonus, or beyond it.

        The bonus is that of the whole time, and may have shrunk since.
        """
        company = agreement.company_id or self.env.company
        lines = agreement._find_settled_lines(company)
        amount = sum(lines.mapped("amount_rebate"))
        if currency.is_zero(amount):
            return ""
        last_day = max(line._get_last_day() for line in lines)
        words = {
            "amount": format_amount(amount, currency),
            "day": format_day(self.env, last_day),
        }
        excess = amount - preview.rebate
        if currency.compare_amounts(excess, 0) > 0:
            return self.env._(
                "%(amount)s was settled already, until %(day)s: %(excess)s more than "
                "the bonus now.",
                excess=format_amount(excess, currency),
                **words,
            )
        return self.env._(
            "%(amount)s of it was settled already, until %(day)s.", **words
        )

    def _get_peculiar_texts(self, agreement, preview, currency):
        """Say where a settlement goes a way that one would not expect."""
        warnings = [
            self._get_section_warning(agreement, amount, currency)
            for _contact, amount in preview.amounts
        ]
        warnings.append(self._get_overpaid_warning(agreement, preview, currency))
        if not agreement.start_date:
            warnings.append(
                self.env._("Without a start date it is never settled: no bonus.")
            )
        texts = [
            blocks.Text(words, tone="negative")
            for words in dict.fromkeys(filter(None, warnings))
        ]
        if len(preview.amounts) > 1 and agreement._has_sections():
            contacts = self.env._(
                "Each invoiced contact is settled by itself: %(contacts)s.",
                contacts="; ".join(
                    f"{contact.display_name} {format_amount(amount, currency)}"
                    for contact, amount in preview.amounts
                ),
            )
            texts.append(blocks.Text(contacts))
        return texts

    def _get_overpaid_warning(self, agreement, preview, currency):
        """Say where a settlement pays a whole section as if it began at zero."""
        if agreement.rebate_type != "section_prorated":
            return ""
        amounts = [amount for _contact, amount in preview.amounts]
        rebate = agreement._get_rebate_by_sections(amounts, currency)
        if currency.compare_amounts(preview.rebate, rebate) <= 0:
            return ""
        return self.env._(
            "A settlement counts each whole section from zero on and comes to "
            "%(settled)s; each part counted once, it would be %(rebate)s.",
            settled=format_amount(preview.rebate, currency),
            rebate=format_amount(rebate, currency),
        )

    def _get_section_warning(self, agreement, amount, currency):
        """Say where an amount stands in no section, or in two at once."""
        sections = agreement.rebate_section_ids
        if not agreement._has_sections() or not sections:
            return ""
        matching = agreement._get_sections_of(amount)
        last = max(sections.mapped("amount_to"))
        prorated = agreement.rebate_type == "section_prorated"
        words = {"amount": format_amount(amount, currency)}
        if amount > last:
            words["last"] = format_amount(last, currency)
            if prorated:
                return self.env._(
                    "The last section ends at %(last)s: nothing is given for what is "
                    "above it.",
                    last=words["last"],
                )
            return self.env._(
                "%(amount)s is above the last section, which ends at %(last)s: a "
                "settlement gives 0%%.",
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
                "%(amount)s is between two sections: a settlement gives 0%%.", **words
            )
        return ""

    # ------------------------------------------------------------------
    # Clicks
    # ------------------------------------------------------------------

    def _open(self, scope, drill):
        """Open the customer's agreements, or one of them."""
        key, value = self._check_drill(drill, agreement=self._is_row_id)
        if key == "agreement":
            return self._open_record("agreement", value)
        return self._get_report_action(
            self._get_fixed_domain(scope),
            search_default_running=1,
            search_default_sale=1,
            **self._get_company_context(scope),
        )

    def _get_report(self):
        return Report(
            title=self.env._("Agreements"),
            action=self._report_action,
            domain=Domain("company_id", "in", [*self.env.companies.ids, False]),
            group_by="rebate_type",
            chart="count",
            reading_note=self.env._("Of all invoices of the customer."),
            terms=tuple(self._get_terms()),
        )

    def _get_terms(self):
        return [
            Term(
                self.env._("Agreement"),
                self.env._(
                    "An agreement with the customer or one of its contacts that runs "
                    "today. One without company counts in the current company."
                ),
            ),
            Term(
                self.env._("Bonus now"),
                self.env._(
                    "What a settlement from the start of the agreement until today "
                    "would come to, of all posted invoices less credit notes of the "
                    "agreement's company."
                ),
            ),
            Term(
                self.env._("Target"),
                self.env._(
                    "Where the next section of the agreement begins, for the invoiced "
                    "contact with the largest amount."
                ),
            ),
            Term(
                self.env._("Pace of an agreement"),
                self.env._(
                    "The amount so far, taken on by days to the end of the agreement."
                ),
            ),
        ]
