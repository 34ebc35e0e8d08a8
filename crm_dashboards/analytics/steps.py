# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Figures that move a little all the time, told in steps.

What a company knows of all its customers moves with every order, and with it would move
a figure of everybody: a night would rewrite every row to say what it said before.
"""

import numpy as np

__all__ = ["in_steps", "in_whole_days"]

STEP = 0.05
FEW_DAYS = 10


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


def in_whole_days(days):
    """Round days to whole ones, below ten to half ones; NaN stays.

    Steps that keep what is a whole number already, as a week or a month is.
    """
    return np.where(days < FEW_DAYS, np.round(days * 2) / 2, np.round(days))[()]
