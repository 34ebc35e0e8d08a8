from odoo import api, models
from odoo.fields import Domain

from .report_definition import Column, ReportDefinition

TOTAL_AND_AVERAGE = ("sum", "avg")


class CrmDashboardTile(models.Model):
    _inherit = "crm.dashboard.tile"

    @api.model
    def _get_report_definition(self, code):
        if code == "orders":
            return self._make_orders_definition()
        return super()._get_report_definition(code)

    @api.model
    def _make_orders_definition(self):
        """Return the definition of the report of orders, line by line."""
        note = self.env._("All orders of the company")
        if not self._sees_all():
            note = self.env._("The orders you may read")
        return ReportDefinition(
            title=self.env._("Orders"),
            model="sale.order",
            columns=(
                Column("commercial_partner_id", self.env._("Customer"), width=34),
                Column("name", self.env._("Order")),
                Column("date_order", self.env._("Date"), width=18),
                Column("account_manager_id", width=22),
                Column("user_id", width=22),
                Column("team_id", width=18),
                Column("currency_id", self.env._("Order Currency"), width=10),
                Column("amount_untaxed", self.env._("Net in Order Currency"), width=16),
                Column(
                    "base_net_value",
                    self.env._("Base Net Value"),
                    width=18,
                    aggregates=TOTAL_AND_AVERAGE,
                ),
            ),
            fixed_domain=Domain("company_id", "in", self.env.companies.ids),
            order="date_order desc, id desc",
            group_by="date_order:month",
            measure="base_net_value",
            reading_note=note,
            describe_rates=self._describe_order_rates,
            terms=(self._get_scope_term(), *self._get_order_terms()),
        )

    @api.model
    def _describe_order_rates(self, domain):
        """Say at which rates orders in other currencies count, empty without any."""
        words = []
        own = self._describe_rates_of_orders(domain)
        if own:
            words.append(self.env._("%(rates)s, each order at its own", rates=own))
        today = self._describe_rates_of_companies(domain)
        if today:
            words.append(self.env._("%(rates)s, at today's rate", rates=today))
        return "; ".join(words)

    @api.model
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
                rates=" – ".join(dict.fromkeys((f"{low:.6g}", f"{high:.6g}"))),
                other=currency.name,
            )
            for company, currency, low, high in groups
            if currency != company.currency_id
        )

    @api.model
    def _describe_rates_of_companies(self, domain):
        """Return the rates from other companies' currencies into the current one's."""
        rates = self.env["sale.order"]._get_company_rates()
        other = Domain("company_id", "in", [company.id for company in rates])
        groups = self.env["sale.order"]._read_group(domain & other, ["company_id"])
        currencies = {company.currency_id: rates[company] for (company,) in groups}
        return "; ".join(
            self.env._(
                "1 %(other)s = %(rate)s %(own)s",
                other=currency.name,
                rate=f"{rate:.6g}",
                own=self.env.company.currency_id.name,
            )
            for currency, rate in currencies.items()
        )
