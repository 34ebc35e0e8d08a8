# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Figures that move a little all the time, told in steps.

What a company knows of all its customers moves with every order, and with it would move
a figure of everybody: a night would rewrite every row to say what it said before.
"""

import numpy as np

__all__ = ["days_in_steps", "in_steps"]

STEP = 0.05


def in_steps(values, step=STEP):
    """Round numbers above 0 to steps of 5 %, or of more; others and NaN stay.

    Parameters
    ----------
    values : float or float64[n]
    step : float

    Returns
    -------
    float64 or float64[n]
    """
    values = np.asarray(values, dtype=float)
    above = values > 0
    steps = np.exp(np.round(np.log(np.where(above, values, 1)) / step) * step)
    return np.where(above, steps, values)[()]


def days_in_steps(days):
    """Round days to 1, 2 or 5 at that place that is a twentieth of them at most.

    Weeks and months stay what they are; 121 days are 120.

    Parameters
    ----------
    days : float
        Above 0, or NaN.

    Returns
    -------
    float
    """
    if np.isnan(days):
        return days
    share = days * STEP
    place = 10.0 ** np.floor(np.log10(share))
    unit = place * max(digit for digit in (1, 2, 5) if digit * place <= share)
    return float(np.round(np.round(days / unit) * unit, 9))
