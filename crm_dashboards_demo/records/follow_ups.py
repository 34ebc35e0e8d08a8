# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What people did about missing orders: wait, let go, and ask."""

SNOOZED, LET_GO, ASKED = 1, 1, 4


def create(env):
    """Decide about some missing orders of the company of ``env``; returns how many.

    Nothing is done where too few orders are missing.
    """
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
    snoozed, let_go, asked = (
        metrics[:SNOOZED],
        metrics[SNOOZED : SNOOZED + LET_GO],
        metrics[SNOOZED + LET_GO :][:ASKED],
    )
    _answer(env, "crm.missing.order.wizard", snoozed, decision="snooze")
    _answer(
        env,
        "crm.missing.order.wizard",
        let_go,
        decision="not_a_loss",
        reason="Shop is closed for a refit",
    )
    _answer(env, "crm.reactivation.wizard", asked)
    return len(snoozed + let_go + asked)


def _answer(env, wizard, metrics, **values):
    """Answer a dialog about missing orders, without a mail to those who get work."""
    wizards = env[wizard].with_context(mail_activity_quick_update=True)
    wizards.create({"metric_ids": [(6, 0, metrics.ids)], **values}).action_confirm()
