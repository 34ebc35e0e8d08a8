# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What customers could buy: found once a week, and stored."""

from datetime import timedelta

import numpy as np

from odoo.tools import SQL

from odoo.addons.crm_dashboards.analytics.history import add_months, day_to_date
from odoo.addons.crm_dashboards.nightly.columns import align
from odoo.addons.crm_dashboards.nightly.copy_binary import read_columns

from ..analytics.backtest import WAIT_DAYS, get_keys, try_proposals
from ..analytics.could_buy import find_proposals, get_first_quantities
from ..analytics.neighbours import find_current, find_neighbours
from .decisions_sql import get_dismissed_sql
from .order_lines import WINDOW_MONTHS
from .row_store import RowStore

KEYS = ("partner_id", "product_tmpl_id")
ACTIVE_DAYS = 365  # since the last order of those to propose something to
PROPOSED_DAYS = 90  # that a proposal stands, and then rests
TESTED_CUSTOMERS = 5000  # at most
NO_NUMBER = -1.0  # a quantity that is not known


def store_proposals(night, sales):
    """Find what customers could buy, and what became of it before.

    :param night: Night
    :param sales: ProductSales
    """
    night.env["crm.proposal.decision"].flush_model()
    as_of = night.settings.as_of
    _end_proposals(night)
    columns = _find(night, sales, as_of)
    columns["proposed_day"] = _keep_days(night, columns, as_of)
    values = {
        **{
            name: SQL("NULLIF(fresh.%s, 0)", SQL.identifier(name))
            for name in ("first_tmpl_id", "second_tmpl_id")
        },
        **{
            name: SQL("fresh.%s", SQL.identifier(name))
            for name in ("product_id", "rank", "behind_count", "taking_count")
        },
        "quantity": SQL("NULLIF(fresh.quantity, %s)", NO_NUMBER),
        "proposed_on": SQL("DATE '1970-01-01' + fresh.proposed_day"),
    }
    stored = {
        **{
            name: SQL("COALESCE(stored.%s, 0)", SQL.identifier(name))
            for name in ("first_tmpl_id", "second_tmpl_id")
        },
        **{
            name: SQL("stored.%s", SQL.identifier(name))
            for name in ("product_id", "rank", "behind_count", "taking_count")
        },
        "quantity": SQL("COALESCE(stored.quantity, %s)", NO_NUMBER),
        "proposed_day": SQL("stored.proposed_on - DATE '1970-01-01'"),
    }
    # what is not for a customer stays, so that it can be taken back
    is_dismissed = get_dismissed_sql(
        night.env,
        *(
            SQL.identifier("stored", name)
            for name in ("partner_id", "company_id", "product_tmpl_id")
        ),
    )
    RowStore(
        night, "crm.product.proposal", KEYS, values, stored, SQL("NOT %s", is_dismissed)
    ).store(columns)
    _store_test(night, sales, as_of - WAIT_DAYS)


def _find(night, sales, as_of):
    """Return {column: array} of the proposals."""
    purchases, ids = sales.purchases, sales.purchases.customer_ids
    recent = purchases.between(add_months(as_of, -WINDOW_MONTHS) + 1, as_of)
    neighbours = find_neighbours(recent, find_current(recent, sales.offered, as_of))
    taken = np.union1d(get_keys(purchases), _read_taken(night, purchases))
    found = find_proposals(recent, neighbours, taken, _get_customers(night, ids, as_of))
    templates = purchases.product_ids
    quantity = get_first_quantities(recent)[found.product]
    has_second = found.second >= 0
    return {
        "partner_id": ids[found.customer].astype("int32"),
        "product_tmpl_id": templates[found.product].astype("int32"),
        "product_id": sales.variant[found.product].astype("int32"),
        "first_tmpl_id": templates[found.first].astype("int32"),
        "second_tmpl_id": np.where(
            has_second, templates[np.where(has_second, found.second, 0)], 0
        ).astype("int32"),
        "rank": found.rank + 1,
        "behind_count": found.behind.astype("int32"),
        "taking_count": found.taking.astype("int32"),
        "quantity": np.where(np.isnan(quantity), NO_NUMBER, np.round(quantity, 2)),
    }


def _get_customers(night, ids, as_of):
    """Return the places of the compared customers who ordered in the last year."""
    orders = night.orders
    is_active = night.judged.rhythm.last_day > as_of - ACTIVE_DAYS
    return np.flatnonzero(
        align(night.compared & is_active, orders.customer_ids, ids, False)
    )


def _read_taken(night, purchases):
    """Return the keys of what is dismissed or rests, sorted."""
    query = SQL(
        """
        SELECT newest.partner_id::int4, newest.product_tmpl_id::int4
          FROM (SELECT DISTINCT ON (partner_id, product_tmpl_id) *
                  FROM crm_proposal_decision
                 WHERE company_id = %(company)s
                 ORDER BY partner_id, product_tmpl_id, id DESC) newest
         WHERE newest.decision = 'not_for_them'
            OR newest.decision = 'ended' AND newest.date > %(since)s
        """,
        company=night.company.id,
        since=_get_day(night, PROPOSED_DAYS),
    )
    pairs = read_columns(night.env, query, dict.fromkeys(KEYS, "int32"))
    customer, is_customer = _place(purchases.customer_ids, pairs["partner_id"])
    product, is_product = _place(purchases.product_ids, pairs["product_tmpl_id"])
    known = is_customer & is_product
    return np.sort(customer[known] * len(purchases.product_ids) + product[known])


def _place(ids, wanted):
    place = np.minimum(ids.searchsorted(wanted), max(len(ids) - 1, 0))
    known = ids[place] == wanted if len(ids) else np.zeros(len(wanted), bool)
    return place, known


def _end_proposals(night):
    """Let proposals that stood for 90 days rest, so that others have their turn."""
    night.env["crm.product.proposal"].flush_model()
    night.env.cr.execute(
        SQL(
            """
            INSERT INTO crm_proposal_decision (
                   partner_id, product_tmpl_id, company_id, decision, date,
                   create_date, write_date)
            SELECT partner_id, product_tmpl_id, company_id, 'ended', %(today)s,
                   now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
              FROM crm_product_proposal
             WHERE company_id = %(company)s AND proposed_on <= %(since)s
            """,
            company=night.company.id,
            today=_get_day(night, 0),
            since=_get_day(night, PROPOSED_DAYS),
        )
    )


def _get_day(night, back):
    return day_to_date(night.settings.as_of) - timedelta(days=back)


def _keep_days(night, columns, as_of):
    """Return since when each proposal stands: what stood before keeps its day."""
    query = SQL(
        """
        SELECT partner_id::int4, product_tmpl_id::int4,
               (proposed_on - DATE '1970-01-01')::int4
          FROM crm_product_proposal
         WHERE company_id = %s AND proposed_on > %s
        """,
        night.company.id,
        _get_day(night, PROPOSED_DAYS),
    )
    types = dict.fromkeys((*KEYS, "day"), "int32")
    stored = read_columns(night.env, query, types)
    keys, known = (
        columns_["partner_id"].astype("int64") << 32 | columns_["product_tmpl_id"]
        for columns_ in (columns, stored)
    )
    order = np.argsort(known)
    place, found = _place(known[order], keys)
    day = np.full(len(keys), as_of, dtype="int32")
    day[found] = stored["day"][order][place[found]]
    return day


def _store_test(night, sales, cut):
    """Store what five proposals a customer would have reached, and bestsellers."""
    purchases = sales.purchases
    recent = purchases.between(add_months(cut, -WINDOW_MONTHS) + 1, cut)
    tested = try_proposals(purchases, recent, cut, most=TESTED_CUSTOMERS)
    night.refresh.write(
        {
            "proposals_on": _get_day(night, 0),
            "proposal_test_count": len(tested.customer),
            "proposal_hit_count": int(tested.hits.sum()),
            "bestseller_hit_count": int(tested.bestseller_hits.sum()),
        }
    )
