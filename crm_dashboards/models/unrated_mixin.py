# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .named_records import name_first
from .sql_field_mixin import sql_field

MOST_NAMED = 3


class CrmUnratedMixin(models.AbstractModel):
    """Documents in other currencies whose rate cannot be right: counted, and named.

    A model gives ``_get_crm_is_unrated_sql(alias, query)``, what the field depends on,
    and ``_get_unrated_words(count, value, names)``.
    """

    _name = "crm.unrated.mixin"
    _inherit = "crm.sql.field.mixin"
    _description = "Documents Without a Rate to Trust"

    # Fields with a document's value in its company's currency, and with its date.
    _unrated_value = "crm_base_net_value"
    _unrated_date = "date_order"

    crm_is_unrated = sql_field(
        "crm_is_unrated", fields.Boolean, string="Without a Rate of Its Own"
    )

    def _get_column_sql(self, alias, name):
        return SQL.identifier(alias, name, to_flush=self._fields[name])

    def _get_of_company_sql(self, alias, get_value, companies=None):
        """Return the SQL of what the company of a document has.

        :param get_value: gives the number of a res.company
        :param companies: res.company of all documents of the query, if known
        """
        companies = (companies or self.env["res.company"]._get_crm_all()).sudo()
        values = {company.id: get_value(company) for company in companies}
        first, *others = set(values.values())
        if not others:
            return SQL("%s", first)
        cases = SQL(" ").join(
            SQL("WHEN %s THEN %s", company_id, value)
            for company_id, value in values.items()
        )
        return SQL("CASE %s %s END", self._get_column_sql(alias, "company_id"), cases)

    def _read_unrated(self, domain):
        """Return what documents of ``domain`` have no rate to trust.

        Currencies that are worth the same are at a rate of 1 with reason.

        :return: (Domain of these documents, their number, their value in the current
            company's currency)
        """
        domain &= Domain("crm_is_unrated", "=", True)
        groups = [
            group
            for group in self._read_group(
                domain,
                ["company_id", "currency_id"],
                ["__count", f"{self._unrated_value}:sum"],
            )
            if not self._is_worth_the_same(*group[:2])
        ]
        found = Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("currency_id", "=", currency.id)
            for company, currency, _count, _value in groups
        )
        return (
            domain & found,
            sum(count for *_key, count, _value in groups),
            sum(value for *_key, value in groups),
        )

    def _is_worth_the_same(self, company, currency):
        """Whether the rates say that ``currency`` is worth what the company's is."""
        company = company.sudo()
        rates = self.env["res.currency.rate"].sudo()
        known = Domain("currency_id", "=", currency.id) & Domain(
            "company_id", "in", [company.root_id.id, False]
        )
        if company.crm_currency_since or not rates.search_count(known, limit=1):
            return False
        today = fields.Date.context_today(self)
        return (
            currency._get_conversion_rate(company.currency_id, currency, company, today)
            == 1
        )

    def _describe_unrated(self, domain):
        """Say which documents of ``domain`` these are, empty without any."""
        if not self.has_access("read"):
            return ""
        domain, count, value = self._read_unrated(domain)
        if not count:
            return ""
        order = f"{self._unrated_date} DESC, id DESC"
        names = self.search(domain, order=order, limit=MOST_NAMED).mapped("name")
        return self._get_unrated_words(count, value, name_first(self.env, names, count))
