# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What is said of engagements, with the company's settings."""

from ..report import Term


def get_engagement_terms(env):
    """Return the terms *Active engagement* and *Needs engagement*."""
    types = env["mail.activity.type"].with_context(active_test=False)
    counting = types.search([("crm_counts_as_engagement", "=", True)])
    return [
        Term(
            env._("Active engagement"),
            env._(
                "Somebody was in touch with the customer, one of its contacts or "
                "about one of its documents. These count: %(types)s. Meetings "
                "count once they have ended.",
                types=", ".join(counting.mapped("name")),
            ),
        ),
        Term(
            env._("Needs engagement"),
            env._(
                "The last active engagement is more than %(days)s days ago, or "
                "there never was one. What was logged since the night counts.",
                days=env.company._get_crm_setting("crm_engagement_days"),
            ),
        ),
    ]
