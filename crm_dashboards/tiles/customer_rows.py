from odoo import api, models
from odoo.exceptions import ValidationError

from ..models.dashboard_scope import is_id
from . import blocks

ROW_COUNT = 5


class CrmDashboardTile(models.Model):
    """Rows of customers, as several tiles show them."""

    _inherit = "crm.dashboard.tile"

    @api.model
    def _get_customer_row(self, metric, subtitle, **parts):
        """Return a row about the customer of ``metric``; a click opens the customer.

        :param subtitle: small words below the name
        :param parts: further parts of the row: cell, cell_note, tone, actions, …
        """
        manager = metric.user_id.sudo()
        return {
            "id": metric.id,
            "avatar": {
                "user_id": manager.id,
                "name": manager.name or self.env._("Unassigned"),
            },
            "badge": metric._get_badge(),
            "title": metric.partner_id.display_name,
            "subtitle": subtitle,
            "drill": blocks.drill("customer", metric.id),
            **parts,
        }

    @api.model
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

    @api.model
    def _is_row_id(self, value):
        return is_id(value)
