# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from ...models.crm_due_line import AGE_SELECTION, DUE_SOON_DAYS, OVERDUE_AGES
from ...models.named_records import name_first
from ...models.unrated_mixin import MOST_NAMED
from ...nightly.periods import get_figures_zone
from .. import blocks
from ..report import Report, Term
from ..words import format_share

_lt = LazyTranslate(__name__)

LOOKS = {
    "not_due": {"level": 0},
    "due_soon": {"tone": "primary"},
    "overdue_30": {"level": 1},
    "overdue_60": {"level": 2},
    "overdue_90": {"level": 3},
    "overdue_older": {"level": 4},
}
CREDIT = "credit"
JOURNAL_READERS = ("account.group_account_invoice", "account.group_account_readonly")


class CrmTileCustomerDueAmount(models.AbstractModel):
    """What the customer owes, how much of it is late, and how late it is."""

    _name = "crm.tile.customer_due_amount"
    _inherit = "crm.tile"
    _description = "Tile: Due Amount"
    _print_place = 70
    _purpose = _lt("What the customer owes, and how much of it is overdue.")

    _report_action = "crm_dashboards.crm_due_line_action"

    def _get_content(self, scope):
        self.env["crm.due.line"]._check_customer_access(scope.customer)
        if not scope.company.crm_due_amounts:
            return self._empty(self.env._("Due amounts are off in the settings."))
        if not scope.dues:
            return self._empty(self.env._("Nothing is open."))
        amounts = dict(scope.dues)
        credit = amounts.pop(CREDIT, 0.0)
        charged = sum(amounts.values())
        return self._ready(
            blocks.figure(*self._get_lines(scope, amounts, charged, credit)),
            *self._get_stack(scope, amounts, charged),
            self._get_notes(scope, credit),
            *self._get_unrated_text(scope),
        )

    def _get_lines(self, scope, amounts, charged, credit):
        """The balance, and what of the charges is overdue."""
        lines = [
            blocks.FigureLine(
                blocks.money(charged + credit, scope.currency),
                self.env._("total due"),
                size="large",
            )
        ]
        overdue = sum(amounts.get(age, 0.0) for age in OVERDUE_AGES)
        if not charged:
            return lines
        words = self.env._("nothing overdue")
        if overdue:
            words = self.env._(
                "overdue, %(share)s of what is charged",
                share=format_share(self.env, round(overdue / charged, 2)),
            )
        lines.append(
            blocks.FigureLine(
                blocks.money(overdue, scope.currency),
                words,
                tone="negative" if overdue else "muted",
                drill=blocks.Drill("overdue") if overdue else False,
            )
        )
        return lines

    def _get_stack(self, scope, amounts, charged):
        """The charges by age, in the order in which they become older."""
        if not charged:
            return []
        field = self.env["crm.due.line"]._fields["age"]
        labels = dict(field._description_selection(self.env))
        parts = tuple(
            blocks.StackPart(
                label=labels[age],
                cell=blocks.money(amounts[age], scope.currency),
                share=amounts[age] / charged,
                drill=blocks.Drill("age", age),
                **look,
            )
            for age, look in LOOKS.items()
            if amounts.get(age)
        )
        return [blocks.Stack(parts)]

    def _get_notes(self, scope, credit):
        """The oldest due date, and payments and credit notes without an invoice."""
        dates = [day for age, day in scope.due_dates.items() if age != CREDIT and day]
        lines = []
        if dates:
            cell = blocks.day(fields.Date.to_string(min(dates)))
            lines.append(
                blocks.FigureLine(cell, self.env._("oldest due date"), "small")
            )
        if credit:
            cell = blocks.money(credit, scope.currency)
            words = self.env._("unallocated credits, taken off the total")
            drill = blocks.Drill("age", CREDIT)
            lines.append(blocks.FigureLine(cell, words, "small", drill=drill))
        return blocks.figure(*lines)

    def _get_unrated_text(self, scope):
        """Say which open charges count in another currency's units, if any."""
        lines = self.env["crm.due.line"].search(
            scope.due_domain & Domain("currency_id", "!=", scope.currency.id),
            order="date DESC, id DESC",
        )
        invoices = self.env["account.move"].with_company(scope.company)
        lines = lines.filtered(
            lambda line: (
                line.amount_residual == line.amount_residual_currency
                and not invoices._is_worth_the_same(line.company_id, line.currency_id)
            )
        )
        if not lines:
            return []
        names = lines[:MOST_NAMED].mapped("move_name")
        words = invoices._get_unrated_words(
            len(lines),
            sum(lines.mapped("amount_residual")),
            name_first(self.env, names, len(lines)),
        )
        return [blocks.Text(words)]

    # ------------------------------------------------------------------
    # Behind it
    # ------------------------------------------------------------------

    def _open(self, scope, drill):
        """Open what the customer owes, all or of one age."""
        self.env["crm.due.line"]._check_customer_access(scope.customer)
        ages = dict(AGE_SELECTION)
        key, value = self._check_drill(
            drill,
            age=lambda value: isinstance(value, str) and value in ages,
            overdue=self._is_all,
        )
        facets = {f"search_default_{value if key == 'age' else key}": 1} if key else {}
        return self._get_report_action(scope.due_domain, **facets)

    def _get_report(self):
        note = self.env._("All customers of the company")
        if not self.env.user._sees_all_crm_figures():
            note = self.env._("Your own customers")
        return Report(
            title=self.env._("Due Amounts"),
            action=self._report_action,
            domain=Domain("company_id", "=", self.env.company.id),
            group_by="age",
            measure="amount_residual",
            link_field=self._get_link_field(),
            reading_note=note,
            terms=(self._get_scope_term(), *self._get_terms()),
        )

    def _get_link_field(self):
        """Link to invoices and payments only for those who may open all of them."""
        if any(self.env.user.has_group(group) for group in JOURNAL_READERS):
            return "move_id"
        return "partner_id"

    def _get_terms(self):
        company = self.env.company
        return [
            Term(
                self.env._("Due amount"),
                self.env._(
                    "What is left to pay of posted receivables in %(currency)s, less "
                    "credits: the customer's balance in the partner ledger.",
                    currency=company.currency_id.name,
                ),
            ),
            Term(
                self.env._("Overdue"),
                self.env._(
                    "Charges whose due date is past, in the zone %(zone)s. Due soon "
                    "are those of today and the next %(days)s days. Ages are days "
                    "since the due date. Shares are of all charges, before credits.",
                    zone=get_figures_zone(company).name,
                    days=DUE_SOON_DAYS,
                ),
            ),
            Term(
                self.env._("Unallocated credits"),
                self.env._("Payments and credit notes not yet set against an invoice."),
            ),
        ]
