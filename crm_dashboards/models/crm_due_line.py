# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.tools import SQL

from ..nightly.account_managers import get_active_user_sql
from ..nightly.periods import FIRST_MOMENT, LAST_MOMENT
from .overdue_order_sql import get_today_sql
from .record_action import can_open, open_record
from .rpc import rpc

DUE_SOON_DAYS = 7
AGE_SELECTION = [
    ("not_due", "Not due"),
    ("due_soon", "Due soon"),
    ("overdue_30", "0–30 days overdue"),
    ("overdue_60", "31–60 days overdue"),
    ("overdue_90", "61–90 days overdue"),
    ("overdue_older", "90+ days overdue"),
    ("credit", "Unallocated credits"),
]
# In the context: what all customers of a company owe is asked for at once. Then looking
# up the few contacts takes less than going through all there are.
OF_ALL_CUSTOMERS = "crm_dashboards_due_of_all"
OVERDUE_AGES = ("overdue_30", "overdue_60", "overdue_90", "overdue_older")


class CrmDueLine(models.Model):
    """What customers owe: posted receivable lines that are not reconciled.

    Their sum is the balance of the partner ledger. Account managers have no right to
    journal items, so this model is a door of its own, with access rights and record
    rules of its own; where a company keeps it shut, it shows nothing to anybody.
    """

    _name = "crm.due.line"
    _description = "Due Amount"
    _auto = False
    _rec_name = "move_name"
    _order = "date_due, id"

    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    user_id = fields.Many2one("res.users", "Account Manager", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    move_id = fields.Many2one("account.move", "Journal Entry", readonly=True)
    move_name = fields.Char("Number", readonly=True)
    date = fields.Date(readonly=True)
    date_due = fields.Date("Due Date", readonly=True)
    company_currency_id = fields.Many2one("res.currency", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    amount_residual = fields.Monetary(
        "Due Amount",
        currency_field="company_currency_id",
        readonly=True,
        aggregator="sum",
        help="Not paid yet, in the currency of the company.",
    )
    amount_residual_currency = fields.Monetary(
        "Due in Own Currency", readonly=True, aggregator=None
    )
    days_overdue = fields.Integer(
        readonly=True,
        aggregator="max",
        help="Days since the due date, in the company's time zone of figures.",
    )
    age = fields.Selection(AGE_SELECTION, readonly=True)

    _depends = {
        "account.account": ["account_type"],
        "account.move": ["name"],
        "account.move.line": [
            "account_id",
            "amount_residual",
            "amount_residual_currency",
            "company_currency_id",
            "company_id",
            "currency_id",
            "date",
            "date_maturity",
            "move_id",
            "parent_state",
            "partner_id",
            "reconciled",
        ],
        "res.company": ["crm_due_amounts", "crm_figures_tz"],
        "res.partner": ["commercial_partner_id", "user_id"],
        "res.users": ["active"],
    }

    @property
    def _table_query(self):
        """Credits have no age: their maturity says nothing of what is late."""
        customer = SQL("contact.commercial_partner_id")
        contact = SQL(
            "JOIN res_partner contact ON contact.id = line.partner_id"
            " AND contact.commercial_partner_id IS NOT NULL"
        )
        if self.env.context.get(OF_ALL_CUSTOMERS):
            customer = SQL(
                "(SELECT commercial_partner_id FROM res_partner"
                " WHERE id = line.partner_id)"
            )
            contact = SQL()
        return SQL(
            """
            SELECT open_line.*,
                   CASE WHEN amount_residual < 0 THEN 0
                        ELSE GREATEST(today - date_due, 0) END AS days_overdue,
                   CASE WHEN amount_residual < 0 THEN 'credit'
                        WHEN date_due > today + %(soon)s THEN 'not_due'
                        WHEN date_due >= today THEN 'due_soon'
                        WHEN date_due >= today - 30 THEN 'overdue_30'
                        WHEN date_due >= today - 60 THEN 'overdue_60'
                        WHEN date_due >= today - 90 THEN 'overdue_90'
                        ELSE 'overdue_older' END AS age
              FROM (SELECT line.id, line.company_id, line.move_id, line.date,
                           line.company_currency_id, line.currency_id,
                           line.amount_residual, line.amount_residual_currency,
                           COALESCE(line.date_maturity, line.date) AS date_due,
                           (SELECT name FROM account_move WHERE id = line.move_id)
                               AS move_name,
                           %(customer)s AS partner_id,
                           %(manager)s AS user_id,
                           %(today)s AS today
                      FROM account_move_line line
                      JOIN res_company company ON company.id = line.company_id
                      %(contact)s
                      -- always there; left out where nothing is asked of it
                      LEFT JOIN res_partner customer
                        ON customer.id = %(customer)s
                     WHERE line.partner_id IS NOT NULL
                       -- joined, the index of what is due would not be taken
                       AND line.account_id = ANY(ARRAY(
                           SELECT id
                             FROM account_account
                            WHERE account_type = 'asset_receivable'))
                       AND line.parent_state = 'posted'
                       AND line.reconciled IS NOT TRUE
                       -- and so not of an account that is never reconciled
                       AND (line.amount_residual <> 0
                            OR line.amount_residual_currency <> 0)
                       AND line.amount_residual BETWEEN -%(largest)s AND %(largest)s
                       -- of columns by themselves PostgreSQL knows how many there are
                       AND (line.date_maturity BETWEEN %(first)s AND %(last)s
                            OR line.date_maturity IS NULL
                               AND line.date BETWEEN %(first)s AND %(last)s)
                       AND company.crm_due_amounts) open_line
            """,
            customer=customer,
            contact=contact,
            manager=get_active_user_sql(self.env, SQL("customer.user_id")),
            today=get_today_sql(self.env, SQL("line.company_id")),
            soon=DUE_SOON_DAYS,
            largest=self.env["sale.order"]._get_largest_amount(),
            first=FIRST_MOMENT.date(),
            last=LAST_MOMENT.date(),
        )

    @rpc(one=True)
    def action_open(self):
        """Open the invoice or payment; the customer for whom it does not open."""
        self.check_access("read")
        return open_record(self.move_id if can_open(self.move_id) else self.partner_id)

    def _check_customer_access(self, customer):
        """Make sure that the user may know what ``customer`` owes.

        :raise AccessError: neither everybody's due amounts nor this customer's
        """
        self.check_access("read")
        customer._check_crm_figures_access()
