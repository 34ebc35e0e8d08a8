# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Problems of customers: tickets (OCA's helpdesk_mgmt), and what was said on them."""

from ..records import messages
from ..records.backdating import backdate
from ..records.partners import quietly
from .wholesaler import grant

TICKETS = 64
DAYS = 200
TEAM = "Customer Care"
OPEN_DAYS = 21  # older ones are closed but for a few
LONGEST_WORK = 6  # days
FORGOTTEN_SHARE = 0.06
CLOSED_SHARE = 0.45  # of the recent ones
STAGES_OPEN = ("new", "in_progress", "awaiting")
SUBJECTS = {
    "Damaged goods": (
        "Two boxes arrived dented",
        "Glass broken in transit",
        "Scratches on the oak frames",
    ),
    "Late delivery": (
        "Delivery is a week late",
        "Pallet did not arrive on the day agreed",
        "Where is our order?",
    ),
    "Wrong item": (
        "Blue instead of sage",
        "Received set of 2 instead of set of 4",
        "One carton too few",
    ),
    "Invoice": (
        "Discount missing on the invoice",
        "Invoiced twice?",
        "Please send the invoice to our new address",
    ),
    "Product question": (
        "Is the mug safe in the dishwasher?",
        "Care instructions for the throw",
        "Can we have a sample of the new plate?",
    ),
}
COMMENTS = (
    "Asked the warehouse for the packing list.",
    "Customer sent photos, forwarded to the carrier.",
    "Replacement leaves with the next delivery.",
    "Credit note is on its way.",
    "Called back, the buyer is out until Monday.",
    "Checked with accounting: the discount is missing indeed.",
    "Waiting for an answer of the manufacturer.",
)


def fill(wholesaler):
    """Create tickets, open and closed, with comments by several people.

    Customers with stories have an open and a closed one.
    """
    _grant(wholesaler)
    env, clock = wholesaler.env, wholesaler.clock
    rng = wholesaler.get_random("helpdesk_mgmt")
    users = wholesaler.sellers
    team = env["helpdesk.ticket.team"].create(
        {"name": TEAM, "user_ids": [(6, 0, users.ids)], "company_id": env.company.id}
    )
    categories = env["helpdesk.ticket.category"].create(
        [{"name": name, "company_id": False} for name in SUBJECTS]
    )
    values, moments, changed, authors = [], [], [], []
    for customer, days, closed in _draw(wholesaler, rng):
        created = clock.days_ago(rng, days)
        if closed is None:
            chance = FORGOTTEN_SHARE if days > OPEN_DAYS else 1 - CLOSED_SHARE
            closed = rng.random() > chance
        moments.append(created)
        authors.append(users[rng.integers(len(users))].id)
        changed.append(_later(rng, clock, created, LONGEST_WORK))
        values.append(
            _values(
                env, rng, customer, categories, team, created, changed[-1], bool(closed)
            )
        )
    tickets = quietly(env)["helpdesk.ticket"].create(values)
    backdate(tickets, moments, authors, changed)
    _comment(env, rng, clock, tickets, users)
    return team


def _grant(wholesaler):
    grant(wholesaler.administrators, "helpdesk_mgmt.group_helpdesk_manager")
    grant(wholesaler.leaders, "helpdesk_mgmt.group_helpdesk_user")
    grant(wholesaler.sellers, "helpdesk_mgmt.group_helpdesk_user_own")


def _draw(wholesaler, rng):
    """Who had a problem: [(partner, days ago, closed, or None for chance)], by age."""
    customers = wholesaler.get_customers()
    drawn = [
        (customers[rng.integers(len(customers))], rng.integers(DAYS), None)
        for _ in range(TICKETS)
    ]
    for customer in wholesaler.with_stories + wholesaler.of_admin[:2]:
        drawn.append((customer, rng.integers(1, 12), False))
        drawn.append((customer, rng.integers(30, 120), True))
    return sorted(drawn, key=lambda ticket: -ticket[1])


def _later(rng, clock, moment, days):
    """A moment in business hours, up to some days later, not in the future."""
    ago = (clock.today() - clock.day_of(moment)).days - rng.integers(days + 1)
    return max(clock.days_ago(rng, max(ago, 0)), moment)


def _values(env, rng, customer, categories, team, created, changed, closed):
    category = categories[rng.integers(len(categories))]
    subjects = SUBJECTS[category.name]
    subject = subjects[rng.integers(len(subjects))]
    # The buyer writes, or the company as a whole.
    partner = customer if rng.random() < 0.6 else customer.commercial_partner_id
    stage = "done" if closed else STAGES_OPEN[rng.integers(len(STAGES_OPEN))]
    taken = closed or stage != "new"
    member = team.user_ids[rng.integers(len(team.user_ids))]
    return {
        "name": subject,
        "description": f"<p>{subject}. Please have a look.</p>",
        "partner_id": partner.id,
        "category_id": category.id,
        "team_id": team.id,
        "user_id": member.id if taken else False,
        "stage_id": env.ref(f"helpdesk_mgmt.helpdesk_ticket_stage_{stage}").id,
        "priority": str(rng.choice(4, p=[0.2, 0.5, 0.2, 0.1])),
        "channel_id": env.ref("helpdesk_mgmt.helpdesk_ticket_channel_email").id,
        "company_id": env.company.id,
        "last_stage_update": changed,
        "assigned_date": created if taken else False,
        "closed_date": changed if closed else False,
    }


def _comment(env, rng, clock, tickets, users):
    """Notes of colleagues on tickets that somebody has taken."""
    note = env.ref("mail.mt_note").id
    written = []
    for ticket in tickets.filtered("user_id"):
        last = ticket.closed_date or clock.now()
        days = (clock.day_of(last) - clock.day_of(ticket.create_date)).days
        said = [
            min(_later(rng, clock, ticket.create_date, days), last)
            for _ in range(rng.integers(1, 4))
        ]
        for moment in sorted(said):
            author = users[rng.integers(len(users))]
            values = {
                "body": COMMENTS[rng.integers(len(COMMENTS))],
                "message_type": "comment",
                "subtype_id": note,
            }
            written.append((ticket, author, moment, values))
    messages.write(env, written)
