# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from psycopg2.errors import ForeignKeyViolation

from odoo import api, fields, models
from odoo.exceptions import MissingError, UserError
from odoo.fields import Command
from odoo.tools import mute_logger


class CrmChosenCustomersMixin(models.AbstractModel):
    """A dialog about customers that were chosen in a list or tile.

    Meanwhile some may have been merged or deleted, in another tab or by somebody else.
    """

    _name = "crm.chosen.customers.mixin"
    _description = "Dialog About Chosen Customers"

    metric_ids = fields.Many2many(
        "crm.customer.metric", string="Customers", required=True, readonly=True
    )

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if "metric_ids" in values:
            chosen = self.new({"metric_ids": values["metric_ids"]}).metric_ids
            values["metric_ids"] = [Command.set(chosen._origin.exists().ids)]
        return values

    @api.model_create_multi
    def create(self, vals_list):
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                return super().create(vals_list)
        except (ForeignKeyViolation, MissingError):
            self._refuse_missing()

    def _check_chosen(self):
        """Make sure that the chosen customers have figures that the user may read.

        :raise AccessError: the user may not
        :raise UserError: not all are there any more, or there are none
        """
        chosen = self.metric_ids
        if not chosen or chosen.exists() != chosen:
            self._refuse_missing()
        chosen.check_access("read")

    def _refuse_missing(self):
        raise UserError(
            self.env._(
                "Some of these customers have no figures any more: they were merged or "
                "deleted meanwhile. Please choose again."
            )
        )
