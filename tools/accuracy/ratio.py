# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Ratios and means that may have nothing to rest on."""


def ratio(error, baseline):
    """One error as a multiple of another; None where the other never errs."""
    return float(error) / float(baseline) if baseline else None


def average(values):
    """Mean of an array; None of an empty one."""
    return float(values.mean()) if len(values) else None
