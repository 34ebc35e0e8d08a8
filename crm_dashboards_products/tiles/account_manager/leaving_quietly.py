# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from odoo.addons.crm_dashboards.models.date_words import format_day
from odoo.addons.crm_dashboards.tiles import blocks
from odoo.addons.crm_dashboards.tiles.report import Report
from odoo.addons.crm_dashboards.tiles.tile import ROW_COUNT
from odoo.addons.crm_dashboards.tiles.words import format_amount, format_count

from ..mixins.leaving import LINES_ACTION

_lt = LazyTranslate(__name__)


class CrmTileLeavingQuietly(models.AbstractModel):
    """Customers who still order and left a product out, the dearest first."""

    _name = "crm.tile.leaving_quietly"
    _inherit = "crm.tile.leaving.mixin"
    _description = "Tile: Leaving Quietly"
    _purpose = _lt("Who orders on, but not what he used to.")

    _report_action = LINES_ACTION

    def _get_content(self, scope):
        lines = self.env["crm.leaving.line"]
        domain = self._get_lines_domain(scope)
        groups = lines._read_group(
            domain,
            ["partner_id"],
            ["__count", "year_value:sum"],
            order="year_value:sum DESC, partner_id",
        )
        fading = self._make_fading_line(scope)
        if not groups:
            return self._empty(
                self.env._("No line leaves: customers buy what they used to."),
                *([blocks.figure(fading)] if fading else []),
            )
        headline = self._make_headline(scope, groups)
        return self._ready(
            blocks.figure(*filter(None, (headline, fading))),
            blocks.Rows(self._make_rows(scope, domain, groups[:ROW_COUNT])),
            *self._get_all_orders_text(),
            *self._get_test_text(scope),
        )

    def _get_test_text(self, scope):
        """Say what became of earlier lines, to those who see everybody's figures."""
        refresh = scope.refresh
        if not refresh.leaving_test_count or not self.env.user._sees_all_crm_figures():
            return []
        lost = refresh.leaving_test_count - refresh.leaving_again_count
        words = self.env._(
            "Of the lines that left quietly on %(date)s (%(count)s), %(lost)s were not "
            "bought again in 90 days.",
            date=format_day(self.env, refresh.leaving_test_date),
            count=format_count(self.env, refresh.leaving_test_count),
            lost=format_count(self.env, lost),
        )
        return [blocks.Text(words)]

    def _make_headline(self, scope, groups):
        count = sum(number for _customer, number, _value in groups)
        value = format_amount(sum(value for *_key, value in groups), scope.currency)
        words = self.env._(
            "lines of %(customers)s customers who still order · %(value)s a year",
            customers=format_count(self.env, len(groups)),
            value=value,
        )
        if len(groups) == 1:
            words = self.env._(
                "lines of 1 customer who still orders · %(value)s a year", value=value
            )
        if count == 1:
            words = self.env._(
                "line of 1 customer who still orders · %(value)s a year", value=value
            )
        return blocks.FigureLine(
            blocks.count(count), words, size="headline", drill=blocks.Drill("all")
        )

    def _make_fading_line(self, scope):
        """The line of products that fade for everybody, None where none does."""
        ((count,),) = self.env["crm.leaving.line"]._read_group(
            self._get_fading_domain(scope), [], ["product_tmpl_id:count_distinct"]
        )
        if not count:
            return None
        words = self.env._("products fade for everybody")
        if count == 1:
            words = self.env._("product fades for everybody")
        return blocks.FigureLine(
            blocks.count(count), words, "small", "muted", drill=blocks.Drill("fading")
        )

    def _make_rows(self, scope, domain, groups):
        customers = [customer.id for customer, *_values in groups]
        metrics = {
            metric.partner_id: metric
            for metric in self.env["crm.customer.metric"].search(
                scope.company._get_crm_figures_domain()
                & Domain("partner_id", "in", customers)
            )
        }
        dearest = {}
        for line in self.env["crm.leaving.line"].search(
            domain & Domain("partner_id", "in", customers)
        ):
            dearest.setdefault(line.partner_id, line)
        return tuple(
            self._make_row(scope, metrics[customer], dearest[customer], number, value)
            for customer, number, value in groups
            if customer in metrics
        )

    def _make_row(self, scope, metric, line, number, value):
        words = self._describe_absence(line)
        if number > 1:
            words = self.env._(
                "%(line)s, and %(count)s more", line=words, count=number - 1
            )
        return self._make_customer_row(
            scope,
            metric,
            words,
            cell=blocks.money(value, metric.currency_id),
            cell_note=self.env._("a year"),
            status=metric.follow_up,
            actions=self._get_alert_buttons(),
        )

    # ------------------------------------------------------------------
    # Behind it
    # ------------------------------------------------------------------

    def _open(self, scope, drill):
        """Open the lines, the products that fade, or the customer of a row."""
        key, value = self._check_drill(
            drill,
            all=self._is_all,
            fading=self._is_all,
            customer=self._is_row_id,
        )
        if key == "customer":
            return self._open_customer(value)
        if key == "fading":
            return self._open_lines(
                scope, search_default_fading=1, search_default_group_by_product=1
            )
        return self._open_lines(
            scope,
            search_default_leaving=1,
            search_default_open=1,
            search_default_group_by_customer=1,
        )

    def _row_action_snooze(self, metric_id, scope):
        """Put off the customer's lines until a date."""
        return self._get_lines_of(metric_id, scope).action_snooze()

    def _row_action_not_a_loss(self, metric_id, scope):
        """Take the customer's lines away, with a reason."""
        return self._get_lines_of(metric_id, scope).action_not_a_loss()

    def _get_lines_of(self, metric_id, scope):
        """Return the open lines of the customer of a row.

        :raise ValidationError: there are none any more
        """
        metric = self.env["crm.customer.metric"].browse(metric_id).exists()
        metric.check_access("read")
        lines = self.env["crm.leaving.line"].search(
            self._get_lines_domain(scope)
            & Domain("partner_id", "in", metric.partner_id.ids)
        )
        if not lines:
            raise ValidationError(
                self.env._("No line of this customer leaves any more.")
            )
        return lines

    def _get_report(self):
        return Report(
            title=self.env._("Leaving Quietly"),
            action=self._report_action,
            domain=self.env.company._get_crm_figures_domain(),
            group_by="partner_id",
            measure="year_value",
            link_field="partner_id",
            reading_note=self.env._("All orders of each customer"),
            is_stored=True,
            terms=(self._get_scope_term(), *self._get_terms()),
        )

    def _get_terms(self):
        return [*super()._get_terms(), *self._get_leaving_terms()]
