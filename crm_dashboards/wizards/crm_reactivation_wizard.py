# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dataclasses import dataclass
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..models.rpc import rpc

USUAL_DEADLINE = timedelta(days=3)


@dataclass(frozen=True)
class LeftOut:
    """Customers that do not come into a campaign.

    Attributes
    ----------
    metrics : crm.customer.metric
    some : str
        The sentence where others are chosen besides.
    all : str
        The sentence where none is.
    """

    metrics: object
    some: str
    all: str


class CrmReactivationWizard(models.TransientModel):
    """Puts customers with a missing order into a reactivation campaign.

    A kind of campaign is a selection value and a method ``_start_<kind>(metrics)``.
    Who cannot come into one is said by :meth:`_get_left_out`.
    """

    _name = "crm.reactivation.wizard"
    _inherit = ["crm.chosen.customers.mixin"]
    _description = "Reactivate Customers"

    kind = fields.Selection(
        selection=lambda self: (
            self.env["crm.reactivation"]
            ._fields["kind"]
            ._description_selection(self.env)
        ),
        required=True,
        default="activity",
        string="Campaign",
    )
    summary = fields.Char(
        required=True, default=lambda self: self.env._("Reactivate customer")
    )
    activity_type_id = fields.Many2one(
        "mail.activity.type",
        default=lambda self: self.env.ref(
            "mail.mail_activity_data_call", raise_if_not_found=False
        ),
        domain="['|', ('res_model', '=', False), ('res_model', '=', 'res.partner')]",
    )
    date_deadline = fields.Date(
        "Due", default=lambda self: fields.Date.context_today(self) + USUAL_DEADLINE
    )
    message = fields.Char(compute="_compute_message")

    @api.depends("metric_ids", "kind")
    def _compute_message(self):
        """Say how many of the chosen customers are left out, and why."""
        for wizard in self:
            left_out = wizard._get_left_out(wizard.metric_ids._origin.exists())
            wizard.message = " ".join(each.some for each in left_out) or False

    def _get_left_out(self, metrics):
        """Return which customers do not come into the campaign, by reason.

        :param metrics: crm.customer.metric of the chosen ones
        :return: list of LeftOut, each of customers of its own
        """
        self.ensure_one()
        never_ordered = metrics.filtered(lambda metric: not metric.last_order_date)
        begun = self._get_begun(metrics)
        chosen = len(metrics)
        left_out = [
            LeftOut(
                never_ordered,
                self.env._(
                    "%(count)s of %(chosen)s have no order yet, so none is missing, "
                    "and are left out.",
                    count=len(never_ordered),
                    chosen=chosen,
                ),
                self.env._(
                    "None of these customers has an order yet, so none is missing."
                ),
            ),
            LeftOut(
                begun,
                self.env._(
                    "%(count)s of %(chosen)s are in such a campaign already and are "
                    "left out.",
                    count=len(begun),
                    chosen=chosen,
                ),
                self.env._("All these customers are in such a campaign already."),
            ),
        ]
        return [each for each in left_out if each.metrics]

    def _get_begun(self, metrics):
        """Return the customers that this kind was begun for, about the same order."""
        begun = self.env["crm.reactivation"].search(
            Domain("partner_id", "in", metrics.partner_id.ids)
            & Domain("kind", "=", self.kind)
        )
        alerts = {
            (each.partner_id, each.company_id, each.last_order_date) for each in begun
        }
        return metrics.filtered(
            lambda metric: (
                (metric.partner_id, metric.company_id, metric.last_order_date) in alerts
            )
        )

    @rpc(one=True)
    def action_confirm(self):
        """Begin the campaign for those who are not in one, and tell how many."""
        chosen = self._get_chosen()
        left_out = self._get_left_out(chosen)
        metrics = chosen - chosen.browse().union(*(each.metrics for each in left_out))
        if not metrics:
            only = len(left_out) == 1
            raise UserError(
                " ".join(each.all if only else each.some for each in left_out)
            )
        # Users have them written by this dialog alone.
        self.env["crm.reactivation"].sudo().create(
            [
                {
                    "partner_id": metric.partner_id.id,
                    "company_id": metric.company_id.id,
                    "kind": self.kind,
                    "last_order_date": metric.last_order_date,
                }
                for metric in metrics
            ]
        )
        getattr(self, f"_start_{self.kind}")(metrics)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "%(count)s customers are in the campaign.", count=len(metrics)
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _start_activity(self, metrics):
        """Schedule an activity for each customer's account manager."""
        for metric in metrics:
            metric.partner_id.activity_schedule(
                activity_type_id=self.activity_type_id.id,
                date_deadline=self.date_deadline,
                summary=self.summary,
                note=metric._get_missing_reason(),
                user_id=(metric.user_id or self.env.user).id,
            )

    def _start_opportunity(self, metrics):
        """Create an opportunity for each customer, for its account manager."""
        self.env["crm.lead"].create(
            [
                {
                    "name": f"{self.summary}: {metric.partner_id.display_name}",
                    "type": "opportunity",
                    "partner_id": metric.partner_id.id,
                    "user_id": (metric.user_id or self.env.user).id,
                    "company_id": metric.company_id.id,
                    "expected_revenue": metric.expected_order_value,
                    "date_deadline": self.date_deadline,
                }
                for metric in metrics
            ]
        )
