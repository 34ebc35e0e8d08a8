# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""How many of the quotations that were sent are ordered."""

from datetime import timedelta

import numpy as np

from odoo.tools import SQL

from ..analytics.history import add_months, day_to_date
from ..analytics.who_next import get_quotation_chance
from .copy_binary import read_columns
from .order_rows import UNKNOWN

DECIDED_DAYS = 180  # after which a quotation is ordered hardly ever
LOOK_BACK_MONTHS = 24


def store_quotation_chance(night):
    """Store the share of the company's decided quotations that were ordered."""
    orders = night.order_rows
    place = orders.find(_read_sent(night))
    was_sent = np.zeros(len(orders.id), bool)
    was_sent[place[place != UNKNOWN]] = True
    ordered = int(np.count_nonzero(was_sent & orders.is_sold))
    sent = int(np.count_nonzero(was_sent))
    chance = get_quotation_chance(ordered, sent)
    if night.refresh.quotation_chance != chance:
        night.refresh.quotation_chance = chance


def _read_sent(night):
    """Return ids of the quotations of all companies that were sent in that time."""
    as_of = night.settings.as_of
    query = SQL(
        """
        SELECT order_id
          FROM crm_quotation_change
         WHERE kind = 'sent' AND date >= %(since)s AND date < %(until)s
        """,
        since=day_to_date(add_months(as_of, -LOOK_BACK_MONTHS)),
        until=day_to_date(as_of) - timedelta(DECIDED_DAYS),
    )
    return read_columns(night.env, query, {"id": "int32"})["id"]
