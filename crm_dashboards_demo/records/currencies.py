# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Rates of the currency of a sister company."""

import datetime

import numpy as np

MONTHLY_NOISE = 0.008  # (log) by which a rate moves from month to month


def set_rates(env, rng, clock, currency, usual, months):
    """Activate a currency and give it a rate at the start of every month.

    usual: what one unit of the main company's currency is worth, around which the
    rate moves. Rates belong to no company, so that every company converts by them, in
    both directions. A currency that has rates keeps those. Returns today's rate.
    """
    currency.active = True
    if currency.rate_ids:
        company = env.company
        return currency._get_conversion_rate(
            company.currency_id, currency, company, clock.today()
        )
    first = clock.today().replace(day=1)
    days = [_month_before(first, back) for back in range(months, -1, -1)]
    steps = MONTHLY_NOISE * rng.standard_normal(len(days))
    rates = np.round(usual * np.exp(np.cumsum(steps) - np.sum(steps) / 2), 4)
    env["res.currency.rate"].create(
        [
            {
                "name": day,
                "currency_id": currency.id,
                "rate": rate,
                "company_id": False,
            }
            for day, rate in zip(days, rates.tolist(), strict=True)
        ]
    )
    return float(rates[-1])


def _month_before(first, back):
    years, month = divmod(first.month - 1 - back, 12)
    return datetime.date(first.year + years, month + 1, 1)
