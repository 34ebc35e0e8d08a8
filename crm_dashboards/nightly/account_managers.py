# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Whose each customer is, by date."""

from odoo.tools import SQL

from ..analytics.history import day_to_date


def record_account_managers(night):
    """Add a row for each customer with another account manager than last recorded.

    Of all companies: Odoo knows one account manager a customer.
    """
    night.env.flush_all()
    night.env.cr.execute(
        SQL(
            """
            INSERT INTO crm_account_manager_change (
                   partner_id, recorded_partner_id, user_id, date)
            SELECT customer.id, customer.id, customer.user_id, %(today)s
              FROM (SELECT id, commercial_partner_id, %(manager)s AS user_id
                      FROM res_partner) customer
              LEFT JOIN (
                   SELECT DISTINCT ON (partner_id) partner_id, user_id
                     FROM crm_account_manager_change
                    ORDER BY partner_id, id DESC) last
                ON last.partner_id = customer.id
             WHERE customer.id = customer.commercial_partner_id
               AND customer.user_id IS DISTINCT FROM last.user_id
            """,
            manager=get_active_user_sql(night.env, SQL("user_id")),
            today=day_to_date(night.settings.as_of),
        )
    )
    night.env["crm.account.manager.change"].invalidate_model()


def get_active_user_sql(env, user):
    """Return the SQL of a user, empty where the user is archived.

    Odoo leaves archived users on their customers and documents, where nobody's list
    would show them.

    :param user: SQL of the user's id
    """
    return SQL(
        """
        CASE WHEN %(user)s NOT IN (SELECT id FROM res_users WHERE active IS NOT TRUE)
             THEN %(user)s END
        """,
        user=user,
        to_flush=env["res.users"]._fields["active"],
    )


def get_managers_on_sql(day):
    """Return the query of the account managers on a date.

    Of days before the first night, that of the first night is the nearest known. What a
    merge brought in tells of another customer: it counts where there is nothing else.

    :return: SQL with columns partner_id, user_id
    """
    return SQL(
        """
        SELECT DISTINCT ON (partner_id) partner_id, user_id
          FROM crm_account_manager_change
         ORDER BY partner_id, recorded_partner_id <> partner_id, date > %(day)s,
                  CASE WHEN date > %(day)s THEN id ELSE -id END
        """,
        day=day,
    )
