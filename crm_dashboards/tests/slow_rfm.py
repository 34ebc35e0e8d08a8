# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""RFM again, one customer after another in plain Python, to compare with.

Written from the definitions, not from the code it checks: fractions instead of
doubled ranks, dates instead of day numbers, if-chains instead of tables. The formulas
alone are compared with it, without Odoo, and what a night stores.
"""

from datetime import date, timedelta
from fractions import Fraction
from math import ceil


def years_back(as_of, years):
    try:
        return as_of.replace(year=as_of.year - years)
    except ValueError:
        return as_of.replace(year=as_of.year - years, day=28)


def average_rank(value, values):
    below = sum(other < value for other in values)
    equal = sum(other == value for other in values)
    return below + Fraction(equal + 1, 2)


def score(value, values):
    place = (average_rank(value, values) - Fraction(1, 2)) * 5 / len(values)
    return min(5, max(1, ceil(place)))


def segment_name(r, fm):
    if r <= 2:
        if fm <= 2:
            return "hibernating"
        return "dont_lose_them" if fm == 5 else "at_risk"
    if r == 3:
        if fm <= 2:
            return "about_to_sleep"
        return "needs_attention" if fm == 3 else "loyal"
    if fm == 1:
        return "new" if r == 5 else "promising"
    if fm <= 3:
        return "potential_loyalist"
    return "champions" if r == 5 else "loyal"


def window_figures(rows, as_of_day):
    """{customer: (last order, orders and cents in the window, first order, orders)}.

    :param rows: (customer, day number, cents)
    """
    as_of = date(1970, 1, 1) + timedelta(days=as_of_day)
    opened = years_back(as_of, 2)
    figures = {}
    for customer in {customer for customer, _day, _cents in rows}:
        mine = [
            (date(1970, 1, 1) + timedelta(days=day), cents)
            for who, day, cents in rows
            if who == customer and day <= as_of_day
        ]
        orders = [on for on, cents in mine if cents > 0]
        if orders:
            figures[customer] = (
                max(orders),
                sum(on > opened for on in orders),
                sum(cents for on, cents in mine if on > opened),
                min(orders),
                len(orders),
            )
    return figures


def segments(rows, as_of_day):
    """{customer: (r, f, m, fm, segment)} of rows (customer, day number, cents)."""
    figures = window_figures(rows, as_of_day)
    if len(figures) < 5:
        return {}
    columns = zip(*figures.values(), strict=True)
    recencies, frequencies, values, _firsts, _counts = columns
    joint = {
        customer: average_rank(f, frequencies) + average_rank(m, values)
        for customer, (_last, f, m, _first, _count) in figures.items()
    }
    a_year_ago = years_back(date(1970, 1, 1) + timedelta(days=as_of_day), 1)
    answer = {}
    for customer, (last, f, m, first, count) in figures.items():
        r_score = score(last, recencies)
        if count == 1:
            f_score, fm_score = 1, 1
            row = r_score if first > a_year_ago else min(r_score, 3)
        else:
            f_score = score(f, frequencies)
            fm_score = max(2, score(joint[customer], list(joint.values())))
            row = r_score
        name = segment_name(row, fm_score)
        answer[customer] = (r_score, f_score, score(m, values), fm_score, name)
    return answer
