# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..models.date_words import format_soon

DAYS = {"tomorrow": 1, "week": 7, "two_weeks": 14}


class CrmWhenMixin(models.AbstractModel):
    """A dialog that asks for a day to come, with the likely ones to choose from."""

    _name = "crm.when.mixin"
    _description = "Dialog That Asks When"

    choice = fields.Selection(
        [
            ("tomorrow", "Tomorrow"),
            ("week", "In a week"),
            ("two_weeks", "In two weeks"),
            ("expected", "When the next order is expected"),
            ("day", "On another day"),
        ],
        "When",
        required=True,
        default="tomorrow",
    )
    expected_date = fields.Date("Next Order", compute="_compute_expected_date")
    date = fields.Date(
        "On", compute="_compute_date", store=True, precompute=True, readonly=False
    )

    def _compute_expected_date(self):
        for wizard in self:
            wizard.expected_date = wizard._get_metrics()._get_next_expected_date()

    def _get_metrics(self):
        """Return the crm.customer.metric of whom it is about."""
        raise NotImplementedError

    @api.depends("choice", "expected_date")
    def _compute_date(self):
        for wizard in self:
            today = fields.Date.context_today(wizard)
            if wizard.choice in DAYS:
                wizard.date = today + timedelta(days=DAYS[wizard.choice])
            elif wizard.choice == "expected" and wizard.expected_date:
                wizard.date = wizard.expected_date
            elif not wizard.date:
                wizard.date = today + timedelta(days=1)

    @api.constrains("choice", "date")
    def _check_date(self):
        for wizard in self:
            if not wizard._asks_when():
                continue
            if not wizard.date or wizard.date < wizard._get_first_day():
                raise ValidationError(self.env._("Please choose a day to come."))

    def _asks_when(self):
        """Whether a day is asked for at all."""
        return True

    def _get_first_day(self):
        """Return the first day that can be chosen."""
        return fields.Date.context_today(self) + timedelta(days=1)

    def _format_date(self):
        return format_soon(self.env, self.date, fields.Date.context_today(self))
