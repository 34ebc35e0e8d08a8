# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Whether the next section of an agreement is within reach, and what is at stake."""

from odoo.addons.crm_dashboards.analytics.who_next import HORIZON_DAYS, YEAR_DAYS

FARTHEST = 2  # times the usual sales


def get_usual_sales(year_sales, today, last_day):
    """Return what a customer usually buys until a day, at most in the next 90 days.

    Parameters
    ----------
    year_sales : float
        Of the last 365 days.
    today : date
    last_day : date or None
        The last one that counts; None without an end.
    """
    days = HORIZON_DAYS
    if last_day:
        days = min(days, (last_day - today).days + 1)
    return max(year_sales, 0.0) * max(days, 0) / YEAR_DAYS


def get_tier_stake(missing, usual):
    """Return what a call can move of what is short of a section; None out of reach.

    Parameters
    ----------
    missing, usual : float
        What is short, and what the customer usually buys meanwhile: more than that is
        at stake with nobody, and more than twice as much is out of reach.
    """
    if not 0 < missing <= FARTHEST * usual:
        return None
    return min(missing, usual)
