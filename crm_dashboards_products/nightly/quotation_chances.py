# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The phase of the night that looks at what became of quotations."""

from datetime import timedelta

import numpy as np

from odoo.tools import SQL

from odoo.addons.crm_dashboards.analytics.history import add_months, day_to_date
from odoo.addons.crm_dashboards.nightly.copy_binary import read_columns

from ..analytics.quotation_chance import AGES, LOST_DAYS, quotation_chances
from .quotation_sql import GRACE_DAYS, get_replaced_sql, get_sent_sql

LOOK_BACK_MONTHS = 24
TYPES = {"open_days": "int32", "was_ordered": "int16"}


def store_quotation_chances(night):
    """Store the chance of quotations at each age, where it changed."""
    night.env.flush_all()
    columns = read_columns(night.env, _get_outcomes_sql(night), TYPES)
    chances = quotation_chances(
        np.maximum(columns["open_days"], 0), columns["was_ordered"] == 1
    )
    model = night.env["crm.quotation.chance"]
    stored = {
        chance.age_days: chance
        for chance in model.search([("company_id", "=", night.company.id)])
    }
    for age_days in AGES:
        _store(model, night.company, age_days, stored.get(age_days), chances)


def _store(model, company, age_days, stored, chances):
    found = chances.at(age_days)
    if not found:
        if stored:
            stored.unlink()
        return
    values = {"ordered_count": found[0], "open_count": found[1]}
    if not stored:
        model.create({"company_id": company.id, "age_days": age_days, **values})
    elif any(stored[name] != value for name, value in values.items()):
        stored.write(values)


def _get_outcomes_sql(night):
    """Return the query of the quotations sent 6 to 24 months ago.

    An order within 180 days counts as one, however late; what was never ordered is lost
    when it was cancelled, 30 days past its validity or after 180 days. What another
    quotation replaced is told by that one.

    :return: SQL with columns open_days, was_ordered
    """
    as_of = night.settings.as_of
    return SQL(
        """
        SELECT (CASE WHEN was_ordered THEN ordered_on ELSE
                    LEAST(cancelled_on, validity_date + %(grace)s, sent_on + %(lost)s)
                    END - sent_on)::int4,
               was_ordered::int4::int2
          FROM (SELECT *,
                       state = 'sale' AND ordered_on <= sent_on + %(lost)s
                           AS was_ordered
                  FROM (SELECT quotation.state, quotation.validity_date,
                               %(sent)s::date AS sent_on,
                               quotation.date_order::date AS ordered_on,
                               CASE WHEN quotation.state = 'cancel' THEN
                                   (SELECT MAX(cancelled.date)
                                      FROM crm_quotation_change cancelled
                                     WHERE cancelled.order_id = quotation.id
                                       AND cancelled.kind = 'cancel')::date
                                   END AS cancelled_on
                          FROM sale_order quotation
                         WHERE quotation.company_id = %(company)s
                           AND quotation.id IN (
                               SELECT order_id FROM crm_quotation_change
                                WHERE kind = 'sent' AND date >= %(since)s
                                  AND date < %(until)s)
                           AND NOT %(replaced)s) quotation
                 WHERE sent_on >= %(since)s AND sent_on < %(until)s) quotation
        """,
        sent=get_sent_sql("quotation"),
        replaced=get_replaced_sql("quotation"),
        grace=GRACE_DAYS,
        lost=LOST_DAYS,
        company=night.company.id,
        since=day_to_date(add_months(as_of, -LOOK_BACK_MONTHS)),
        until=day_to_date(as_of) - timedelta(days=LOST_DAYS),
    )
