# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.crm_dashboards.tiles import blocks
from odoo.addons.crm_dashboards.tiles.tile import ROW_COUNT
from odoo.addons.crm_dashboards.tiles.words import format_amount


class CrmTileCustomerProducts(models.AbstractModel):
    """*Not Re-ordered* by the rule of *Leaving Quietly*, and with the same rows.

    Its report of ordered products stays as it is.
    """

    _name = "crm.tile.customer_products"
    _inherit = ["crm.tile.customer_products", "crm.tile.leaving.mixin"]

    _has_stored_figures = True
    _adds_up_companies = False

    def _get_content(self, scope):
        scope.customer._check_crm_figures_access()
        lines = self.env["crm.leaving.line"].search(self._get_lines_domain(scope))
        if not lines:
            return self._empty(
                self.env._("No line leaves: the customer buys what it used to.")
            )
        return self._ready(
            self._make_note(scope, lines),
            blocks.Rows(tuple(self._make_line_row(line) for line in lines[:ROW_COUNT])),
            *self._get_all_orders_text(),
        )

    def _make_note(self, scope, lines):
        value = format_amount(sum(lines.mapped("year_value")), scope.currency)
        words = self.env._("1 product · %(value)s a year", value=value)
        if len(lines) > 1:
            words = self.env._(
                "%(count)s products · %(value)s a year", count=len(lines), value=value
            )
        return blocks.Note(words)

    def _make_line_row(self, line):
        return blocks.Row(
            id=line.id,
            title=line.product_tmpl_id.name,
            subtitle=line.evidence,
            cell=blocks.money(line.year_value, line.currency_id),
            cell_note=self.env._("a year"),
            drill=blocks.Drill("product", line.product_tmpl_id.id),
            actions=(*self._get_buttons(), *self._get_alert_buttons()),
        )

    def _open(self, scope, drill):
        """Open the lines of the customer, or what it ordered of one product."""
        key, value = self._check_drill(drill, product=self._is_readable_template)
        if key == "product":
            return self._get_action(
                self._report_action,
                Domain("company_id", "=", scope.company.id)
                & scope.get_customer_domain("order_partner_id"),
                search_default_ordered=1,
                search_default_product_template_id=value,
            )
        return self._open_lines(scope, search_default_leaving=1, search_default_open=1)

    def _is_readable_template(self, value):
        return self._is_readable("product.template", value)

    def _get_line(self, line_id, scope):
        """Return the open line behind a row.

        :raise ValidationError: it does not leave any more
        """
        line = self.env["crm.leaving.line"].search(
            self._get_lines_domain(scope) & Domain("id", "=", line_id)
        )
        if not line:
            raise ValidationError(self.env._("This line does not leave any more."))
        return line

    def _row_action_quote(self, line_id, scope):
        """Open a quotation with the product, as many as were ordered last."""
        template = self._get_line(line_id, scope).product_tmpl_id
        return self._quote_again(
            scope, Domain("product_id.product_tmpl_id", "=", template.id)
        )

    def _row_action_snooze(self, line_id, scope):
        """Put off a line until a date."""
        return self._get_line(line_id, scope).action_snooze()

    def _row_action_not_a_loss(self, line_id, scope):
        """Take a line away, with a reason."""
        return self._get_line(line_id, scope).action_not_a_loss()

    def _row_action_usual_order(self, _line_id, scope):
        """Propose what the customer usually orders."""
        return self.env["crm.usual.order"]._get_action(scope.customer)

    def _row_action_schedule(self, line_id, scope):
        """Schedule an activity with the customer of a line."""
        return self._get_line(line_id, scope).action_schedule_activity()

    def _get_rule_terms(self):
        return self._get_leaving_terms()
