# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..nightly.kept_sums import get_unseen_sql
from .unchecked_many2one import UncheckedMany2one


class CrmSumsChange(models.Model):
    """What changed of that which a night has added up, see ``nightly.kept_sums``.

    An order is noted before and after it changes: its month of before does not have it
    any more, and its month of now does. Rows are only added, so that nobody waits for
    anybody. Without foreign keys: a note outlives what it is about.
    """

    _name = "crm.sums.change"
    _description = "Change of What Was Added Up"
    _rec_name = "moment"
    _order = "id DESC"
    _log_access = False

    company_id = UncheckedMany2one(
        "res.company",
        ondelete="cascade",
        readonly=True,
        help="All companies, if empty.",
    )
    moment = fields.Datetime(
        readonly=True, help="Of the order; empty where something else changed."
    )
    user_id = UncheckedMany2one(
        "res.users",
        "Account Manager",
        ondelete="cascade",
        readonly=True,
        help="Whose customers, or orders of customers, came or went.",
    )
    date = fields.Datetime(required=True, readonly=True)
    transaction_id = fields.Char(
        required=True, readonly=True, help="In which it happened, as PostgreSQL has it."
    )

    _moment_idx = models.Index("(company_id, moment)")

    def _note_orders(self, order_ids):
        """Note the confirmed orders among these, as the database has them now."""
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO crm_sums_change (company_id, moment, date, transaction_id)
                SELECT DISTINCT company_id, date_order, %s::timestamp,
                       pg_current_xact_id()::text
                  FROM sale_order
                 WHERE id = ANY(%s) AND state = 'sale' AND date_order IS NOT NULL
                """,
                fields.Datetime.now(),
                list(order_ids),
            )
        )

    def _note_figures(self, company=None):
        """Note that figures of customers are others, or gone, between two nights.

        :param company: res.company; all if left out
        """
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO crm_sums_change (company_id, date, transaction_id)
                VALUES (%s, %s, pg_current_xact_id()::text)
                """,
                company.id if company else None,
                fields.Datetime.now(),
            )
        )

    def _note_managers(self, partner_ids):
        """Note the account managers of these partners, as the database has them now.

        Of customers whose figures a night knows, and of those whose contacts ordered.
        """
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO crm_sums_change (user_id, date, transaction_id)
                SELECT DISTINCT manager, %(now)s::timestamp,
                       pg_current_xact_id()::text
                  FROM res_partner partner
                  JOIN res_partner customer
                    ON customer.id IN (partner.id, partner.commercial_partner_id)
                 CROSS JOIN LATERAL (VALUES
                       (customer.user_id), (customer.crm_appointed_user_id)
                       ) known (manager)
                 WHERE partner.id = ANY(%(ids)s)
                   AND manager IS NOT NULL
                   AND (customer.id = partner.id
                        AND EXISTS (SELECT FROM crm_customer_metric metric
                                     WHERE metric.partner_id = customer.id)
                        OR EXISTS (SELECT FROM sale_order
                                    WHERE sale_order.partner_id = partner.id
                                      AND sale_order.state = 'sale'))
                """,
                now=fields.Datetime.now(),
                ids=list(partner_ids),
            )
        )

    def _note_restored(self):
        """Note anew what was noted where the database was before it was restored.

        Here transactions are counted from another number: one that can be read, but is
        still to come, no night would ever take for seen. A new id says that it comes
        later than what the nights of before have kept.
        """
        self.env.cr.execute(
            """
            WITH restored AS (
                DELETE FROM crm_sums_change
                 WHERE transaction_id::xid8 >= pg_snapshot_xmax(pg_current_snapshot())
                   AND transaction_id <> pg_current_xact_id()::text
             RETURNING company_id, moment, user_id, date)
            INSERT INTO crm_sums_change (
                   company_id, moment, user_id, date, transaction_id)
            SELECT company_id, moment, user_id, date, pg_current_xact_id()::text
              FROM restored
            """
        )

    @api.autovacuum
    def _gc_seen_by_all(self):
        """Delete what the nights have seen that it concerns, a day later.

        An archived company has no nights any more: its sums go, and wait for nothing.
        """
        self.env["crm.metric.refresh"].sudo().search(
            Domain("company_id.active", "=", False)
            & Domain("sums_snapshot", "!=", False)
        ).write({"sums_months": False, "sums_customers": False, "sums_snapshot": False})
        self.env.flush_all()
        names = ("sums_change_id", "sums_transaction_id", "sums_snapshot")
        unseen = get_unseen_sql(*(SQL.identifier("night", name) for name in names))
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM crm_sums_change change
                 WHERE date < %s
                   AND NOT EXISTS (
                       SELECT FROM crm_metric_refresh night
                        WHERE night.company_id = COALESCE(
                              change.company_id, night.company_id)
                          AND night.sums_snapshot IS NOT NULL
                          AND %s)
                """,
                fields.Datetime.subtract(fields.Datetime.now(), days=1),
                unseen,
            )
        )
