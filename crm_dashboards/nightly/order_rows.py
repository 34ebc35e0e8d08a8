# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""All orders and quotations of a company in columns, read once a night.

The history is made from them, and they tell whose an order is, which were quotations
when they were sent, and whether there is any in another currency.
"""

from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import chain

import numpy as np

from odoo import fields
from odoo.tools import SQL

from ..analytics.history import OrderHistory, day_number
from ..analytics.lookup import Lookup
from .columns import NO_CENTS
from .copy_binary import MOMENT, read_columns
from .periods import FIRST_MOMENT, LAST_MOMENT

OTHER, SOLD, OPEN = range(3)  # states
FOREIGN, UNRATED = 4, 8  # added to the state of those in another currency
NOBODY, UNKNOWN = 0, -1
TYPES = {
    "id": "int32",
    "contact_id": "int32",
    "kind": "int16",
    "moment": MOMENT,
    "user_id": "int32",
    "cents": "int64",
}


class OrderRows:
    """The orders of a company, in any order.

    Attributes
    ----------
    id, contact_id, user_id : int32[n]
        The contact, and who took the order, are NOBODY where there is none.
    moment : datetime64[n]
        UTC, within the bounds of dates of business; none where there is none.
    is_sold, is_open, is_foreign, is_unrated : bool[n]
        Confirmed, a quotation, in another currency than the company's, and of these
        without a rate to trust.
    cents : int64[n]
        NO_CENTS where figures do not count the order.
    """

    def __init__(self, env, company, settings, now):
        """Read them.

        :param settings: FigureSettings
        :param now: UTC moment; what is ordered later does not count
        """
        rows = read_columns(
            env, _get_query(env, company, settings.decimals, now), TYPES
        )
        self.id, self.contact_id = rows["id"], rows["contact_id"]
        self.moment, self.cents = rows["moment"], rows["cents"]
        self.user_id = rows["user_id"]
        self._decimals = settings.decimals
        self.is_foreign = rows["kind"] & FOREIGN != 0
        self.is_unrated = rows["kind"] & UNRATED != 0
        state = rows["kind"] % FOREIGN
        self.is_sold, self.is_open = state == SOLD, state == OPEN

    @cached_property
    def _places(self):
        places = np.arange(len(self.id), dtype="int32")
        return Lookup(self.id, places, np.int32(UNKNOWN))

    def find(self, ids):
        """Return the places of orders by their ids, UNKNOWN of other companies'."""
        return self._places.find(ids)

    def find_contacts(self, ids):
        """Return the contacts of orders by their ids, NOBODY of other companies'."""
        place = self.find(ids)
        known = place != UNKNOWN
        found = np.full(len(ids), NOBODY, "int32")
        found[known] = self.contact_id[place[known]]
        return found

    def add_up(self, bounds):
        """Add up the orders that figures count, from each moment to the next one.

        :param bounds: ascending UTC moments
        :return: list of [start, end, amount in the company's currency, number of orders
            without a rate to trust], moments and amounts as text
        """
        return self._add_up(bounds, np.zeros(len(self.id), "int32"), 1)[0]

    def add_up_groups(self, bounds, groups, known):
        """Do the same by groups.

        :param groups: int32[n] of the orders
        :param known: int32 array of the groups that are asked for, each once
        :return: {group: list as of :meth:`add_up`}
        """
        numbers = np.arange(1, len(known) + 1, dtype="int32")
        found = Lookup(known, numbers, np.int32(0)).find(groups)
        sums = self._add_up(bounds, found, len(known) + 1)
        return dict(zip(known.tolist(), sums[1:], strict=True))

    def _add_up(self, bounds, numbers, count):
        """Return what ``add_up`` does of each of ``count`` groups, by their numbers."""
        months = len(bounds) - 1
        places = np.searchsorted(np.array(bounds, MOMENT), self.moment, side="right")
        inside = (self.cents != NO_CENTS) & (places > 0) & (places <= months)
        cells = numbers[inside] * months + places[inside] - 1
        cents = np.zeros(count * months, "int64")
        np.add.at(cents, cells, self.cents[inside])
        unrated = np.bincount(cells[self.is_unrated[inside]], minlength=len(cents))
        amounts = [
            str(Decimal(amount).scaleb(-self._decimals)) for amount in cents.tolist()
        ]
        texts = list(map(fields.Datetime.to_string, bounds))
        rows = [
            [*texts[place : place + 2], amounts[cell], int(unrated[cell])]
            for cell in range(count * months)
            for place in (cell % months,)
        ]
        return [rows[start : start + months] for start in range(0, len(rows), months)]

    def get_maker(self, zone):
        """Return what makes the OrderHistory by commercial entity of Contacts.

        That needs no database any more.

        :param Zone zone: of the days
        """
        counted = self.cents != NO_CENTS
        moments = self.moment[counted]
        first, starts = _read_day_starts(zone, moments)

        def make_history(contacts):
            return OrderHistory.from_columns(
                contacts.get_entities(self.contact_id[counted]),
                _get_days(first, starts, moments),
                self.cents[counted],
            )

        return make_history


def _get_query(env, company, decimals, now):
    order = env["sale.order"]
    order.flush_model()
    return SQL(
        """
        SELECT id, COALESCE(partner_id, %(nobody)s),
               CASE state WHEN 'sale' THEN %(sold)s WHEN 'draft' THEN %(open)s
                          WHEN 'sent' THEN %(open)s ELSE %(other)s END
               + CASE WHEN %(is_own)s THEN 0
                      WHEN %(is_unrated)s THEN %(unrated)s ELSE %(foreign)s END,
               CASE WHEN date_order IS NULL THEN '-infinity'
                    ELSE LEAST(GREATEST(date_order, %(first)s), %(last)s) END,
               COALESCE(user_id, %(nobody)s),
               COALESCE(
                   CASE WHEN state = 'sale' AND date_order <= %(now)s AND %(is_sound)s
                        THEN (%(value)s * %(scale)s)::int8 END, %(no_cents)s)
          FROM sale_order
         WHERE company_id = %(company)s
        """,
        nobody=NOBODY,
        sold=SOLD,
        open=OPEN,
        other=OTHER,
        foreign=FOREIGN,
        unrated=FOREIGN + UNRATED,
        is_unrated=order._get_crm_is_unrated_sql("sale_order", None),
        is_own=order._get_own_currency_sql("sale_order", company),
        first=FIRST_MOMENT,
        last=LAST_MOMENT,
        now=now,
        is_sound=order._get_sound_sql("sale_order", company),
        value=order._get_sound_net_value_sql("sale_order", None, company),
        scale=10**decimals,
        no_cents=int(NO_CENTS),
        company=company.id,
    )


def _read_day_starts(zone, moments):
    """Return the UTC moments at which days begin in a zone, from a first one on.

    :param moments: datetime64 array; the days are those of them, and some more
    :return: (number of the first day, from 1970-01-01 on, datetime64 array)
    """
    if not len(moments):
        return 0, np.zeros(0, MOMENT)
    # a day of a zone is less than a day away from UTC
    first = moments.min().item().year - 1
    last = moments.max().item().year + 1
    starts = [zone.get_day_starts(year) for year in range(first, last + 1)]
    starts = np.array(list(chain.from_iterable(starts)), MOMENT)
    return day_number(date(first, 1, 1)), starts


def _get_days(first, starts, moments):
    """Return the days, from 1970-01-01 on, on which UTC moments are in a zone.

    By the moments at which PostgreSQL has days begin: telling the day of each of a
    million moments takes PostgreSQL itself ten times as long.

    :param first, starts: see :func:`_read_day_starts`
    :param moments: datetime64 array
    """
    ahead = np.searchsorted(starts, moments, side="right") - 1
    return (first + ahead).astype("int32")
