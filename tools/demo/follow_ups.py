# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What people did about missing orders: wait, let go, and ask."""

import datetime

SNOOZED, LET_GO, ASKED = 1, 1, 4
SNOOZED_DAYS = 14


def create(env, clock):
    """Decide about some missing orders of the company of ``env``; returns how many.

    Nothing is done where too few orders are missing.
    """
    if "crm.customer.metric" not in env:
        return 0
    metrics = env["crm.customer.metric"].search(
        [
            ("company_id", "=", env.company.id),
            ("is_missing", "=", True),
            ("user_id", "!=", False),
        ],
        order="value_at_risk, id",
    )
    if len(metrics) < 2 * (SNOOZED + LET_GO + ASKED):
        return 0
    decisions = env["crm.missing.order.decision"]
    snoozed, let_go, asked = (
        metrics[:SNOOZED],
        metrics[SNOOZED : SNOOZED + LET_GO],
        metrics[SNOOZED + LET_GO :][:ASKED],
    )
    until = clock.today() + datetime.timedelta(days=SNOOZED_DAYS)
    decisions._decide(snoozed, "snooze", snoozed_until=until)
    decisions._decide(let_go, "not_a_loss", reason="Shop is closed for a refit")
    # Activities without a mail to those who get them.
    wizards = env["crm.reactivation.wizard"].with_context(
        mail_activity_quick_update=True
    )
    wizards.create({"metric_ids": [(6, 0, asked.ids)]}).action_confirm()
    return len(snoozed + let_go + asked)
