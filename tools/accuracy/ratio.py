"""Ratios of errors."""


def ratio(error, baseline):
    """One error as a multiple of another; None where the other never errs."""
    return float(error) / float(baseline) if baseline else None
