# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..nightly.periods import FIRST_MOMENT, LAST_MOMENT
from ..tiles.words import format_amount

# A double, and so the browser and Excel, tells whole numbers exactly up to here: of the
# smallest unit of money.
LARGEST_AMOUNT = 2**53
LARGEST_RATE = 10**15

# What a confirmed order is counted by: for whom, and on which day
COUNTED_BY = {"state", "company_id", "date_order", "partner_id"}
# and what makes its value
VALUED_BY = {*COUNTED_BY, "amount_untaxed", "currency_id", "currency_rate"}
# or whose it is
ADDED_UP_BY = {*VALUED_BY, "user_id"}


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = [
        "sale.order",
        "crm.kept.fields.mixin",
        "crm.net.value.mixin",
        "crm.referred.mixin",
        "crm.unrated.mixin",
    ]

    crm_commercial_partner_id = fields.Many2one(
        "res.partner",
        related="partner_id.commercial_partner_id",
        help="The company that the contact of the order belongs to.",
    )
    crm_account_manager_id = fields.Many2one(
        "res.users",
        related="partner_id.commercial_partner_id.crm_account_manager_id",
        string="Account Manager",
        help="Salesperson of the customer, whoever took the order.",
    )

    crm_base_net_value = fields.Monetary(
        depends=("amount_untaxed", "currency_rate", "currency_id", "company_id")
    )
    crm_is_sound = fields.Boolean(
        depends=(
            "amount_untaxed",
            "currency_rate",
            "currency_id",
            "company_id",
            "date_order",
            "partner_id",
        )
    )

    crm_is_unrated = fields.Boolean(
        depends=("currency_rate", "currency_id", "company_id", "date_order"),
        help="In another currency than its company's at a rate of 1, or at one into "
        "a currency that its company had before.",
    )

    crm_is_usual_order = fields.Boolean(
        "Proposed by Us",
        readonly=True,
        copy=False,
        help="Made of what the customer usually orders or could buy. Before it is sent "
        "it is no quotation that the customer asked for, and none to follow up.",
    )

    # Dashboards read confirmed orders of a company by date: with 1 000 000 orders
    # this index answers four times as fast as a scan of the table.
    _crm_confirmed_idx = models.Index(
        "(company_id, date_order)"
        " INCLUDE (partner_id, amount_untaxed, currency_rate, currency_id)"
        " WHERE state = 'sale'"
    )

    # Who has an alert is asked for their orders each time the alert is shown.
    _crm_customer_idx = models.Index(
        "(company_id, partner_id, date_order)"
        " INCLUDE (amount_untaxed, currency_rate, currency_id, user_id)"
        " WHERE state = 'sale'"
    )

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        self.env["crm.quotation.change"]._note(orders)
        self.env["crm.customer.change"]._note_orders(orders.ids)
        self.env["crm.sums.change"]._note_orders(orders.ids)
        return orders

    def write(self, vals):
        """Note what Odoo does not keep: quotations sent or cancelled, lost orders."""
        if COUNTED_BY.isdisjoint(vals):
            return super().write(vals)
        states = {order: order.state for order in self}
        counted = self.sudo().filtered(lambda order: order.state == "sale")
        customers = counted.partner_id.commercial_partner_id
        result = super().write(vals)
        changed = self.filtered(lambda order: order.state != states[order])
        self.env["crm.quotation.change"]._note(changed)
        self.env["crm.customer.change"]._note(customers, "order")
        return result

    def _write_multi(self, vals_list):
        """Note whose orders changed, whatever changed them: all come by here."""
        valued, added_up = (
            [
                order.id
                for order, vals in zip(self, vals_list, strict=True)
                if not names.isdisjoint(vals)
            ]
            for names in (VALUED_BY, ADDED_UP_BY)
        )
        if not added_up:
            return super()._write_multi(vals_list)
        sums = self.env["crm.sums.change"]
        sums._note_orders(added_up)  # of the month in which they were
        result = super()._write_multi(vals_list)
        if valued:
            self.env["crm.customer.change"]._note_orders(valued)
        sums._note_orders(added_up)
        return result

    def unlink(self):
        self.env["crm.sums.change"]._note_orders(self.ids)
        return super().unlink()

    def _get_crm_base_net_value_sql(self, alias, query, amount=None):
        """Return the SQL of an order's value in the current company's currency.

        Not rounded where it is converted: a company's total converted is then the sum
        of its orders converted.

        :param amount: as for :meth:`_get_own_net_value_sql`
        """
        return self._convert_sql(alias, self._get_own_net_value_sql(alias, amount))

    def _get_sound_base_value_sql(self, alias):
        """Return the same of orders that are known to be sound."""
        return self._convert_sql(alias, self._get_sound_net_value_sql(alias))

    def _convert_sql(self, alias, value):
        """Return the SQL of a value of an order in the current company's currency."""
        rates = self._get_company_rates()
        if not rates:
            return value
        company = SQL.identifier(
            alias, "company_id", to_flush=self._fields["company_id"]
        )
        cases = SQL(" ").join(
            SQL("WHEN %s THEN %s::numeric", other.id, rate)
            for other, rate in rates.items()
        )
        return SQL("(%s * CASE %s %s ELSE 1 END)", value, company, cases)

    def _get_company_rates(self):
        """Return today's rate of each other company's currency that is another one.

        :return: {res.company: what 1 of its currency is worth in the current company's}
        """
        own = self.env.company
        today = fields.Date.context_today(self)
        others = (
            self.env["res.company"]
            ._get_crm_all()
            .filtered(lambda company: company.currency_id != own.currency_id)
        )
        return {
            other: self.env["res.currency"]._get_conversion_rate(
                other.currency_id, own.currency_id, own, today
            )
            for other in others
        }

    def _get_own_net_value_sql(self, alias, amount=None, companies=None):
        """Return the SQL of an order's value without tax in its company's currency.

        The one place that says what an order is worth: tiles, reports and the
        nightly job all use it. An amount in the company's currency is worth itself,
        whatever its rate: that may be one into the company's former currency.

        :param alias: name of the sale_order table in the query
        :param amount: SQL of another amount in the order's currency, such as a line's
        :param companies: res.company of all orders of the query, if known
        :return: SQL of type numeric, rounded to the decimals of the company's currency;
            NULL where the order has no usable amount or rate
        """
        amount = self._get_amount_sql(alias, amount)
        return SQL(
            "CASE WHEN %s THEN %s END",
            self._get_sound_value_sql(alias, amount, companies),
            self._get_sound_net_value_sql(alias, amount, companies),
        )

    def _get_sound_net_value_sql(self, alias, amount=None, companies=None):
        """Return the SQL of the value of an order that is known to be sound."""
        return SQL(
            "ROUND(CASE WHEN %(rate)s = 1 OR %(is_own)s THEN %(amount)s "
            "ELSE %(amount)s / NULLIF(%(rate)s, 0) END, %(decimals)s)",
            rate=self._get_rate_sql(alias),
            is_own=self._get_own_currency_sql(alias, companies),
            amount=self._get_amount_sql(alias, amount),
            decimals=self._get_of_company_sql(
                alias, lambda company: company.currency_id.decimal_places, companies
            ),
        )

    def _get_sound_sql(self, alias, companies=None):
        """Return the SQL of whether figures can use an order: True, else False or NULL.

        The database keeps no order from having an amount that is no number, a date of
        the year 1000 or no customer; migrations leave such. None of them counts, in any
        tile, report or stored figure, so that the others do.

        :param alias, companies: as for :meth:`_get_own_net_value_sql`
        """
        return SQL(
            "(%(partner)s IS NOT NULL AND %(date)s BETWEEN %(first)s AND %(last)s "
            "AND %(value)s)",
            partner=self._get_column_sql(alias, "partner_id"),
            date=self._get_column_sql(alias, "date_order"),
            first=FIRST_MOMENT,
            last=LAST_MOMENT,
            value=self._get_sound_value_sql(
                alias, self._get_amount_sql(alias), companies
            ),
        )

    def _get_sound_value_sql(self, alias, amount, companies=None):
        """Return the SQL of whether an amount of an order can be told in money.

        Written so that PostgreSQL knows from its statistics that nearly all can, and is
        done soon with the most usual ones.
        """
        return SQL(
            "(%(amount)s BETWEEN -%(largest)s AND %(largest)s "
            "AND (%(rate)s = 1 "
            "OR (%(rate)s IS NULL OR %(rate)s BETWEEN 0 AND %(largest_rate)s) "
            "AND (%(is_own)s "
            "OR %(rate)s > 0 AND ABS(%(amount)s) <= %(largest)s * %(rate)s)))",
            amount=amount,
            largest=self._get_largest_amount(),
            rate=self._get_rate_sql(alias),
            largest_rate=LARGEST_RATE,
            is_own=self._get_own_currency_sql(alias, companies),
        )

    def _get_largest_amount(self):
        """Return the largest amount that is told exactly in all companies."""
        currencies = self.env["res.company"]._get_crm_all().currency_id
        decimals = max(currencies.mapped("decimal_places"))
        return LARGEST_AMOUNT // 10**decimals

    def _get_own_currency_sql(self, alias, companies=None):
        """Return the SQL of whether an order is in its company's currency."""
        currency = self._get_column_sql(alias, "currency_id")
        return SQL(
            "(%s IS NULL OR %s = %s)",
            currency,
            currency,
            self._get_of_company_sql(
                alias, lambda company: company.currency_id.id, companies
            ),
        )

    def _get_amount_sql(self, alias, amount=None):
        return amount or self._get_column_sql(alias, "amount_untaxed")

    def _get_rate_sql(self, alias):
        return self._get_column_sql(alias, "currency_rate")

    def _get_crm_is_sound_sql(self, alias, _query):
        return self._get_sound_sql(alias)

    # ------------------------------------------------------------------
    # Rates that cannot be right
    # ------------------------------------------------------------------

    def _get_crm_is_unrated_sql(self, alias, _query):
        rate_is_doubtful = SQL("%s = 1", self._get_rate_sql(alias))
        if any(self.env["res.company"]._get_crm_all().mapped("crm_currency_since")):
            rate_is_doubtful = SQL(
                "(%s OR %s < %s)",
                rate_is_doubtful,
                self._get_column_sql(alias, "date_order"),
                self._get_of_company_sql(
                    alias, lambda company: company.crm_currency_since or FIRST_MOMENT
                ),
            )
        return SQL(
            "(NOT %s AND %s)", self._get_own_currency_sql(alias), rate_is_doubtful
        )

    def _get_unrated_words(self, count, value, names=""):
        """Say how many orders without a rate to trust there are, and which.

        :param value: in the current company's currency
        """
        value = format_amount(value, self.env.company.currency_id)
        words = self.env._(
            "%(count)s orders in other currencies have no rate to trust: they count "
            "with %(value)s",
            count=count,
            value=value,
        )
        if count == 1:
            words = self.env._(
                "1 order in another currency has no rate to trust: it counts with "
                "%(value)s",
                value=value,
            )
        if names:
            words = self.env._("%(words)s (%(names)s)", words=words, names=names)
        return f"{words}."

    def _get_confirmed_domain(self, companies):
        """Return the domain of the orders that figures count, of ``companies``."""
        return (
            Domain("state", "=", "sale")
            & Domain("company_id", "in", companies.ids)
            & Domain("crm_is_sound", "=", True)
        )
