# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""When quotations were replaced, and what messages tell of the time before."""

from datetime import timedelta

import numpy as np

from odoo.tools import SQL

from ..analytics.history import add_months, day_to_date
from ..analytics.lookup import Lookup
from .copy_binary import append_rows, read_columns
from .order_rows import UNKNOWN
from .quotation_chance import LOOK_BACK_MONTHS

REPLACED_WITHIN_DAYS = 14


def record_quotations(night):
    """Note which quotations were replaced; on the first night what is known of earlier.

    That a quotation was sent or cancelled is noted as it happens.
    """
    night.env.flush_all()
    first = night.is_first
    if first:
        _add_tracked(night)
        _add_mailed(night)
        night.refresh.recorded_since = day_to_date(night.settings.as_of)
    _add_replaced(night, since=None if first else _get_oldest_to_replace(night))
    night.env["crm.quotation.change"].invalidate_model()


def _get_oldest_to_replace(night):
    """Return the day from which quotations may have been replaced since last night."""
    return day_to_date(night.previous_day) - timedelta(REPLACED_WITHIN_DAYS + 1)


def _add_replaced(night, since):
    """Add the quotations with a newer one of the same customer and opportunity.

    Without opportunity nothing says that the newer one is about the same.

    :param since: date of the oldest quotations to look at, None for all
    """
    night.env.cr.execute(
        SQL(
            """
            INSERT INTO crm_quotation_change (order_id, kind, date, replaced_by_id)
            SELECT DISTINCT ON (older.id)
                   older.id, 'replaced', newer.create_date, newer.id
              FROM sale_order older
              JOIN res_partner person ON person.id = older.partner_id
              JOIN sale_order newer
                ON newer.opportunity_id = older.opportunity_id
               AND newer.company_id = older.company_id
               AND (newer.create_date, newer.id) > (older.create_date, older.id)
               AND newer.create_date
                   <= older.create_date + make_interval(days => %(within)s)
               AND newer.state <> 'cancel'
              JOIN res_partner buyer
                ON buyer.id = newer.partner_id
               AND buyer.commercial_partner_id = person.commercial_partner_id
             WHERE older.company_id = %(company)s
               AND older.state <> 'sale'
               AND older.create_date >= COALESCE(%(since)s, DATE '-infinity')
               AND NOT EXISTS (
                   SELECT FROM crm_quotation_change known
                    WHERE known.order_id = older.id AND known.kind = 'replaced')
             ORDER BY older.id, newer.create_date, newer.id
            """,
            company=night.company.id,
            within=REPLACED_WITHIN_DAYS,
            since=since,
        )
    )


def _add_tracked(night):
    """Add the changes of state that Odoo tracked, apart from those noted already."""
    night.env.cr.execute(
        SQL(
            """
            INSERT INTO crm_quotation_change (order_id, kind, date)
            SELECT message.res_id, label.value, message.date
              FROM mail_tracking_value tracking
              JOIN mail_message message
                ON message.id = tracking.mail_message_id
               AND message.model = 'sale.order'
              JOIN (%(labels)s) label
                ON label.field_id = tracking.field_id
               AND label.name = tracking.new_value_char
              JOIN sale_order ON sale_order.id = message.res_id
             WHERE sale_order.company_id = %(company)s
               AND NOT EXISTS (
                   SELECT FROM crm_quotation_change known
                    WHERE known.order_id = message.res_id
                      AND known.kind = label.value
                      AND known.date BETWEEN message.date - INTERVAL '1 minute'
                                         AND message.date + INTERVAL '1 minute')
             ORDER BY message.date, message.id
            """,
            labels=_get_labels_sql(night.env),
            company=night.company.id,
        )
    )


def _add_mailed(night):
    """Add when quotations were sent by mail, which Odoo does not track.

    That is the first mail to the customer; after it was confirmed, it is no quotation.
    Of those that are decided only what chances look back to: a company has sent as many
    as it has orders. In the order of time, as later ones are added.
    """
    sent = _find_first_mails(night)
    append_rows(
        night.env,
        "crm_quotation_change",
        {**sent, "kind": np.full(len(sent["order_id"]), b"sent")},
    )


def _find_first_mails(night):
    """Return {"order_id", "date"} of the quotations to add, in the order of time."""
    mails, orders = night.touches.sent, night.order_rows
    place = orders.find(mails["document_id"])
    new = (place != UNKNOWN) & ~_is_noted(night, mails["document_id"])
    place, date = place[new], mails["date"][new]
    before = ~orders.is_sold[place] | (date <= orders.moment[place])
    place, date = place[before], date[before]
    order = np.lexsort((date, place))
    place, date = place[order], date[order]
    is_first = np.ones(len(place), bool)
    is_first[1:] = place[1:] != place[:-1]
    place, date = place[is_first], date[is_first]
    since = day_to_date(add_months(night.settings.as_of, -LOOK_BACK_MONTHS))
    kept = (date >= np.datetime64(since)) | orders.is_open[place]
    ids, date = orders.id[place[kept]], date[kept]
    order = np.lexsort((ids, date))
    return {"order_id": ids[order], "date": date[order]}


def _is_noted(night, order_ids):
    """Whether it is noted of orders that they were sent: bool array."""
    query = SQL(
        "SELECT DISTINCT order_id FROM crm_quotation_change WHERE kind = 'sent'"
    )
    noted = read_columns(night.env, query, {"order_id": "int32"})["order_id"]
    return Lookup(noted, np.ones(len(noted), bool), False).find(order_ids)


def _get_labels_sql(env):
    """Return the query of the names of the states, which trackings keep as text.

    :return: SQL with columns field_id, value, name; a row for each name
    """
    return SQL(
        """
        SELECT DISTINCT choice.field_id, choice.value, word.value AS name
          FROM ir_model_fields_selection choice, jsonb_each_text(choice.name) word
         WHERE choice.field_id = %s AND choice.value IN ('sent', 'cancel')
        """,
        env["ir.model.fields"]._get_ids("sale.order")["state"],
    )
