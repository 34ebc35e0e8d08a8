# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""RFM segments by plain arithmetic over records, one customer against all others.

Written from the definition alone and shares no code with ``analytics``: what the
nightly job stores has to agree with it.
"""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import ceil

import pytz
from dateutil.relativedelta import relativedelta

# recency score: segments of the frequency-monetary scores 1 to 5
SEGMENTS = {
    5: "new potential_loyalist potential_loyalist champions champions",
    4: "promising potential_loyalist potential_loyalist loyal loyal",
    3: "about_to_sleep about_to_sleep needs_attention loyal loyal",
    2: "hibernating hibernating at_risk at_risk dont_lose_them",
    1: "hibernating hibernating at_risk at_risk dont_lose_them",
}


def compute_segments(company, now, window_months=24):
    """Return the segments of a company's ledger customers.

    :param now: UTC moment, without zone
    :return: {res.partner: {"segment", "scores": (R, F, M, FM), "orders", "value"}}
    """
    zone = pytz.timezone(company.crm_figures_tz)
    today = _get_date(now, zone)
    window_start = today - relativedelta(months=window_months)
    days, counts, values, totals = {}, {}, {}, {}
    for order in company.env["sale.order"].search([("company_id", "=", company.id)]):
        customer = order.partner_id.commercial_partner_id
        is_customer = customer.active and customer.is_company and customer.customer_rank
        if (
            order.state != "sale"
            or order.date_order > now
            or not is_customer
            or customer.crm_exclude_from_figures
        ):
            continue
        day = _get_date(order.date_order, zone)
        value = _get_crm_base_net_value(order)
        in_window = day > window_start
        values[customer] = values.get(customer, 0) + (value if in_window else 0)
        if value > 0:
            days[customer] = max(day, days.get(customer, day))
            totals[customer] = totals.get(customer, 0) + 1
            counts[customer] = counts.get(customer, 0) + in_window
    customers = list(days)
    recency = _score({each: days[each] for each in customers})
    frequency = _score({each: counts[each] for each in customers})
    monetary = _score({each: values[each] for each in customers})
    ranks_of_count = _rank({each: counts[each] for each in customers})
    ranks_of_value = _rank({each: values[each] for each in customers})
    both = _score(
        {each: ranks_of_count[each] + ranks_of_value[each] for each in customers}
    )
    results = {}
    for each in customers:
        first_order = totals[each] == 1
        f, fm = (1, 1) if first_order else (frequency[each], both[each])
        results[each] = {
            "segment": SEGMENTS[recency[each]].split()[fm - 1],
            "scores": (recency[each], f, monetary[each], fm),
            "orders": counts[each],
            "value": float(values[each]),
        }
    return results


def _get_date(moment, zone):
    return pytz.utc.localize(moment).astimezone(zone).date()


def _get_crm_base_net_value(order):
    rate = Decimal(repr(order.currency_rate)) or 1
    value = Decimal(repr(order.amount_untaxed)) / rate
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _rank(values):
    """Return the average rank of each value, 1 for the smallest."""
    everyone = list(values.values())
    return {
        each: sum(other < value for other in everyone)
        + Fraction(everyone.count(value) + 1, 2)
        for each, value in values.items()
    }


def _score(values):
    size = len(values)
    return {
        each: min(max(ceil((rank - Fraction(1, 2)) * 5 / size), 1), 5)
        for each, rank in _rank(values).items()
    }
