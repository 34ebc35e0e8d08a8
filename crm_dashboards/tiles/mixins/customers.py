# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...analytics.rfm import SEGMENT_GRID, SEGMENTS
from ...nightly.periods import get_figures_zone
from .. import blocks
from ..badge import make_badge
from ..leads import get_settings_link
from ..report import Report, Term
from ..words import format_count


class CrmTileCustomersMixin(models.AbstractModel):
    """Customers with stored figures, as rows and as a report."""

    _name = "crm.tile.customers.mixin"
    _inherit = "crm.tile"
    _description = "Tile of Customers"

    _has_stored_figures = True
    _is_of_buyers = True
    # Whether it shows what the orders of customers come to.
    _has_order_values = False

    def _get_reservations(self, scope):
        found = super()._get_reservations(scope)
        unrated = self._has_order_values and self._describe_stored_unrated(scope)
        return [*found, blocks.Text(unrated)] if unrated else found

    def _describe_stored_unrated(self, scope):
        """Say which orders behind the stored figures have no rate to trust, if any.

        To those who may see everybody's figures: the night counts the whole company's.
        """
        refresh, orders = scope.refresh, self.env["sale.order"]
        if not refresh.unrated_order_count:
            return ""
        if scope.customer_id:
            if not scope.has_unrated_orders:
                return ""
            domain = orders._get_confirmed_domain(scope.company)
            return orders._describe_unrated(domain & scope.get_customer_domain())
        if not self.env.user._sees_all_crm_figures():
            return ""
        return orders._get_unrated_words(
            refresh.unrated_order_count, refresh.unrated_order_value
        )

    def _get_metric_domain(self, scope):
        """Return the domain of the customers of ``scope`` with stored figures."""
        return scope.company._get_crm_figures_domain() & scope.get_manager_domain(
            "user_id"
        )

    def _get_no_customer_content(self, scope):
        """Return what says why none of these customers has figures to show, None where
        some are compared with the others."""
        if not scope.refresh.as_of:
            return self._empty(
                self.env._(
                    "Figures of customers are made each night. The first ones follow "
                    "soon."
                )
            )
        domain = self._get_metric_domain(scope)
        metric = self.env["crm.customer.metric"]
        if metric.search_count(domain & Domain("left_out_reason", "=", False), limit=1):
            return None
        left_out = metric._describe_left_out(domain)
        if left_out:
            words = self.env._("None of these customers is compared with others.")
            return self._empty(f"{words} {left_out}", links=get_settings_link(self.env))
        if not scope.has_customers:
            return self._empty(
                self.env._("No customer has a confirmed order or a posted invoice yet.")
            )
        if metric.sudo().search_count(domain, limit=1):
            return self._empty(
                self.env._(
                    "Figures of your customers follow when your appointment as their "
                    "account manager is confirmed."
                )
            )
        return self._empty(
            self.env._(
                "None of these customers has figures yet; archived ones get none."
            )
        )

    # ------------------------------------------------------------------
    # Rows
    # ------------------------------------------------------------------

    def _make_customer_row(self, scope, metric, subtitle, **parts):
        """Return a row about the customer of ``metric``; a click opens the customer.

        Of his own customers nobody needs to be told whose they are.

        :param subtitle: small words below the name
        :param parts: further fields of the Row
        """
        manager = metric.user_id.sudo()
        name = manager.name or self.env._("Unassigned")
        shows_manager = scope.account_manager != "me"
        return blocks.Row(
            id=metric.id,
            avatar=shows_manager and blocks.Avatar(manager.id, name),
            badge=make_badge(metric),
            title=metric.partner_id.display_name,
            subtitle=subtitle,
            drill=blocks.Drill("customer", metric.id),
            customer_id=metric.partner_id.id,
            **parts,
        )

    def _open_customer(self, metric_id):
        """Return the action that opens the customer behind a row.

        :raise AccessError: the user may not read its figures
        :raise ValidationError: it has none any more
        """
        metric = self.env["crm.customer.metric"].browse(metric_id).exists()
        if not metric:
            raise ValidationError(
                self.env._("There are no figures of this customer any more.")
            )
        metric.check_access("read")
        return metric.action_open_customer()

    def _get_usual_order_buttons(self):
        """Return the button of the usual order, none for whoever makes no quotation."""
        if not self.env["sale.order"].has_access("create"):
            return ()
        label = self.env._("Usual order")
        return (blocks.RowAction("usual_order", label, "fa-shopping-basket"),)

    def _row_action_usual_order(self, metric_id, _scope):
        """Propose what the customer of a row usually orders."""
        return self.env["crm.customer.metric"].browse(metric_id).action_usual_order()

    def _get_schedule_button(self):
        return blocks.RowAction(
            "schedule", self.env._("Schedule activity"), "fa-calendar-plus-o"
        )

    def _row_action_schedule(self, metric_id, _scope):
        """Schedule an activity with the customer of a row."""
        metric = self.env["crm.customer.metric"].browse(metric_id)
        return metric.action_schedule_activity()

    # ------------------------------------------------------------------
    # The report behind them
    # ------------------------------------------------------------------

    def _open_customers_report(self, scope, **facets):
        """Return the report of the customers of ``scope`` with ``facets``."""
        return self._get_report_action(
            scope.company._get_crm_figures_domain(),
            **facets,
            **self._get_manager_facets(scope, "user_id"),
        )

    def _make_customers_report(self, title, **parts):
        """Return the Report of a list of customers' stored figures."""
        return Report(
            **{
                "title": title,
                "action": self._report_action,
                "domain": self.env.company._get_crm_figures_domain(),
                "link_field": "partner_id",
                "reading_note": self.env._("All orders of each customer"),
                "is_stored": True,
                "terms": (self._get_scope_term(), *self._get_terms()),
                **parts,
            }
        )

    # ------------------------------------------------------------------
    # Words
    # ------------------------------------------------------------------

    def _get_terms(self):
        """Return what is said of stored figures and segments, as they are set."""
        return [
            *super()._get_terms(),
            Term(
                self.env._("As of"),
                self.env._(
                    "When the stored figures were computed, from all orders of each "
                    "customer. Their days follow the zone %(zone)s.",
                    zone=get_figures_zone(self.env.company).name,
                ),
                is_source=True,
            ),
            *self._get_segment_terms(),
        ]

    def _get_segment_terms(self):
        """Return which scores each segment has."""
        field = self.env["crm.customer.metric"]._fields["segment"]
        labels = dict(field._description_selection(self.env))
        first_order = self.env._("One order ever, within 12 months.")
        notes = {
            "new": first_order,
            "promising": first_order,
            "about_to_sleep": self.env._(
                "Also one order ever, longer ago, whatever better R it has."
            ),
        }
        terms = []
        for segment in SEGMENTS:
            (left, right), (low, high) = get_segment_place(segment)
            meaning = self.env._(
                "R %(recency)s and FM %(frequency_monetary)s.",
                recency=self._describe_scores_from_to(low, high),
                frequency_monetary=self._describe_scores_from_to(left, right),
            )
            words = [meaning, *filter(None, [notes.get(segment)])]
            terms.append(Term(labels[segment], " ".join(words), segment))
        return terms

    def _describe_scores_from_to(self, first, last):
        if first == last:
            return format_count(self.env, first)
        return self.env._("%(first)s to %(last)s", first=first, last=last)


def get_segment_place(segment):
    """Return the columns and rows, first and last, that a segment covers."""
    cells = [
        (column, row)
        for row, segments in enumerate(SEGMENT_GRID, start=1)
        for column, name in enumerate(segments, start=1)
        if name == segment
    ]
    columns, rows = zip(*cells, strict=True)
    return (min(columns), max(columns)), (min(rows), max(rows))
