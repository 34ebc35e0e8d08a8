# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain

from ...models.date_words import format_day
from .. import blocks
from ..words import format_rate

STALE_DAYS = 31  # after which the newest rate is no longer called today's


class CrmTileRatesMixin(models.AbstractModel):
    """At which rates money was converted, and what has no rate to trust."""

    _name = "crm.tile.rates.mixin"
    _inherit = "crm.tile"
    _description = "Tile With Rates"

    # ------------------------------------------------------------------
    # In a tile
    # ------------------------------------------------------------------

    def _get_rates_text(self, scope):
        """Say at which rates other companies' money was converted, if any was."""
        rates = self._describe_todays_rates(scope.rates)
        if not rates:
            return []
        return [blocks.Text(self.env._("At today's rate: %(rates)s", rates=rates))]

    def _get_unrated_text(self, scope, domain):
        """Say which orders of ``domain`` have no rate to trust, if any."""
        if scope.customer_id and not scope.has_unrated_orders:
            return []
        words = self.env["sale.order"]._describe_unrated(domain)
        return [blocks.Text(words)] if words else []

    # ------------------------------------------------------------------
    # In a report
    # ------------------------------------------------------------------

    def _describe_line_rates(self, domain):
        """Say at which rates lines in other currencies count, empty without any."""
        return self._describe_order_rates(Domain("order_line", "any", domain))

    def _describe_order_rates(self, domain):
        """Say at which rates orders in other currencies count, empty without any."""
        words = []
        own = self._describe_rates_of_orders(domain)
        if own:
            words.append(self.env._("%(rates)s, each order at its own", rates=own))
        today = self._describe_rates_of_companies(domain)
        if today:
            words.append(self.env._("%(rates)s, at today's rate", rates=today))
        unrated = self.env["sale.order"]._describe_unrated(domain)
        return "; ".join([*words, unrated] if unrated else words)

    def _describe_rates_of_orders(self, domain):
        """Return the rates from orders' currencies into that of their company."""
        groups = self.env["sale.order"]._read_group(
            domain,
            ["company_id", "currency_id"],
            ["currency_rate:min", "currency_rate:max"],
        )
        return "; ".join(
            self.env._(
                "1 %(own)s = %(rates)s %(other)s",
                own=company.currency_id.name,
                rates=" – ".join(
                    dict.fromkeys(format_rate(self.env, rate) for rate in (low, high))
                ),
                other=currency.name,
            )
            for company, currency, low, high in groups
            if currency != company.currency_id
        )

    def _describe_rates_of_companies(self, domain):
        """Return the rates from other companies' currencies into the current one's."""
        rates = self.env["sale.order"]._get_company_rates()
        other = Domain("company_id", "in", [company.id for company in rates])
        groups = self.env["sale.order"]._read_group(domain & other, ["company_id"])
        return self._describe_todays_rates(
            {company: rates[company] for (company,) in groups}
        )

    # ------------------------------------------------------------------
    # Words
    # ------------------------------------------------------------------

    def _describe_todays_rates(self, rates):
        """Return the rates in words, with what is old or unknown of them.

        :param rates: {res.company: what 1 of its currency is worth in the current
            company's}
        """
        currencies = {company.currency_id: rate for company, rate in rates.items()}
        return "; ".join(
            self._describe_todays_rate(currency, rate)
            for currency, rate in currencies.items()
        )

    def _describe_todays_rate(self, currency, rate):
        own = self.env.company.currency_id
        words = self.env._(
            "1 %(other)s = %(rate)s %(own)s",
            other=currency.name,
            rate=format_rate(self.env, rate),
            own=own.name,
        )
        newest = [
            rate for each in currency | own if (rate := self._get_newest_rate(each))
        ]
        if not newest:
            return self.env._("%(rate)s, since no rate is known", rate=words)
        # the currency that rates are based on is at 1 for ever
        day = min((each.name for each in newest if each.rate != 1), default=None)
        if day and day < fields.Date.context_today(self) - timedelta(days=STALE_DAYS):
            return self.env._(
                "%(rate)s as of %(day)s", rate=words, day=format_day(self.env, day)
            )
        return words

    def _get_newest_rate(self, currency):
        """Return the res.currency.rate of ``currency`` that counts today, or none."""
        return (
            self.env["res.currency.rate"]
            .sudo()
            .search(
                Domain("currency_id", "=", currency.id)
                & Domain("company_id", "in", [self.env.company.root_id.id, False])
                & Domain("name", "<=", fields.Date.context_today(self)),
                order="name DESC",
                limit=1,
            )
        )
