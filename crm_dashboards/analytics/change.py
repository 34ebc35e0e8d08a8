# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Which way a figure went, the same for an arrow and for a sentence."""

__all__ = ["change_direction"]

UNSEEN = 0.0005  # of a share of change, which is shown as 0 %


def change_direction(change):
    """Direction of a change, level where nobody sees one.

    Parameters
    ----------
    change : float
        Share of change, or a difference in money.

    Returns
    -------
    str
        "up", "down" or "level".
    """
    if abs(change) < UNSEEN:
        return "level"
    return "up" if change > 0 else "down"
