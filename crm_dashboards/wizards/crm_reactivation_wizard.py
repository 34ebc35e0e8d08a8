# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

USUAL_DEADLINE = timedelta(days=3)


class CrmReactivationWizard(models.TransientModel):
    """Puts customers with a missing order into a reactivation campaign.

    A kind of campaign is a selection value and a method ``_start_<kind>(metrics)``.
    """

    _name = "crm.reactivation.wizard"
    _description = "Reactivate Customers"

    metric_ids = fields.Many2many(
        "crm.customer.metric", string="Customers", required=True, readonly=True
    )
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
        """Say how many of the chosen customers are left out, being in one already."""
        for wizard in self:
            chosen, new = len(wizard.metric_ids), len(wizard._get_new_metrics())
            wizard.message = new < chosen and self.env._(
                "%(count)s of %(chosen)s are in such a campaign already and are "
                "left out.",
                count=chosen - new,
                chosen=chosen,
            )

    def _get_new_metrics(self):
        """Return the chosen customers that this kind was not begun for yet."""
        self.ensure_one()
        metrics = self.metric_ids._origin
        begun = self.env["crm.reactivation"].search(
            Domain("partner_id", "in", metrics.partner_id.ids)
            & Domain("kind", "=", self.kind)
        )
        alerts = {
            (each.partner_id, each.company_id, each.last_order_date) for each in begun
        }
        return metrics.filtered(
            lambda metric: (
                metric.last_order_date
                and (metric.partner_id, metric.company_id, metric.last_order_date)
                not in alerts
            )
        )

    def action_confirm(self):
        """Begin the campaign for those who are not in one, and tell how many."""
        self.ensure_one()
        metrics = self._get_new_metrics()
        if not metrics:
            raise UserError(
                self.env._("All these customers are in such a campaign already.")
            )
        self.env["crm.reactivation"].create(
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
