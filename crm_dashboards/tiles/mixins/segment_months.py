# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Since when the segments of customers are kept by month."""

from datetime import timedelta

from ...nightly.month_end import CLOSED_AFTER_DAYS
from ...nightly.periods import get_month_start

SEGMENT_MONTHS = "crm_dashboards.crm_segment_month_action"


def get_first_month_end(refresh):
    """Return the first month end that nights kept, or will; False before any night.

    In its first days a month is late enough for the month before, which is open yet.

    :param refresh: crm.metric.refresh of a company
    """
    since = refresh.recorded_since
    if not since:
        return False
    is_open = since.day <= CLOSED_AFTER_DAYS
    return get_month_start(since, 0 if is_open else -1) - timedelta(days=1)
