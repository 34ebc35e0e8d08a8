# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What matters most about one customer now, and what to do next."""

__all__ = ["PROBABLY_LEAVES", "SOON_DAYS", "next_step", "order_state"]

PROBABLY_LEAVES = 0.5  # probability of no order within 90 days
SOON_DAYS = 7


def order_state(expected):
    """How a customer's orders stand, as one key.

    Parameters
    ----------
    expected : Expectation

    Returns
    -------
    str
        "never", "first" (one order so far), "no_rhythm", "on_time", "due_today",
        "late", "seasonal", "missing", "leaves" or "lapsed".
    """
    if not expected.order_count or expected.last_day is None:
        return "never"
    if expected.state is None:
        return "first" if expected.order_count == 1 else "no_rhythm"
    if expected.state == "missing":
        leaves = (expected.churn_probability or 0) >= PROBABLY_LEAVES
        return "leaves" if leaves else "missing"
    if expected.state in ("lapsed", "seasonal"):
        return expected.state
    if expected.days_overdue:
        return "late"
    return "due_today" if expected.expected_day == expected.today else "on_time"


def next_step(state, expected, *, is_overdue, expires=False, is_silent=False):
    """The one thing to do next, as a key; None where nothing waits.

    What may be lost comes before what is owed, and both before what may be sold.

    Parameters
    ----------
    state : str
        Of :func:`order_state`.
    expected : Expectation
    is_overdue : bool
        Whether a payment is.
    expires : bool
        Whether an open quotation ends within a week.
    is_silent : bool
        Whether nobody was in touch for too long.

    Returns
    -------
    str or None
        "missing_and_overdue", "missing", "overdue", "quotation", "usual_order" or
        "engage".
    """
    if state in ("missing", "leaves"):
        return "missing_and_overdue" if is_overdue else "missing"
    if is_overdue:
        return "overdue"
    if expires:
        return "quotation"
    if state in ("late", "due_today") or (
        state == "on_time" and expected.expected_day - expected.today <= SOON_DAYS
    ):
        return "usual_order"
    return "engage" if is_silent else None
