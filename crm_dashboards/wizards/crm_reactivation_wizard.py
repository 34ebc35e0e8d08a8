# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..analytics.hold_out import is_held_out
from ..models.named_records import name_first
from ..models.rpc import rpc

USUAL_DEADLINE = timedelta(days=3)
MOST_NAMED = 5


class CrmReactivationWizard(models.TransientModel):
    """Puts customers with a missing order into a reactivation campaign.

    A kind of campaign is a selection value and a method ``_start_<kind>(metrics)``,
    which returns what it made as a list of recordsets.
    """

    _name = "crm.reactivation.wizard"
    _inherit = ["crm.chosen.customers.mixin", "crm.undo.mixin"]
    _description = "Reactivate Customers"

    _makes = ("mail.activity", "crm.lead", "crm.reactivation")

    kind = fields.Selection(
        selection="_get_kinds",
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

    @api.model
    def _get_kinds(self):
        """Return the kinds of campaigns that the user may begin."""
        kinds = self.env["crm.reactivation"]._fields["kind"]
        return kinds._description_selection(self.env)

    @api.constrains("kind")
    def _check_kind(self):
        """Refuse what Odoo does not: values beside those of a method."""
        for wizard in self:
            if wizard.kind not in dict(wizard._get_kinds()):
                raise ValidationError(self.env._("You may not begin such a campaign."))

    @api.depends("metric_ids", "kind")
    def _compute_message(self):
        """Say which of the chosen customers are left out, and why."""
        for wizard in self:
            _metrics, _held_out, sentences = wizard._split_metrics()
            wizard.message = " ".join(sentences)

    def _split_metrics(self):
        """Return whom the campaign is begun for, and why others are left out.

        By lot are held out only those who could be in it: they are compared with it.

        :return: (metrics, metrics held out by lot, list of sentences)
        """
        self.ensure_one()
        metrics, sentences = self.metric_ids._origin.exists(), []
        for sentence, is_left_out in self._get_obstacles().items():
            left_out = metrics.filtered(is_left_out)
            metrics -= left_out
            if left_out:
                names = self._name_customers(left_out)
                sentences.append(sentence % {"customers": names})
        held_out = self._draw(metrics)
        if held_out:
            words = self.env._(
                "Held out by lot, so that the effect of campaigns can be told: "
                "%(customers)s.",
                customers=self._name_customers(held_out),
            )
            sentences.append(words)
        return metrics - held_out, held_out, sentences

    def _draw(self, metrics):
        """Return those who are held out this year, or were about the same order."""
        held_out = self._find_begun(Domain("is_held_out", "=", True))
        refresh = self.env["crm.metric.refresh"]
        for company, of_company in metrics.grouped("company_id").items():
            year = refresh._get_figures_today(company).year
            if company.sudo().crm_hold_out:
                held_out |= {
                    _get_alert(metric)
                    for metric in of_company
                    if is_held_out(metric.partner_id.id, year)
                }
        return metrics.filtered(lambda metric: _get_alert(metric) in held_out)

    def _find_begun(self, domain):
        """Return {(customer, company, last order)} of the campaigns of a domain."""
        begun = self.env["crm.reactivation"].search(
            Domain("partner_id", "in", self.metric_ids.partner_id.ids) & domain
        )
        return {_get_alert(each) for each in begun}

    def _get_obstacles(self):
        """Return what keeps customers out of the campaign, the first that holds.

        :return: {sentence with ``%(customers)s``: test of a metric}
        """
        alerts = self._find_begun(
            Domain("kind", "=", self.kind) & Domain("is_held_out", "!=", True)
        )
        return {
            self.env._("Left out, for they have no order: %(customers)s."): (
                lambda metric: not metric.last_order_date
            ),
            self.env._("Left out, for their order is not late: %(customers)s."): (
                lambda metric: metric.order_state == "expected"
            ),
            self.env._("Left out, in such a campaign already: %(customers)s."): (
                lambda metric: _get_alert(metric) in alerts
            ),
        }

    def _name_customers(self, metrics):
        names = metrics[:MOST_NAMED].partner_id.mapped("display_name")
        return name_first(self.env, names, len(metrics))

    @rpc(one=True)
    def action_confirm(self):
        """Begin the campaign for those who can be in it, and tell how many."""
        self._check_chosen()
        metrics, held_out, sentences = self._split_metrics()
        noted = self._find_begun(
            Domain("kind", "=", self.kind) & Domain("is_held_out", "=", True)
        )
        newly_out = held_out.filtered(lambda metric: _get_alert(metric) not in noted)
        if not metrics | newly_out:
            raise UserError("\n".join(sentences))
        begun = self._note_begun(metrics) + self._note_begun(newly_out, True)
        made = getattr(self, f"_start_{self.kind}")(metrics) if metrics else []
        return self._answer(self._tell_begun(metrics, held_out), *made, begun)

    def _note_begun(self, metrics, is_held_out=False):
        """Note the customers of a campaign; users have them written by this alone."""
        return (
            self.env["crm.reactivation"]
            .sudo()
            .create(
                [
                    {
                        "partner_id": metric.partner_id.id,
                        "company_id": metric.company_id.id,
                        "kind": self.kind,
                        "last_order_date": metric.last_order_date,
                        "interval_days": metric.interval_days,
                        "has_hold_out": metric.company_id.sudo().crm_hold_out,
                        "is_held_out": is_held_out,
                    }
                    for metric in metrics
                ]
            )
        )

    def _tell_begun(self, metrics, held_out):
        if not metrics:
            return self.env._(
                "Held out by lot: %(customers)s. Nobody is in the campaign.",
                customers=self._name_customers(held_out),
            )
        if len(metrics) == 1:
            return self.env._(
                "%(customer)s is in the campaign.",
                customer=metrics.partner_id.display_name,
            )
        return self.env._(
            "%(count)s customers are in the campaign.", count=len(metrics)
        )

    @rpc(one=True)
    def action_undo(self):
        """Take back what was done a moment ago."""
        return self._undo()

    def _take_back(self, records):
        """Take back what was begun a moment ago; users cannot do that by themselves."""
        if records._name == "crm.reactivation":
            records = records.sudo()
        return super()._take_back(records)

    def _start_activity(self, metrics):
        """Schedule an activity for each customer's account manager.

        :return: list of recordsets of what was made
        """
        activities = self.env["mail.activity"]
        for metric in metrics:
            activities += metric.partner_id.activity_schedule(
                activity_type_id=self.activity_type_id.id,
                date_deadline=self.date_deadline,
                summary=self.summary,
                note=metric._get_missing_reason(),
                user_id=(metric.user_id or self.env.user).id,
            )
        return [activities]

    def _start_opportunity(self, metrics):
        """Create an opportunity for each customer, for its account manager."""
        leads = self.env["crm.lead"].create(
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
        return [leads]


def _get_alert(record):
    """Return what tells one order that is waited for from another one."""
    return record.partner_id, record.company_id, record.last_order_date
