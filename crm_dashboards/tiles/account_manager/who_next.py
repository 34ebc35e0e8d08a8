# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from ...analytics.who_next import SEATS, fill_seats
from .. import blocks
from ..badge import make_segment_badge
from ..reasons.turns_sql import AMONG
from ..report import Report, Term
from ..words import format_amount, format_count

_lt = LazyTranslate(__name__)

NEXT, CASH, DONE = "next", "cash", "done"
# What of a customer each tab shows.
TABS = {NEXT: "stake", CASH: "overdue_value", DONE: "stake"}
FACETS = {
    NEXT: {"search_default_to_call": 1, "search_default_at_stake": 1},
    CASH: {"search_default_to_call": 1, "search_default_overdue": 1},
    DONE: {"search_default_done_today": 1},
}


class CrmTileWhoNext(models.AbstractModel):
    """Whom to call today, and why: one row a customer, seven at most."""

    _name = "crm.tile.who_next"
    _inherit = "crm.tile.calls.mixin"
    _description = "Tile: Who Next"
    _purpose = _lt("Whom to call today, and why.")

    _report_action = "crm_dashboards.crm_who_next_action"
    _has_order_values = True

    def _get_content(self, scope):
        turns = self.env["crm.who.next"]
        turns.check_access("read")
        tab = self._get_tab(scope, TABS, NEXT)
        found = turns._sum_up(scope.get_manager_domain("user_id"), SEATS)
        counts = {NEXT: found["to_call"], CASH: found["owing"], DONE: found["done"]}
        totals = {NEXT: found["stake"], CASH: found["overdue"]}
        tabs = [
            blocks.Tab(key, label, key == tab, counts[key])
            for key, label in (
                (NEXT, self.env._("At stake")),
                (CASH, self.env._("Overdue payments")),
                (DONE, self.env._("Done today")),
            )
            if counts[key] or key in (NEXT, tab)
        ]
        rows = self._find_turns(found, tab)
        if not rows:
            return self._empty(self._get_empty_reason(scope, tab), tabs=tabs)
        return self._ready(
            *self._get_note(scope, tab, counts[tab], totals.get(tab)),
            blocks.Rows(self._make_rows(scope, rows, tab)),
            *self._get_explanation(tab),
            *self._get_reading_texts(),
            tabs=tabs,
        )

    def _find_turns(self, found, tab):
        """Return the customers of a tab's rows.

        :param found: see ``crm.who.next._sum_up``
        """
        first = {
            NEXT: fill_seats(found["by_stake"], found["to_engage"]),
            CASH: found["by_overdue"],
            DONE: found["by_done"],
        }
        turns = self.env["crm.who.next"].with_context(**{AMONG: first[tab]})
        return turns.browse(first[tab])

    # ------------------------------------------------------------------
    # Words around the rows
    # ------------------------------------------------------------------

    def _get_note(self, scope, tab, number, total):
        if tab == DONE or not number:
            return []
        figures = {
            "count": format_count(self.env, number),
            "amount": format_amount(float(total), scope.currency),
        }
        if tab == CASH:
            words = self.env._("%(count)s customers · %(amount)s overdue", **figures)
            if number == 1:
                words = self.env._("1 customer · %(amount)s overdue", **figures)
        else:
            words = self.env._("%(count)s customers · %(amount)s at stake", **figures)
            if number == 1:
                words = self.env._("1 customer · %(amount)s at stake", **figures)
        return [blocks.Note(words, blocks.Drill("tab", tab))]

    def _get_explanation(self, tab):
        words = {
            NEXT: self.env._(
                "At stake: sales of the next 90 days that a call can win or save. What "
                "ends within a week comes first."
            ),
            CASH: self.env._("The largest overdue payments first."),
            DONE: self.env._("Spoken to, quoted, planned or snoozed today."),
        }
        return [blocks.Text(words[tab])]

    def _get_reading_texts(self):
        """Say where quotations of others are not counted."""
        if self.env.user._reads_all_crm_orders():
            return []
        return [
            blocks.Reading(
                self.env._(
                    "From all orders of the customer, and quotations you may read."
                )
            )
        ]

    def _get_empty_reason(self, scope, tab):
        if tab == DONE:
            return self.env._(
                "Nobody of the list was called, planned or snoozed today."
            )
        if tab == CASH:
            return self.env._("No customer to call has overdue payments.")
        if not scope.refresh.as_of:
            return self.env._(
                "Figures of customers are made each night. The first ones follow soon."
            )
        resting = self.env["crm.who.next"].search_count(
            scope.get_manager_domain("user_id") & Domain("is_resting", "=", True)
        )
        if resting:
            return self.env._(
                "Nobody is left to call. Done or planned: %(count)s.",
                count=format_count(self.env, resting),
            )
        return self.env._("Nobody has to be called: nothing is at stake.")

    # ------------------------------------------------------------------
    # Rows
    # ------------------------------------------------------------------

    def _make_rows(self, scope, turns, tab):
        contacts = self._find_contacts(turns.partner_id)
        shows_managers = scope.account_manager != "me"
        return tuple(
            self._make_row(scope, turn, tab, contacts, shows_managers) for turn in turns
        )

    def _make_row(self, scope, turn, tab, contacts, shows_managers):
        customer = turn.partner_id
        contact = contacts.get(customer.id)
        value = turn[TABS[tab]]
        manager = turn.user_id.sudo()
        name = manager.name or self.env._("Unassigned")
        units = {
            CASH: self.env._("overdue"),
            NEXT: self.env._("next 90 days"),
            DONE: self.env._("next 90 days"),
        }
        return blocks.Row(
            id=turn.id,
            avatar=shows_managers and blocks.Avatar(manager.id, name),
            badge=make_segment_badge(self.env, turn.segment, turn.metric_id.id),
            title=customer.complete_name,
            contact=contact.name if contact else False,
            **self._get_ways(customer, contact),
            chips=self._make_chips(turn, scope.currency),
            status=turn.follow_up,
            cell=blocks.money(value, scope.currency) if value else False,
            cell_note=units[tab] if value else False,
            tone="muted" if tab == DONE else False,
            drill=blocks.Drill("customer", turn.id),
            customer_id=turn.id,
            actions=self._get_buttons() if tab != DONE else self._get_undo_button(turn),
        )

    def _get_ways(self, customer, contact):
        """Return the fields of a row that say how to reach its customer: the best way.

        :param contact: res.partner, a person; None where none is known
        """
        people = customer if contact is None else contact + customer
        for name in ("phone", "email"):
            found = next(filter(None, people.mapped(name)), False)
            if found:
                return {name: found}
        return {"add_phone": self._get_phone_button(customer)}

    def _make_chips(self, turn, currency):
        return tuple(
            blocks.Chip(reason._describe(facts, currency), reason._get_level(facts))
            for reason, facts in turn._get_told_reasons()
        )

    def _find_contacts(self, customers):
        """Return {customer id: the first contact with a phone, else the first one}."""
        contacts = self.env["res.partner"].search_fetch(
            Domain("id", "in", customers.ids)
            | Domain("parent_id", "in", customers.ids) & Domain("type", "=", "contact"),
            ["complete_name", "name", "phone", "email", "parent_id"],
        )
        contacts -= customers
        first = {}
        for contact in contacts.sorted(lambda each: (not each.phone, each.id)):
            first.setdefault(contact.parent_id.id, contact)
        return first

    # ------------------------------------------------------------------
    # Behind it
    # ------------------------------------------------------------------

    def _open(self, scope, drill):
        """Open all customers with a reason, those of a tab, or the one of a row."""
        key, value = self._check_drill(
            drill, tab=lambda value: value in TABS, customer=self._is_row_id
        )
        if key == "customer":
            return self._find_turn(value).action_open_customer()
        facets = FACETS[value] if key == "tab" else {"search_default_to_call": 1}
        return self._get_report_action(
            **facets, **self._get_manager_facets(scope, "user_id")
        )

    def _get_report(self):
        return Report(
            title=self.env._("Who Next"),
            action=self._report_action,
            group_by="user_id",
            measure="stake",
            link_field="partner_id",
            reading_note=self.env._("Customers of the current company"),
            is_stored=True,
            terms=(self._get_scope_term(), *self._get_terms()),
        )

    def _get_terms(self):
        return [
            *super()._get_terms(),
            Term(
                self.env._("At stake"),
                self.env._(
                    "Sales of the next 90 days that a call can move: the larger of "
                    "what a missing order puts at risk and of open quotations times "
                    "their chance, and what is short of a bonus. What really was lost "
                    "after past alerts is taken into account from 50 of them on."
                ),
            ),
            Term(
                self.env._("Done or planned"),
                self.env._(
                    "After an engagement, a quotation sent, a planned activity or a "
                    "snooze a customer need not be called until the planned day, else "
                    "for a week; at once for a new reason."
                ),
            ),
        ]
