# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""How many of the quotations that were sent are ordered."""

from datetime import timedelta

from odoo.tools import SQL

from ..analytics.history import add_months, day_to_date
from ..analytics.who_next import get_quotation_chance

DECIDED_DAYS = 180  # after which a quotation is ordered hardly ever
LOOK_BACK_MONTHS = 24


def store_quotation_chance(night):
    """Store the share of the company's decided quotations that were ordered."""
    as_of = night.settings.as_of
    ((ordered, sent),) = night.env.execute_query(
        SQL(
            """
            SELECT COUNT(*) FILTER (WHERE quotation.state = 'sale'), COUNT(*)
              FROM sale_order quotation
             WHERE quotation.company_id = %(company)s
               AND EXISTS (
                   SELECT FROM crm_quotation_change sent
                    WHERE sent.order_id = quotation.id
                      AND sent.kind = 'sent'
                      AND sent.date >= %(since)s
                      AND sent.date < %(until)s)
            """,
            company=night.company.id,
            since=day_to_date(add_months(as_of, -LOOK_BACK_MONTHS)),
            until=day_to_date(as_of) - timedelta(DECIDED_DAYS),
        )
    )
    chance = get_quotation_chance(ordered, sent)
    if night.refresh.quotation_chance != chance:
        night.refresh.quotation_chance = chance
