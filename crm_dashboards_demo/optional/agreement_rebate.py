# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Rebate agreements with customers (OCA's agreement_rebate)."""

import datetime
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from .wholesaler import grant

TYPE = "Annual bonus"
TIERS = ((Decimal("0.4"), 2), (Decimal("0.7"), 4), (Decimal(1), 6))  # of the target
ABOVE = Decimal(4)  # the last tier ends here, times the target
NEARLY_OVER_DAYS = 12
MONTHS_GONE = 8
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Story:
    """One agreement: how far the customer is, and when it ends.

    reached: what was invoiced so far, as a share of the target of the last tier;
    ends_soon: whether it ends in a few days; settled: whether what was invoiced until
    the last month was settled already.
    """

    name: str
    kind: str
    reached: Decimal
    ends_soon: bool = False
    settled: bool = False


STORIES = (
    Story("Annual bonus", "section_total", Decimal("0.95")),  # near the last tier
    Story("Growth bonus", "section_total", Decimal("0.67"), ends_soon=True),
    Story("Tiered bonus", "section_prorated", Decimal("0.82"), settled=True),
    Story("Annual bonus", "section_total", Decimal("0.55")),
    Story("Annual bonus", "section_total", Decimal("1.2")),  # in the last tier
)
GLOBAL_PERCENT = 1.5  # of the marketing allowance that the first customer has, too


def fill(wholesaler):
    """Make an agreement with each of some customers.

    Targets are round sums near what was invoiced, so that each agreement is where its
    story wants it; progress and bonus are Odoo's own affair.
    """
    _grant(wholesaler)
    env, today = wholesaler.env, wholesaler.clock.today()
    kind = env["agreement.type"].create(
        {"name": TYPE, "domain": "sale", "is_rebate": True}
    )
    customers = wholesaler.regulars.commercial_partner_id
    for number, (story, customer) in enumerate(
        zip(STORIES, customers, strict=False), start=1
    ):
        start, end = _period(today, story)
        invoiced = _invoiced(env, customer, start)
        agreement = env["agreement"].create(
            {
                **_values(env, customer, kind, start, end, number),
                "name": f"{story.name} {_years(start, end)}",
                "rebate_type": story.kind,
                "rebate_section_ids": [
                    (0, 0, section) for section in _sections(invoiced / story.reached)
                ],
            }
        )
        if story.settled:
            _settle(env, agreement, today)
    _create_allowance(env, today, customers[0], kind)
    return kind


def _grant(wholesaler):
    grant(wholesaler.administrators, "agreement.group_agreement_manager")
    grant(wholesaler.leaders, "agreement.group_agreement_user")
    readers = wholesaler.sellers + wholesaler.accountants
    grant(readers, "agreement.group_agreement_readonly")


def _create_allowance(env, today, customer, kind):
    start, end = _period(today, STORIES[0])
    return env["agreement"].create(
        {
            **_values(env, customer, kind, start, end, len(STORIES) + 1),
            "name": f"Marketing allowance {_years(start, end)}",
            "rebate_type": "global",
            "rebate_discount": GLOBAL_PERCENT,
        }
    )


def _values(env, customer, kind, start, end, number):
    return {
        "code": f"RB-{end:%y}-{number:02d}",
        "partner_id": customer.id,
        "company_id": env.company.id,
        "agreement_type_id": kind.id,
        "signature_date": start - datetime.timedelta(days=10),
        "start_date": start,
        "end_date": end,
    }


def _period(today, story):
    """First and last day: a year that began some months ago, or is nearly over."""
    if story.ends_soon:
        end = today + datetime.timedelta(days=NEARLY_OVER_DAYS)
        return end - datetime.timedelta(days=364), end
    months = today.year * 12 + today.month - 1 - MONTHS_GONE
    start = datetime.date(*_year_and_month(months), 1)
    after = datetime.date(*_year_and_month(months + 12), 1)
    return start, after - datetime.timedelta(days=1)


def _year_and_month(months):
    year, month = divmod(months, 12)
    return year, month + 1


def _years(start, end):
    return f"{start:%Y}" if start.year == end.year else f"{start:%Y}/{end:%y}"


def _invoiced(env, customer, start):
    [(total,)] = env["account.move"]._read_group(
        [
            ("company_id", "=", env.company.id),
            ("commercial_partner_id", "=", customer.id),
            ("move_type", "in", ("out_invoice", "out_refund")),
            ("state", "=", "posted"),
            ("invoice_date", ">=", start),
        ],
        aggregates=["amount_untaxed_signed:sum"],
    )
    return Decimal(str(total))


def _sections(target):
    """Tiers up to a target, each from a round sum to a cent below the next one."""
    starts = [_round_up(share * target) for share, _percent in TIERS]
    ends = [start - CENT for start in starts[1:]] + [_round_up(ABOVE * target)]
    return [
        {
            "amount_from": float(start),
            "amount_to": float(end),
            "rebate_discount": percent,
        }
        for start, end, (_share, percent) in zip(starts, ends, TIERS, strict=True)
    ]


def _round_up(amount):
    """The next round sum: a multiple of fifty, or of half of the second digit."""
    step = max(Decimal(50), Decimal(10) ** (amount.adjusted() - 1) / 2)
    return (amount / step).to_integral_value(ROUND_CEILING) * step


def _settle(env, agreement, today):
    """Settle what was invoiced until the end of the last month."""
    wizard = env["agreement.settlement.create.wiz"].create(
        {
            "date": today.replace(day=1),
            "date_to": today.replace(day=1) - datetime.timedelta(days=1),
            "domain": "sale",
            "agreement_ids": [(6, 0, agreement.ids)],
            "discard_settled_agreement": False,
        }
    )
    wizard.action_create_settlement()
