# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What account managers did and will do: activities and meetings."""

import datetime
from dataclasses import dataclass

import numpy as np

from . import messages
from .backdating import backdate
from .partners import quietly

DAYS = 365
NEVER_ENGAGED_SHARE = 0.12
ENGAGEMENTS_A_YEAR = 4
UPCOMING_SHARE = 0.4  # of customers
ON_OPPORTUNITY_SHARE = 0.5  # of open opportunities
MEETINGS_PAST, MEETINGS_AHEAD = 55, 22
PRIVATE_SHARE = 0.06
CALL = "mail.mail_activity_data_call"


@dataclass(frozen=True)
class Kind:
    """A kind of activity: external id of its type, and what is said about it."""

    type_name: str
    weight: float
    summaries: tuple
    outcomes: tuple

    def get_type(self, env):
        """The type of the activity; another one where somebody deleted it."""
        types = env["mail.activity.type"]
        return (
            env.ref(self.type_name, raise_if_not_found=False)
            or env.ref(CALL, raise_if_not_found=False)
            or types.search([("res_model", "=", False)], limit=1)
        )


KINDS = (
    Kind(
        CALL,
        0.45,
        (
            "Check in",
            "Talk about the new range",
            "Ask about the open order",
            "Reorder?",
        ),
        (
            "Happy with the last delivery, wants the new catalog.",
            "Will order next week.",
            "Asked for samples of the stoneware.",
            "Sales are slow, wait with the next order.",
            "Needs a better price on larger packs.",
        ),
    ),
    Kind(
        "mail.mail_activity_data_email",
        0.25,
        ("Send the catalog", "Answer on delivery times", "Send the price list"),
        ("Sent, with the price list.", "Answered, they will come back to us."),
    ),
    Kind(
        "mail.mail_activity_data_meeting",
        0.12,
        ("Quarterly review", "Assortment planning", "Present the seasonal range"),
        (
            "Agreed on the assortment for the season.",
            "Plan a trial of the office range.",
        ),
    ),
    Kind(
        "crm_dashboards.mail_activity_type_visit",
        0.08,
        ("Visit the shop", "Visit with the new collection"),
        ("Shelves well stocked, room for one more display.", "Met the new buyer."),
    ),
    Kind(
        "mail.mail_activity_data_todo",
        0.1,
        ("Check the credit limit", "Prepare a display proposal", "Update the contacts"),
        ("Done.", "Done, see the notes on the customer."),
    ),
)
WEIGHTS = np.array([kind.weight for kind in KINDS])
MEETINGS = ("Assortment review", "Product presentation", "Annual agreement", "Showroom")


def create_activities(env, rng, clock, customers, opportunities):
    """Activities done in the last year, and those to come, some of them late.

    customers: those with an account manager; opportunities: open crm.lead records.
    Returns (done, upcoming), mail.activity records.
    """
    done = _done(env, rng, clock, customers)
    planned = []
    for customer in customers:
        if rng.random() < UPCOMING_SHARE:
            partner = env["res.partner"].browse(customer.company_id)
            planned.append(_planned(env, rng, clock, partner, customer.user_id))
    for lead in opportunities:
        if lead.user_id and rng.random() < ON_OPPORTUNITY_SHARE:
            planned.append(_planned(env, rng, clock, lead, lead.user_id.id))
    upcoming = _activities(env).create(planned)
    moments = [clock.days_ago(rng, rng.integers(7, 25)) for _values in planned]
    backdate(upcoming, moments, [values["user_id"] for values in planned])
    return done, upcoming


def create_meetings(env, rng, clock, customers):
    """Meetings of account managers with customers, past and to come."""
    ahead = np.concatenate(
        [rng.integers(-200, 0, MEETINGS_PAST), rng.integers(1, 25, MEETINGS_AHEAD)]
    )
    values = []
    for days in ahead.tolist():
        customer = customers[rng.integers(len(customers))]
        user = env["res.users"].browse(customer.user_id)
        start = clock.days_ago(rng, -days).replace(minute=0)
        subject = MEETINGS[rng.integers(len(MEETINGS))]
        values.append(
            {
                "name": f"{subject}: {customer.name}",
                "start": start,
                "stop": start + datetime.timedelta(hours=1),
                "user_id": user.id,
                "partner_ids": [(6, 0, [user.partner_id.id, customer.partner_id])],
                "privacy": "private" if rng.random() < PRIVATE_SHARE else False,
            }
        )
    events = quietly(env)["calendar.event"].with_context(
        no_mail_to_attendees=True, dont_notify=True
    )
    return events.create(values)


def _activities(env):
    return quietly(env)["mail.activity"].with_context(mail_activity_quick_update=True)


def _kind(rng):
    """A kind by chance, with a summary and an outcome that suit it."""
    kind = KINDS[rng.choice(len(KINDS), p=WEIGHTS / WEIGHTS.sum())]
    summary = kind.summaries[rng.integers(len(kind.summaries))]
    return kind, summary, kind.outcomes[rng.integers(len(kind.outcomes))]


def _planned(env, rng, clock, record, user_id):
    kind, summary, _outcome = _kind(rng)
    deadline = clock.days_ago(rng, rng.integers(-21, 7))
    return {
        "res_model_id": env["ir.model"]._get_id(record._name),
        "res_id": record.id,
        "activity_type_id": kind.get_type(env).id,
        "summary": summary,
        "user_id": user_id,
        "date_deadline": clock.day_of(deadline),
    }


def _done(env, rng, clock, customers):
    """Done activities: archived, with the message that Odoo posts about each."""
    values, outcomes, moments = [], [], []
    for customer in customers:
        if rng.random() < NEVER_ENGAGED_SHARE:
            continue
        partner = env["res.partner"].browse(customer.company_id)
        days_ago = rng.integers(0, DAYS, size=rng.poisson(ENGAGEMENTS_A_YEAR))
        for days in np.sort(days_ago)[::-1]:
            moment = clock.days_ago(rng, days)
            kind, summary, outcome = _kind(rng)
            outcomes.append(outcome)
            moments.append(moment)
            values.append(
                {
                    **_planned(env, rng, clock, partner, customer.user_id),
                    "activity_type_id": kind.get_type(env).id,
                    "summary": summary,
                    "date_deadline": clock.day_of(moment),
                    "date_done": clock.day_of(moment),
                    "active": False,
                    "feedback": outcome,
                }
            )
    done = _activities(env).create(values)
    backdate(done, moments, [activity["user_id"] for activity in values])
    messages.write(
        env,
        [
            (
                env[activity.res_model].browse(activity.res_id),
                activity.user_id,
                moment,
                _feedback(env, activity, outcome),
            )
            for activity, outcome, moment in zip(done, outcomes, moments, strict=True)
        ],
    )
    return done


def _feedback(env, activity, outcome):
    body = env["ir.qweb"]._render(
        "mail.message_activity_done",
        {"activity": activity, "feedback": outcome, "display_assignee": False},
    )
    return {
        "body": body,
        "message_type": "notification",
        "subtype_id": env.ref("mail.mt_activities").id,
        "mail_activity_type_id": activity.activity_type_id.id,
    }
