# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from .. import blocks
from ..report import Term
from ..words import format_share


class CrmTileAlertsMixin(models.AbstractModel):
    """Words and buttons of an alert about a customer's missing order."""

    _name = "crm.tile.alerts.mixin"
    _inherit = "crm.tile.customers.mixin"
    _description = "Tile With Alerts"

    def _get_alert_buttons(self):
        """Return the buttons of an alert, none for those who may only read."""
        if not self.env["crm.missing.order.wizard"].has_access("create"):
            return ()
        return (
            *self._get_usual_order_buttons(),
            blocks.RowAction("snooze", self.env._("Snooze"), "fa-clock-o"),
            blocks.RowAction("not_a_loss", self.env._("Not a loss"), "fa-thumbs-o-up"),
            self._get_schedule_button(),
        )

    def _describe_leaving(self, probability):
        """Return in words how probable it is that the customer of an alert leaves.

        Empty where that is next to nothing, or not known before the next night.
        """
        if not probability:
            return ""
        share = format_share(self.env, probability)
        return self.env._("leaves: %(share)s", share=share)

    def _row_action_snooze(self, metric_id, _scope):
        """Put off the alert of a row until a date."""
        return self.env["crm.customer.metric"].browse(metric_id).action_snooze()

    def _row_action_not_a_loss(self, metric_id, _scope):
        """Take the alert of a row away, with a reason."""
        return self.env["crm.customer.metric"].browse(metric_id).action_not_a_loss()

    def _get_terms(self):
        """Return what is said of expected orders, with the company's settings."""
        company = self.env.company
        field = company._fields["crm_missing_sensitivity"]
        labels = dict(field._description_selection(self.env))
        return [
            *super()._get_terms(),
            Term(
                self.env._("Usual interval"),
                self.env._(
                    "Typical days between a customer's days with an order, from "
                    "%(count)s such days on.",
                    count=company._get_crm_setting("crm_missing_min_orders"),
                ),
            ),
            Term(
                self.env._("Missing order"),
                self.env._(
                    "An order later than the customer's own rhythm allows. Days on "
                    "which the whole company is quiet, as at Christmas, count less or "
                    "hardly at all. Sensitivity: %(setting)s. Not: seasonal pauses, "
                    "snoozed alerts, customers lapsed after %(days)s days.",
                    setting=labels[company._get_crm_setting("crm_missing_sensitivity")],
                    days=company._get_crm_setting("crm_missing_lapsed_days"),
                ),
            ),
            Term(
                self.env._("Late, but all are quiet"),
                self.env._(
                    "Later than the customer's own rhythm allows, but no missing order "
                    "yet: the whole company was quiet meanwhile, or the customer's own "
                    "gaps vary too much to be sure."
                ),
            ),
            Term(
                self.env._("Leaves"),
                self.env._(
                    "Probability that an overdue customer does not order within the "
                    "next 90 days."
                ),
            ),
            Term(
                self.env._("Value at risk"),
                self.env._(
                    "A year's sales at the present rate, times the probability that no "
                    "order comes within another usual interval."
                ),
            ),
        ]
