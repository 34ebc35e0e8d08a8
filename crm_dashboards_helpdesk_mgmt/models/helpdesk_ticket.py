# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.crm_dashboards.models.sql_field_mixin import sql_field
from odoo.addons.crm_dashboards.nightly.account_managers import (
    get_active_user_sql,
)

COMMENT_TYPES = ("comment", "email", "email_outgoing")  # of what people write


class HelpdeskTicket(models.Model):
    _name = "helpdesk.ticket"
    _inherit = ["helpdesk.ticket", "crm.sql.field.mixin"]

    crm_account_manager_id = sql_field(
        "crm_account_manager_id",
        fields.Many2one,
        comodel_name="res.users",
        string="Account Manager",
        depends=("commercial_partner_id.user_id", "user_id"),
        help="Salesperson of the customer; without customer, the ticket's own user.",
    )
    crm_date_last_update = sql_field(
        "crm_date_last_update",
        fields.Datetime,
        string="Last Update",
        depends=("write_date",),
        help="When somebody last changed the ticket or commented on it.",
    )

    def _get_crm_account_manager_id_sql(self, alias, query):
        customer, customer_alias = self._fields["commercial_partner_id"].join(
            self.sudo(), alias, query
        )
        return SQL(
            "CASE WHEN %s IS NULL THEN %s ELSE %s END",
            self._field_to_sql(alias, "commercial_partner_id", query),
            get_active_user_sql(self.env, self._field_to_sql(alias, "user_id", query)),
            customer._field_to_sql(customer_alias, "crm_account_manager_id", query),
        )

    def _get_crm_date_last_update_sql(self, alias, query):
        message = self.env["mail.message"]
        return SQL(
            """
            GREATEST(%(write_date)s, (
                SELECT MAX(%(date)s)
                  FROM mail_message
                 WHERE mail_message.model = %(model)s
                   AND mail_message.res_id = %(id)s
                   AND mail_message.message_type IN %(types)s
            ))
            """,
            write_date=self._field_to_sql(alias, "write_date", query),
            date=SQL.identifier(
                "mail_message", "date", to_flush=message._fields["date"]
            ),
            model=self._name,
            id=SQL.identifier(alias, "id"),
            types=COMMENT_TYPES,
        )

    def _get_last_updaters(self):
        """Return who last changed each ticket or commented on it.

        :return: {ticket: res.partner}, as superuser: the tickets are readable
        """
        partners = {ticket: ticket.sudo().write_uid.partner_id for ticket in self}
        if not self:
            return partners
        # As superuser, since notes count as well: only who and when is read.
        message = self.env["mail.message"].sudo()
        message.flush_model(["model", "res_id", "message_type", "date", "author_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (res_id) res_id, date, author_id
                  FROM mail_message
                 WHERE model = %s AND res_id IN %s AND message_type IN %s
                 ORDER BY res_id, date DESC, id DESC
                """,
                self._name,
                self._ids,
                COMMENT_TYPES,
            )
        )
        for ticket_id, date, author_id in rows:
            ticket = self.browse(ticket_id)
            if date > ticket.write_date:
                author = self.env["res.partner"].sudo().browse(author_id)
                partners[ticket] = author
        return partners
