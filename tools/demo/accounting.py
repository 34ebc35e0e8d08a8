# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The books of a company."""


def prepare(env):
    """Give the company of ``env`` a chart of accounts in its own currency.

    Payments go to the bank account itself, as they do where nobody imports bank
    statements.
    """
    company = env.company
    if not company.chart_template:
        currency = company.currency_id  # the chart brings its own
        env["account.chart.template"].try_loading("generic_coa", company)
        company.currency_id = currency
    bank = env["account.journal"].search(
        [("type", "=", "bank"), ("company_id", "=", company.id)], limit=1
    )
    methods = bank.inbound_payment_method_line_ids
    methods.filtered(
        lambda method: not method.payment_account_id
    ).payment_account_id = bank.default_account_id
