# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What followed alerts and campaigns, in sentences."""

from odoo.fields import Domain

from ...analytics.hold_out import FEWEST_TARGETS, difference_interval
from ...analytics.what_followed import FEWEST_ALERTS, share_interval
from ...models.crm_alert_month import CAMPAIGN, NOTHING
from ...models.crm_reactivation_month import HELD_OUT, TREATED
from ...nightly.periods import get_month_start
from ..report import Term
from ..words import add_minus, format_count, format_share

WHAT_FOLLOWED = "crm_dashboards.crm_alert_month_action"
WHAT_FOLLOWED_CAMPAIGNS = "crm_dashboards.crm_reactivation_month_action"
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


def describe_campaigns(campaign_month, company, today):
    """Return what followed campaigns, in sentences; nothing while there were none.

    Of customers whose order was not missing, in the last months: what followed the
    others stands with the alerts. And the effect, where customers were held out.

    :param campaign_month: crm.reactivation.month, with the rights to read it
    """
    here = Domain("company_id", "=", company.id)
    customers, ordered = _sum_up(
        campaign_month,
        here
        & Domain("month", ">=", get_month_start(today, MONTHS))
        & Domain("had_alert", "=", False)
        & Domain("share_out", "!=", HELD_OUT),
    )
    return [
        *_describe_without_alert(campaign_month.env, customers, ordered),
        *_describe_effect(
            campaign_month.env,
            *_sum_up(campaign_month, here & Domain("share_out", "=", TREATED)),
            *_sum_up(campaign_month, here & Domain("share_out", "=", HELD_OUT)),
        ),
    ]


def _sum_up(campaign_month, domain):
    """Return how many customers of campaigns there were, and how many ordered."""
    (counts,) = campaign_month._read_group(
        domain, [], ["customer_count:sum", "ordered_count:sum"]
    )
    return tuple(count or 0 for count in counts)


def _describe_without_alert(env, customers, ordered):
    if not customers:
        return []
    if customers < FEWEST_ALERTS:
        return [
            env._(
                "What followed campaigns is told from %(fewest)s customers on whose "
                "order was not missing. So far: %(customers)s.",
                fewest=FEWEST_ALERTS,
                customers=format_count(env, customers),
            )
        ]
    return [
        env._(
            "Of %(campaign)s customers in a campaign whose order was not missing, "
            "%(campaign_share)s ordered in time (%(campaign_low)s to "
            "%(campaign_high)s).",
            **_describe_share(env, "campaign", customers, ordered),
        )
    ]


def _describe_effect(env, treated, treated_ordered, held_out, held_out_ordered):
    """Say what campaigns brought about; of few, how many there are.

    Nothing where nobody was held out, for then nobody can know.
    """
    if not held_out:
        return []
    if treated + held_out < FEWEST_TARGETS or not treated:
        return [
            env._(
                "The effect of campaigns is told from %(fewest)s customers on, those "
                "held out among them. So far: %(customers)s, %(held_out)s held out.",
                fewest=FEWEST_TARGETS,
                customers=format_count(env, treated + held_out),
                held_out=format_count(env, held_out),
            )
        ]
    low, high = difference_interval(
        treated_ordered, treated, held_out_ordered, held_out
    )
    difference = treated_ordered / treated - held_out_ordered / held_out
    return [
        env._(
            "Effect of campaigns: %(points)s percentage points (%(low)s to %(high)s). "
            "Of %(treated)s customers in them %(treated_share)s ordered in time, of "
            "%(held_out)s held out by lot %(held_out_share)s.",
            points=_format_points(env, difference),
            low=_format_points(env, low),
            high=_format_points(env, high),
            treated=format_count(env, treated),
            treated_share=format_share(env, treated_ordered / treated),
            held_out=format_count(env, held_out),
            held_out_share=format_share(env, held_out_ordered / held_out),
        )
    ]


def _format_points(env, difference):
    """A difference of two shares in percentage points, such as +6."""
    points = round(100 * difference)
    if points < 0:
        return add_minus(env, format_count(env, -points))
    return f"+{format_count(env, points)}" if points else format_count(env, 0)


def get_campaigns_term(env):
    return Term(
        env._("Effect of campaigns"),
        env._(
            "Whom to put into a campaign is chosen by people, so what followed it does "
            "not tell what it brings about. With the setting on, one customer in ten "
            "of those chosen is held out, drawn by lot for a year: by chance alone "
            "they differ from the others. The effect is the difference of the shares "
            "that ordered within 30 days, or the usual interval where that is longer; "
            "in brackets stands where it lies in nine of ten cases (R. G. Newcombe's "
            "interval). Colleagues may have called those held out all the same: then "
            "it is larger than told. A customer in several campaigns about the same "
            "order counts once."
        ),
    )


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
