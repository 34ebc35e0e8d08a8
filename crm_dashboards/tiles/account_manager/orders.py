# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ...models.date_words import format_month
from ...nightly.periods import get_month_start
from .. import blocks
from ..report import Report
from ..words import format_amount, format_count, format_share

PROJECTION_ACTION = "crm_dashboards.crm_month_projection_action"


class CrmTileOrders(models.AbstractModel):
    """This month's orders against last month's and against its same days."""

    _name = "crm.tile.orders"
    _inherit = "crm.tile.sales.mixin"
    _description = "Tile: Orders"

    def _get_content(self, scope):
        sales = self._sum_month_sales(scope)
        this_name = format_month(self.env, sales.month)
        last_name = format_month(self.env, sales.last_month)
        line, words = self._get_projection(scope, sales, this_name)
        if not (sales.now or sales.before or sales.ahead or line):
            return self._empty(
                self.env._("No orders this month or last month.")
                if self.env.user._reads_all_crm_orders()
                else self.env._("No orders this month or last month that you may read.")
            )
        return self._ready(
            self._get_ring(
                scope.currency, sales.now, sales.before, this_name, last_name
            ),
            blocks.figure(
                *self._get_month_lines(scope, sales),
                *self._get_ahead_line(scope, sales),
                *line,
            ),
            *words,
            *self._get_rates_text(scope),
            *self._get_unrated_months_text(scope, 2),
            *self._get_reading_note(),
        )

    def _get_ring(self, currency, now, before, this_name, last_name):
        """This month as a share of last month; none where that is not positive."""
        if before <= 0:
            return blocks.Text(self.env._("No orders last month to compare with."))
        ordered = currency.round(max(now, 0))
        # Rounded first: both parts add up to last month as it is shown.
        missing = max(currency.round(before) - ordered, 0)
        return blocks.Doughnut(
            self.env._("Orders this month as a share of last month"),
            (
                blocks.Slice(this_name, blocks.money(ordered, currency), "primary"),
                blocks.Slice(
                    self.env._("Still missing to reach %(month)s", month=last_name),
                    blocks.money(missing, currency),
                    "rest",
                ),
            ),
            blocks.Center(
                blocks.percent(now / before),
                self.env._("of %(month)s", month=last_name),
            ),
            legend=False,
        )

    # ------------------------------------------------------------------
    # What the month is expected to come to
    # ------------------------------------------------------------------

    def _get_projection(self, scope, sales, month_name):
        """Return what the month is expected to come to: the customers' stored figures.

        :return: (lines, words); nothing where the night knew nothing of this month
        """
        domain = self._get_projection_domain(scope)
        ((projected, customers),) = self.env["crm.month.projection"]._read_group(
            domain, [], ["projected_value:sum", "customer_count:sum"]
        )
        projected = scope.currency.round(projected or 0)
        if not projected:
            return [], []
        whole = scope.account_manager == "all"
        so_far = sales.now if whole else self._sum_counted(scope)
        if scope.currency.compare_amounts(so_far, projected) > 0:
            label = self.env._(
                "expected for %(month)s: already reached", month=month_name
            )
        elif whole and scope.companies == scope.company:
            label = self._describe_projection(scope.refresh, month_name)
        elif customers == 1:
            label = self.env._(
                "expected for %(month)s from 1 customer", month=month_name
            )
        else:
            label = self.env._(
                "expected for %(month)s from %(count)s customers",
                month=month_name,
                count=format_count(self.env, customers or 0),
            )
        cell = blocks.money(projected, scope.currency)
        drill = blocks.Drill("projection", True)
        line = blocks.FigureLine(cell, label, "small", "muted", drill=drill)
        return [line], self._get_left_out_words(scope, domain)

    def _get_projection_domain(self, scope):
        """Return the domain of the lines of crm.month.projection of ``scope``."""
        domain = Domain("company_id", "in", scope.companies.ids) & Domain(
            "month", "=", get_month_start(scope.today)
        )
        if scope.account_manager != "all":
            domain &= Domain("left_out_reason", "=", False)
        return domain & scope.get_manager_domain("user_id")

    def _describe_projection(self, refresh, month_name):
        """Say how sure the projection of the company is."""
        if refresh.month_confidence not in ("high", "medium", "low"):
            return self.env._("expected for %(month)s, short history", month=month_name)
        confidence = self._get_confidence_label(refresh.month_confidence)
        if refresh.month_half_width >= 1:  # so wide a range says nothing more
            return self.env._(
                "expected for %(month)s, confidence %(class)s",
                **{"month": month_name, "class": confidence},
            )
        return self.env._(
            "expected for %(month)s, ±%(range)s, confidence %(class)s",
            month=month_name,
            range=format_share(self.env, round(refresh.month_half_width, 2)),
            **{"class": confidence},
        )

    def _get_left_out_words(self, scope, domain):
        """Say what of the projection is of customers that are not counted."""
        if scope.account_manager != "all":
            return []
        ((value,),) = self.env["crm.month.projection"]._read_group(
            domain & Domain("left_out_reason", "!=", False),
            [],
            ["projected_value:sum"],
        )
        if not value:
            return []
        return [
            blocks.Text(
                self.env._(
                    "%(value)s of it are expected of customers that are not counted.",
                    value=format_amount(scope.currency.round(value), scope.currency),
                )
            )
        ]

    def _sum_counted(self, scope):
        """Sum the orders so far of the customers whose projections are added up."""
        order = self.env["sale.order"]
        month, tomorrow = get_month_start(scope.today), scope.today + timedelta(days=1)
        query = order._search(self._get_orders_domain(scope, month, tomorrow))
        query.add_where(
            SQL(
                """EXISTS (
                    SELECT FROM res_partner contact
                      JOIN crm_customer_metric counted
                        ON counted.partner_id = contact.commercial_partner_id
                     WHERE contact.id = %s
                       AND counted.company_id = %s
                       AND counted.daily_sales IS NOT NULL)""",
                order._field_to_sql(query.table, "partner_id", query),
                order._field_to_sql(query.table, "company_id", query),
            )
        )
        value = order._field_to_sql(query.table, "crm_base_net_value", query)
        ((total,),) = self.env.execute_query(
            query.select(SQL("COALESCE(SUM(%s), 0)", value))
        )
        return float(total)

    # ------------------------------------------------------------------
    # Behind it
    # ------------------------------------------------------------------

    def _open(self, scope, drill):
        """Open the orders of a month, or who is expected to add what to this one."""
        if drill and drill.get("key") == "projection":
            self._check_drill(drill, projection=self._is_all)
            return self._get_action(
                PROJECTION_ACTION,
                Domain("company_id", "in", scope.companies.ids),
                **self._get_manager_facets(scope, "user_id"),
            )
        return self._open_orders(scope, drill)

    def _get_report(self):
        return Report(
            title=self.env._("Orders"),
            action=self._report_action,
            domain=Domain("company_id", "in", self.env.companies.ids),
            group_by="date_order:month",
            measure="crm_base_net_value",
            reading_note=self._get_orders_note(),
            describe_rates=self._describe_order_rates,
            terms=(self._get_scope_term(), *self._get_terms()),
        )
