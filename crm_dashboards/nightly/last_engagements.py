# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Each customer's last engagement of all time, found in columns.

The rules are those of ``crm.engagement``, whose queries are read here without their
dear parts: whose document a message is on, who wrote it and whether the customer is
among the recipients is looked up for a million messages at once.
"""

from typing import NamedTuple

import numpy as np

from odoo import SUPERUSER_ID
from odoo.tools import SQL

from ..analytics.lookup import Lookup
from .copy_binary import MOMENT, read_columns

NOBODY = 0
MANY = 50_000  # ids, from which on reading a whole table is quicker
MESSAGE_TYPES = {
    "message_id": "int32",
    "model": "int16",
    "document_id": "int32",
    "type_id": "int32",
    "author_id": "int32",
    "creator_id": "int32",
    "date": MOMENT,
}
ACT_TYPES = {
    "id": "int64",
    "partner_id": "int32",
    "date": MOMENT,
    "type_id": "int32",
    "user_id": "int32",
}


class Touches(NamedTuple):
    """What messages tell.

    Attributes
    ----------
    last : dict
        Of ACT_TYPES: the last of each customer.
    sent : dict
        "document_id" and "date" of the mails by which quotations and orders were sent;
        on a first night, and none on others, whose phases know of them.
    """

    last: dict[str, np.ndarray]
    sent: dict[str, np.ndarray]


# names of the columns of figures
COLUMNS = {
    "engagement_date": "date",
    "engagement_type_id": "type_id",
    "engagement_user_id": "user_id",
}


def read_last_engagements(night):
    """Return the last engagement of each customer of a night.

    :return: {"partner_id": rising int32 array, "date": datetime64 in UTC, "type_id",
        "user_id": int32, NOBODY where there is none}
    """
    if night.customer:
        return _read_of_customer(night.env, night.company, night.customer)
    acts = [night.touches.last, _read_meetings(night.env, night.company)]
    return _choose_last(
        {name: np.concatenate([each[name] for each in acts]) for name in ACT_TYPES}
    )


def get_engagement_columns(last, partner_ids):
    """Return the last engagements of some customers as columns of their figures.

    :param last: see :func:`read_last_engagements`
    :param partner_ids: rising int array of n customers
    :return: {name: array of n}; no date where there was none
    """
    columns = {}
    for name, source in COLUMNS.items():
        nothing = np.datetime64("NaT") if source == "date" else NOBODY
        columns[name] = Lookup(last["partner_id"], last[source], nothing).find(
            partner_ids
        )
    return columns


def read_touches(night):
    """Return what is told by the messages of a company, which are forgotten then.

    :return: Touches
    """
    messages = _read_messages(night)
    sent = {name: np.zeros(0, MESSAGE_TYPES[name]) for name in ("document_id", "date")}
    if night.is_first:
        is_mail = messages["type_id"] == NOBODY
        sent = {name: messages[name][is_mail] for name in sent}
    return Touches(_choose_last(_make_acts(night.env, messages)), sent)


def _read_messages(night):
    """Return the messages of a company by which somebody was in touch with a customer.

    :return: {"message_id", "document_id", "partner_id", "type_id", "user_id": int32
        arrays, "date": datetime64}: the partner is the customer, the type NOBODY's of
        mails by which quotations and orders were sent
    """
    env = night.env
    engagement = env["crm.engagement"]
    messages = read_columns(env, engagement._get_touching_messages_sql(), MESSAGE_TYPES)
    people = _People(env)
    messages["user_id"] = people.get_doers(
        messages.pop("author_id"), messages.pop("creator_id")
    )
    messages["partner_id"] = _find_customers(night, messages)
    del messages["model"]
    is_mail = messages["type_id"] == NOBODY
    counts = messages["partner_id"] != NOBODY
    counts &= ~is_mail | people.are_colleagues(messages["user_id"])
    is_mail &= counts
    counts[is_mail] = _went_to_customer(
        env,
        night.contacts,
        messages["message_id"][is_mail],
        messages["partner_id"][is_mail],
    )
    # one after the other: there are as many as orders
    for name in messages:
        messages[name] = messages[name][counts]
    return messages


def _find_customers(night, messages):
    """Return the customer of the document of each message, NOBODY without one."""
    documents = night.env["crm.engagement"]._get_engagement_documents()
    customers = np.full(len(messages["model"]), NOBODY, "int32")
    for code, (model, column) in enumerate(documents.items()):
        of_model = messages["model"] == code
        if not of_model.any():
            continue
        ids = messages["document_id"][of_model]
        if model == "res.partner":
            found = ids
        else:
            found = _find_contacts(night, model, column, ids)
        customers[of_model] = night.contacts.get_entities(found)
    return customers


def _find_contacts(night, model, column, ids):
    """Return the contacts of documents, NOBODY of those of other companies."""
    if model == "sale.order":
        return night.order_rows.find_contacts(ids)
    query = SQL(
        """
        SELECT id, %(partner)s
          FROM %(table)s
         WHERE COALESCE(company_id, %(company)s) = %(company)s
           AND %(partner)s IS NOT NULL
        """,
        partner=SQL.identifier(column),
        table=SQL.identifier(night.env[model]._table),
        company=night.company.id,
    )
    columns = read_columns(night.env, query, {"id": "int32", "partner_id": "int32"})
    return Lookup(columns["id"], columns["partner_id"], NOBODY).find(ids)


def _make_acts(env, messages):
    """Return messages as acts, told apart from meetings by their ids."""
    sent = env["crm.engagement"]._get_sent_quotation_type()
    types = messages["type_id"]
    return {
        "partner_id": messages["partner_id"],
        "date": messages["date"],
        "user_id": messages["user_id"],
        "id": 2 * messages["message_id"].astype("int64"),
        "type_id": np.where(types == NOBODY, np.int32(sent or NOBODY), types),
    }


def _read_meetings(env, company):
    """Read all meetings, by joins of whole tables.

    PostgreSQL takes those with a customer for few, and would look up each one.
    """
    meetings = env["crm.engagement"]._get_meetings_sql()
    env.cr.execute("SET LOCAL enable_nestloop = off")
    acts = read_columns(env, _get_acts_query(company, meetings), ACT_TYPES)
    env.cr.execute("SET LOCAL enable_nestloop TO DEFAULT")
    return acts


def _read_of_customer(env, company, customer):
    """Return what is said of one customer: few acts, which PostgreSQL joins itself."""
    theirs = SQL("contact.commercial_partner_id = %s", customer.id)
    acts = env["crm.engagement"]._get_engagements_sql(theirs, theirs)
    return _choose_last(read_columns(env, _get_acts_query(company, acts), ACT_TYPES))


def _get_acts_query(company, acts):
    """Return the query of the acts that are of a company, with the columns to read."""
    return SQL(
        """
        SELECT id::int8, partner_id, date, activity_type_id,
               COALESCE(user_id, %(nobody)s)::int4
          FROM (%(acts)s) act
         WHERE COALESCE(company_id, %(company)s) = %(company)s
           AND partner_id IS NOT NULL
        """,
        nobody=NOBODY,
        acts=acts,
        company=company.id,
    )


def _choose_last(acts):
    """Return the last of the acts of each customer, by date and then by id."""
    partner, date = acts["partner_id"], acts["date"].view("int64")
    last = np.full(partner.max(initial=0) + 1, np.iinfo("int64").min)
    np.maximum.at(last, partner, date)
    (late,) = np.nonzero(date == last[partner])
    order = late[np.lexsort((acts["id"][late], partner[late]))]
    partner = partner[order]
    is_last = np.ones(len(order), bool)
    is_last[:-1] = partner[1:] != partner[:-1]
    return _select(acts, order[is_last])


# ----------------------------------------------------------------------
# Whose mail it is, and to whom
# ----------------------------------------------------------------------


class _People:
    """Users, and the partners by whom messages were written."""

    def __init__(self, env):
        users = env.execute_query(
            SQL(
                """
                SELECT id, partner_id, share IS FALSE
                  FROM res_users
                 ORDER BY share DESC NULLS FIRST, id DESC
                """
            )
        )
        companies = env.execute_query(SQL("SELECT partner_id FROM res_company"))
        self._companies = [partner_id for (partner_id,) in companies]
        # the last one of a partner counts: an internal one, the first of these
        user_of = {partner_id: user_id for user_id, partner_id, _internal in users}
        self._user_of = Lookup(
            np.array(list(user_of), "int32"),
            np.array(list(user_of.values()), "int32"),
            NOBODY,
        )
        colleagues = [
            user_id
            for user_id, _partner, internal in users
            if internal and user_id != SUPERUSER_ID
        ]
        self._is_colleague = Lookup(
            np.array(colleagues, "int32"), np.ones(len(colleagues), bool), False
        )

    def get_doers(self, authors, creators):
        """Return who wrote messages, NOBODY where that is no user.

        The rule of ``crm.engagement``: see its ``_get_doer_sql``.

        :param authors: int32 array of partners
        :param creators: int32 array of users
        """
        no_person = authors == NOBODY
        for partner_id in self._companies:
            no_person |= authors == partner_id
        return np.where(no_person, creators, self._user_of.find(authors))

    def are_colleagues(self, users):
        """Whether these are people of the company: bool array."""
        return self._is_colleague.find(users)


def _went_to_customer(env, contacts, message_ids, customers):
    """Whether the customer of each mail is among its recipients: bool array."""
    customer_of = Lookup(message_ids, customers, NOBODY)
    found = np.zeros(len(message_ids), bool)
    place_of = Lookup(message_ids, np.arange(len(found), dtype="int32"), np.int32(-1))
    for table in ("mail_message_res_partner_rel", "mail_notification"):
        recipients = _read_recipients(env, table, message_ids[~found])
        entities = contacts.get_entities(recipients["partner_id"])
        hit = customer_of.find(recipients["message_id"]) == entities
        found[place_of.find(recipients["message_id"][hit])] = True
    return found


def _read_recipients(env, table, message_ids):
    """Return messages and the partners to whom they went, as a table says.

    :param message_ids: array of those that are asked for; others may come, too
    """
    query = SQL(
        """
        SELECT mail_message_id, res_partner_id
          FROM %s
         WHERE mail_message_id IS NOT NULL AND res_partner_id IS NOT NULL AND %s
        """,
        SQL.identifier(table),
        SQL("TRUE")
        if len(message_ids) > MANY
        else SQL("mail_message_id = ANY(%s)", message_ids.tolist()),
    )
    types = {"message_id": "int32", "partner_id": "int32"}
    return read_columns(env, query, types)


def _select(columns, rows):
    return {name: column[rows] for name, column in columns.items()}
