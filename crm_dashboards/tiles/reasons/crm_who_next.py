# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from ...models.customer_acts import tell_act
from ...models.figure_selections import SEGMENT_SELECTION
from ...models.rpc import rpc
from ..words import join_words
from .turn_sums import sum_up
from .turns_sql import get_turns_query


class CrmWhoNext(models.Model):
    """The customers of the current company that there is a reason to call.

    A row a customer, with its id. It is worked out from what the user may read, as it
    is at this moment, and stored nowhere.
    """

    _name = "crm.who.next"
    _description = "Customer to Call"
    _auto = False
    _rec_name = "partner_id"
    _order = "is_ending DESC, stake DESC, id"

    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    user_id = fields.Many2one(
        related="partner_id.crm_account_manager_id", string="Account Manager"
    )
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    metric_id = fields.Many2one("crm.customer.metric", "Figures", readonly=True)
    segment = fields.Selection(SEGMENT_SELECTION, "RFM Segment", readonly=True)
    stake = fields.Monetary(
        "At Stake",
        readonly=True,
        aggregator="sum",
        help="Sales of the next 90 days that a call can move.",
    )
    overdue_value = fields.Monetary("Overdue Payments", readonly=True, aggregator="sum")
    order_value = fields.Monetary(
        readonly=True, help="Base net value of the orders in the RFM window."
    )
    ends_on = fields.Date(
        "Ends", readonly=True, help="When something ends within seven days."
    )
    is_ending = fields.Boolean("Ends Soon", readonly=True)
    needs_engagement = fields.Boolean(readonly=True)
    is_resting = fields.Boolean(
        "Done or Planned",
        readonly=True,
        help="Spoken to, quoted or snoozed in the last days, or planned for a day to "
        "come; back at once for a new reason.",
    )
    acted_at = fields.Datetime("Done", readonly=True)
    is_done_today = fields.Boolean("Done Today", readonly=True)
    rest_until = fields.Date("Until", readonly=True)
    kinds = fields.Char("Kinds of Reasons", readonly=True)
    reasons = fields.Char(compute="_compute_reasons")
    reason_facts = fields.Json(readonly=True)
    act_facts = fields.Json(readonly=True)
    follow_up = fields.Char(
        "Planned or Done",
        compute="_compute_follow_up",
        help="What is planned with the customer or was done lately, the newest.",
    )

    @property
    def _table_query(self):
        return get_turns_query(self.env)

    def _sum_up(self, domain, limit):
        """Return how many customers of a domain there are to call, and the first ones.

        :param domain: on the account manager ``user_id``
        :param int limit: of each list
        :return: dict of numbers to_call, owing, done; of sums stake and overdue of
            those to call; of lists of ids by_stake, to_engage, by_overdue, by_done
        """
        return sum_up(self, domain, limit)

    def _snooze(self, until):
        """Let these customers be called again on a day, False to take that back.

        Where an order is missing, its alert is put off with it: what is snoozed in one
        list is snoozed in the other.

        :return: (crm.call.snooze, crm.missing.order.decision), the rows added
        """
        snoozes = self.env["crm.call.snooze"]._snooze(self, until)
        decision = self.env["crm.missing.order.decision"]
        if not until:
            return snoozes, decision._decide(self.metric_id, "alert")
        missing = self.metric_id.filtered("is_missing")
        return snoozes, decision._decide(missing, "snooze", snoozed_until=until)

    def _compute_reasons(self):
        for turn in self:
            turn.reasons = join_words(*turn._get_words())

    def _compute_follow_up(self):
        today = self.env["crm.metric.refresh"]._get_figures_today(self.env.company)
        for turn in self:
            turn.follow_up = (
                tell_act(self.env, turn.act_facts[0], today)
                if turn.act_facts
                else False
            )

    def _get_words(self):
        """Return the words of each reason, those with most at stake first."""
        return [
            reason._describe(facts, self.currency_id)
            for reason, facts in self._get_told_reasons()
        ]

    def _get_told_reasons(self):
        """Return the reasons to tell, those with most at stake first.

        One that alone is none to call for is told where the stake comes from it: of its
        part, no other one has as much at stake.

        :return: list of (model crm.reason.<kind>, dict of its facts)
        """
        known = self.env["crm.reason"]._get_all()
        told, parts = [], set()
        for reason in self.reason_facts or ():
            if reason["kind"] not in known:
                continue
            model = known[reason["kind"]]
            makes_stake = reason["stake"] and model._part not in parts
            if reason["is_shown"] or makes_stake:
                told.append((model, reason["facts"]))
            parts.add(model._part)
        return told

    @rpc(one=True)
    def action_open_customer(self):
        """Open the customer."""
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.partner_id.id,
            "views": [(False, "form")],
        }
