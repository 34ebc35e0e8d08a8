# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Messages that were written some time ago."""

from .backdating import backdate


def write(env, written):
    """Create messages on records, without a mail to anybody.

    written: [(record, author, moment, values)]: a res.users record, a naive UTC
    datetime, and values of mail.message besides.
    """
    messages = env["mail.message"].create(
        [
            {
                "model": record._name,
                "res_id": record.id,
                "author_id": author.partner_id.id,
                "email_from": author.partner_id.email_formatted,
                # or else Odoo looks for an alias, message by message
                "reply_to": author.partner_id.email_formatted,
                "date": moment,
                **values,
            }
            for record, author, moment, values in written
        ]
    )
    backdate(
        messages,
        [moment for _record, _author, moment, _values in written],
        [author.id for _record, author, *_rest in written],
    )
