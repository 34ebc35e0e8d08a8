# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What followed alerts, in sentences."""

from odoo.fields import Domain

from ...analytics.what_followed import FEWEST_ALERTS, share_interval
from ...models.crm_alert_month import CAMPAIGN, NOTHING
from ...nightly.periods import get_month_start
from ..report import Term
from ..words import format_count, format_share

WHAT_FOLLOWED = "crm_dashboards.crm_alert_month_action"
FACETS = {"search_default_last_year": 1, "search_default_group_by_acted_on": 1}
MONTHS = 12  # and the one that is not over


def describe_what_followed(alert_month, company, today):
    """Return what followed the alerts of the last months, in sentences.

    Those acted on within a week beside the others; then those in a campaign, where they
    are enough. Nothing while no alert can be told of.

    :param alert_month: crm.alert.month, with the rights to read it
    """
    counts = {
        action: (alerts, ordered)
        for action, alerts, ordered in alert_month._read_group(
            Domain("company_id", "=", company.id)
            & Domain("month", ">=", get_month_start(today, MONTHS)),
            ["first_action"],
            ["alert_count:sum", "ordered_count:sum"],
        )
    }
    if not counts:
        return []
    env = alert_month.env
    others = counts.pop(NOTHING, (0, 0))
    acted_on = [sum(numbers) for numbers in zip((0, 0), *counts.values(), strict=True)]
    if min(acted_on[0], others[0]) < FEWEST_ALERTS:
        return [
            env._(
                "What followed is told from %(fewest)s missing orders on that were "
                "acted on within a week, and as many others. So far: %(acted)s and "
                "%(others)s.",
                fewest=FEWEST_ALERTS,
                acted=format_count(env, acted_on[0]),
                others=format_count(env, others[0]),
            )
        ]
    sentences = [
        env._(
            "Of %(acted)s missing orders acted on within a week, %(acted_share)s came "
            "in time after all (%(acted_low)s to %(acted_high)s); of %(others)s "
            "others, %(others_share)s (%(others_low)s to %(others_high)s).",
            **_describe_share(env, "acted", *acted_on),
            **_describe_share(env, "others", *others),
        )
    ]
    campaign = counts.get(CAMPAIGN, (0, 0))
    if campaign[0] >= FEWEST_ALERTS:
        sentences.append(
            env._(
                "Of %(campaign)s in a reactivation campaign, %(campaign_share)s "
                "(%(campaign_low)s to %(campaign_high)s).",
                **_describe_share(env, "campaign", *campaign),
            )
        )
    return sentences


def get_followed_term(env):
    return Term(
        env._("What followed"),
        env._(
            "Missing orders that were still open after 7 days: those acted on by then "
            "beside the others, and whether an order came from then on, within 30 "
            "days of the alert or the usual interval, where that is longer. One order "
            "is the outcome of one alert, the oldest open one. Acted on means an "
            "active engagement, a planned activity or a reactivation campaign; "
            "snoozed and not a loss are none. In brackets stands where the true share "
            "lies in nine of ten cases (E. B. Wilson's interval). Whom to act on is "
            "chosen by people, so the difference does not tell what acting brings "
            "about."
        ),
    )


def _describe_share(env, name, alerts, ordered):
    low, high = share_interval(ordered, alerts)
    return {
        name: format_count(env, alerts),
        f"{name}_share": format_share(env, ordered / alerts),
        f"{name}_low": format_share(env, low),
        f"{name}_high": format_share(env, high),
    }
