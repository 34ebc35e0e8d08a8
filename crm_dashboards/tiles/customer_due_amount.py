from odoo import api, fields, models
from odoo.fields import Domain

from ..models.crm_due_line import AGE_SELECTION
from . import blocks

LOOKS = {
    "not_due": {"level": 0},
    "due_soon": {"tone": "primary"},
    "overdue_30": {"level": 1},
    "overdue_60": {"level": 2},
    "overdue_90": {"level": 3},
    "overdue_older": {"level": 4},
}
OVERDUE = ("overdue_30", "overdue_60", "overdue_90", "overdue_older")
CREDIT = "credit"


class CrmDashboardTile(models.Model):
    _inherit = "crm.dashboard.tile"

    @api.model
    def _get_due_domain(self, scope):
        """Return the domain of the open receivables of the customer of ``scope``."""
        return Domain("company_id", "=", self.env.company.id) & Domain(
            "partner_id", "=", scope.customer_id
        )

    @api.model
    def _tile_customer_due_amount(self, scope):
        """What the customer owes, how much of it is late, and how late it is."""
        line = self.env["crm.due.line"]
        line._check_customer_access(self._get_customer(scope))
        if not self.env.company.sudo().crm_due_amounts:
            return self._empty(self.env._("Due amounts are off in the settings."))
        groups = line._read_group(
            self._get_due_domain(scope), ["age"], ["amount_residual:sum"]
        )
        if not groups:
            return self._empty(self.env._("Nothing is open."))
        amounts = dict(groups)
        credit = amounts.pop(CREDIT, 0.0)
        charged = sum(amounts.values())
        return self._ready(
            blocks.figure(*self._get_due_lines(amounts, charged, credit)),
            *self._get_due_stack(amounts, charged),
            *self._get_due_notes(scope, credit),
        )

    @api.model
    def _get_due_lines(self, amounts, charged, credit):
        """The balance, and what of the charges is overdue."""
        currency = self.env.company.currency_id
        lines = [
            blocks.figure_line(
                blocks.money(charged + credit, currency),
                self.env._("total due"),
                size="large",
            )
        ]
        overdue = sum(amounts.get(age, 0.0) for age in OVERDUE)
        if not charged:
            return lines
        words = self.env._("nothing overdue")
        if overdue:
            words = self.env._(
                "overdue, %(share)s %% of what is charged",
                share=round(100 * overdue / charged),
            )
        lines.append(
            blocks.figure_line(
                blocks.money(overdue, currency),
                words,
                tone="negative" if overdue else "muted",
                drill=overdue and blocks.drill("overdue"),
            )
        )
        return lines

    @api.model
    def _get_due_stack(self, amounts, charged):
        """The charges by age, in the order in which they become older."""
        if not charged:
            return []
        currency = self.env.company.currency_id
        labels = self._get_due_age_labels()
        parts = [
            {
                "label": labels[age],
                "cell": blocks.money(amounts[age], currency),
                "share": amounts[age] / charged,
                "drill": blocks.drill("age", age),
                **look,
            }
            for age, look in LOOKS.items()
            if amounts.get(age)
        ]
        return [blocks.stack(parts)]

    @api.model
    def _get_due_notes(self, scope, credit):
        """The oldest due date, and payments and credit notes without an invoice."""
        domain = self._get_due_domain(scope) & Domain("age", "!=", CREDIT)
        ((oldest,),) = self.env["crm.due.line"]._read_group(
            domain, [], ["date_due:min"]
        )
        lines = []
        if oldest:
            cell = {"value": fields.Date.to_string(oldest), "unit": "date"}
            lines.append(
                blocks.figure_line(cell, self.env._("oldest due date"), "small")
            )
        if credit:
            cell = blocks.money(credit, self.env.company.currency_id)
            words = self.env._("unallocated credits, taken off the total")
            drill = blocks.drill("age", CREDIT)
            lines.append(blocks.figure_line(cell, words, "small", drill=drill))
        return [blocks.figure(*lines)]

    @api.model
    def _get_due_age_labels(self):
        field = self.env["crm.due.line"]._fields["age"]
        return dict(field._description_selection(self.env))

    @api.model
    def _open_customer_due_amount(self, scope, drill):
        """Open what the customer owes, all or of one age."""
        self.env["crm.due.line"]._check_customer_access(self._get_customer(scope))
        ages = dict(AGE_SELECTION)
        key, value = self._check_drill(
            drill,
            age=lambda value: isinstance(value, str) and value in ages,
            overdue=lambda value: value is True,
        )
        facets = {f"search_default_{value if key == 'age' else key}": 1} if key else {}
        return self._get_report_action(
            "crm_dashboards.crm_due_line_action", self._get_due_domain(scope), **facets
        )
