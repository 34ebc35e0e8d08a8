# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Ratios of errors."""


def ratio(error, baseline):
    """One error as a multiple of another; None where the other never errs."""
    return float(error) / float(baseline) if baseline else None
