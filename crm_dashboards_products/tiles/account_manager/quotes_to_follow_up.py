# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from odoo.addons.crm_dashboards.models.date_words import format_day
from odoo.addons.crm_dashboards.tiles import blocks
from odoo.addons.crm_dashboards.tiles.report import Report, Term
from odoo.addons.crm_dashboards.tiles.tile import ROW_COUNT
from odoo.addons.crm_dashboards.tiles.words import (
    format_ago,
    format_amount,
    format_count,
    format_share,
    join_words,
)

from ...models.quotation_sql import DRAFT_DAYS, NOT_SENT, SENT
from ...nightly.quotation_sql import GRACE_DAYS

_lt = LazyTranslate(__name__)

OPEN = Domain("state", "in", ["draft", "sent"])  # for the index


class CrmTileQuotesToFollowUp(models.AbstractModel):
    """Open quotations that were sent, those first of which most is to be expected."""

    _name = "crm.tile.quotes_to_follow_up"
    _inherit = "crm.tile.sales.mixin"
    _description = "Tile: Quotes to Follow Up"
    _purpose = _lt("Which open quotations are worth a call.")

    _report_action = "crm_dashboards_products.sale_order_action_follow_up_report"

    def _get_content(self, scope):
        order = self.env["sale.order"]
        if not order.has_access("read"):
            raise AccessError(self.env._("You may not read quotations."))
        sent = self._get_quotes_domain(scope, SENT)
        ((count, value),) = order._read_group(
            sent, [], ["__count", "crm_base_net_value:sum"]
        )
        lines = [
            self._make_headline(scope, count, value or 0.0),
            *self._make_part_lines(scope, sent),
        ]
        if not count and len(lines) == 1:
            return self._empty(self.env._("No quotation waits for an answer."))
        orders = order.search(
            sent,
            order="crm_expected_value DESC, crm_base_net_value DESC, id",
            limit=ROW_COUNT,
        )
        return self._ready(
            blocks.figure(*lines),
            blocks.Rows(tuple(self._make_row(scope, each) for each in orders)),
            *self._get_history_text(scope),
            *self._get_rates_text(scope),
            *self._get_unrated_text(scope, sent),
            *self._get_reading_note(),
        )

    def _get_fixed_domain(self, scope):
        """Return what no facet of the report takes away."""
        return Domain("company_id", "in", scope.companies.ids) & (
            scope.get_customer_domain()
        )

    def _get_quotes_domain(self, scope, follow_up):
        return (
            self._get_fixed_domain(scope)
            & OPEN
            & Domain("crm_is_sound", "=", True)
            & Domain("crm_follow_up", "=", follow_up)
            & scope.get_manager_domain("crm_account_manager_id")
        )

    def _make_headline(self, scope, count, value):
        words = self.env._(
            "open quotations · %(value)s", value=format_amount(value, scope.currency)
        )
        if count == 1:
            words = self.env._(
                "open quotation · %(value)s",
                value=format_amount(value, scope.currency),
            )
        return blocks.FigureLine(
            blocks.count(count), words, size="headline", drill=blocks.Drill("all")
        )

    def _make_part_lines(self, scope, sent):
        """Return a small line for each part that has some: what ends, what waits."""
        order = self.env["sale.order"]
        expire = self.env._("expire within 7 days")
        expires = self.env._("expires within 7 days")
        silent = self.env._("never followed up")
        drafts = self.env._("not sent yet, older than a day")
        ending = sent & Domain("crm_expires_soon", "=", True)
        waiting = sent & Domain("crm_is_followed_up", "=", False)
        unsent = self._get_quotes_domain(scope, NOT_SENT)
        parts = (
            ("expiring", ending, expire, expires, "negative"),
            ("silent", waiting, silent, silent, "muted"),
            ("not_sent", unsent, drafts, drafts, "muted"),
        )
        return [
            blocks.FigureLine(
                blocks.count(count),
                one if count == 1 else many,
                "small",
                tone,
                drill=blocks.Drill(key),
            )
            for key, domain, many, one, tone in parts
            if (count := order.search_count(domain))
        ]

    def _make_row(self, scope, order):
        chance = False
        if order.crm_chance_basis:
            chance = self.env._(
                "chance %(share)s (%(basis)s)",
                share=format_share(self.env, order.crm_order_chance),
                basis=order.crm_chance_basis,
            )
        return blocks.Row(
            id=order.id,
            title=order.crm_commercial_partner_id.display_name,
            subtitle=join_words(
                order.name,
                self.env._(
                    "sent %(ago)s", ago=format_ago(self.env, order.crm_sent_days)
                ),
                self._describe_validity(scope, order),
                "" if order.crm_is_followed_up else self.env._("never followed up"),
            ),
            cell=blocks.money(order.crm_base_net_value, scope.currency),
            cell_note=chance,
            tone="negative" if order.crm_expires_soon else False,
            drill=blocks.Drill("order", order.id),
            actions=self._get_buttons(order),
        )

    def _describe_sending(self, order):
        ago = format_ago(self.env, order.crm_sent_days)
        return self.env._("sent %(ago)s", ago=ago)

    def _describe_validity(self, scope, order):
        day = order.validity_date
        if not day:
            return ""
        words = format_day(self.env, day, "d MMM")
        if day < scope.today:
            return self.env._("expired %(date)s", date=words)
        return self.env._("expires %(date)s", date=words)

    def _get_buttons(self, order):
        if not order.has_access("write"):
            return ()
        return (
            blocks.RowAction("log", self.env._("Log engagement"), "fa-pencil-square-o"),
            blocks.RowAction(
                "schedule", self.env._("Schedule activity"), "fa-calendar-plus-o"
            ),
        )

    def _get_history_text(self, scope):
        """Say how many of the company's quotations are ordered."""
        chance = self.env["crm.quotation.chance"].search(
            [("company_id", "=", scope.company.id), ("age_days", "=", 0)]
        )
        if not chance:
            return []
        words = self.env._(
            "Of %(count)s quotations sent 6 to 24 months ago, %(ordered)s were "
            "ordered.",
            count=format_count(self.env, chance.open_count),
            ordered=format_count(self.env, chance.ordered_count),
        )
        return [blocks.Text(words)]

    # ------------------------------------------------------------------
    # Behind it
    # ------------------------------------------------------------------

    def _open(self, scope, drill):
        """Open the quotations, a part of them, or the one of a row."""
        key, value = self._check_drill(
            drill,
            order=self._is_row_id,
            **dict.fromkeys(("all", "expiring", "silent", "not_sent"), self._is_all),
        )
        if key == "order":
            return self._open_record("sale.order", value)
        facets = {
            "expiring": ("sent", "expires_soon"),
            "silent": ("sent", "never_followed_up"),
            "not_sent": ("not_sent",),
        }
        return self._get_report_action(
            self._get_fixed_domain(scope),
            **{
                f"search_default_{name}": 1
                for name in ("sound", *facets.get(key, ("sent",)))
            },
            **self._get_company_context(scope),
            **self._get_manager_facets(scope),
        )

    def _row_action_log(self, order_id, _scope):
        """Log an engagement about the quotation of a row."""
        order = self._get_order(order_id)
        return self.env["crm.log.engagement"]._get_action(order)

    def _row_action_schedule(self, order_id, _scope):
        """Schedule an activity about the quotation of a row."""
        return self._get_order(order_id).action_crm_schedule_activity()

    def _get_order(self, order_id):
        order = self.env["sale.order"].browse(order_id).exists()
        order.check_access("write")
        return order

    def _get_report(self):
        return Report(
            title=self.env._("Quotes to Follow Up"),
            action=self._report_action,
            domain=Domain("company_id", "in", self.env.companies.ids),
            group_by="crm_account_manager_id",
            measure="crm_base_net_value",
            reading_note=self._get_orders_note(),
            describe_rates=self._describe_order_rates,
            terms=(self._get_scope_term(), *self._get_terms()),
        )

    def _get_terms(self):
        return [
            *super()._get_terms(),
            Term(
                self.env._("Quotation to follow up"),
                self.env._(
                    "Sent and open: not cancelled, not replaced by a newer one of the "
                    "customer and opportunity within 14 days, at most %(grace)s days "
                    "past its validity and less than 180 days old. Drafts older than "
                    "%(days)s day are told as not sent yet; carts that were never sent "
                    "are left out.",
                    grace=GRACE_DAYS,
                    days=DRAFT_DAYS,
                ),
            ),
            Term(
                self.env._("Chance"),
                self.env._(
                    "Of the company's quotations that were sent 6 to 24 months ago and "
                    "still open at this age (0–3, 4–7, 8–14, 15–30, 31–60, more than "
                    "60 days), the share ordered later. An age with fewer than 30 has "
                    "the chance of the one before."
                ),
            ),
            Term(
                self.env._("Followed up"),
                self.env._(
                    "There was an engagement with the customer after the quotation was "
                    "sent: a call, visit, meeting, e-mail or another quotation."
                ),
            ),
        ]
