# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Invoices, payments and journal entries in companies without a chart of accounts."""

from odoo import fields
from odoo.fields import Command


class DueMixin:
    """To be mixed into a DashboardCase, see :meth:`_create_books`."""

    @classmethod
    def _create_books(cls, company):
        """Give a company what it takes to post invoices and payments."""
        env = cls.env(context={**cls.env.context, "allowed_company_ids": company.ids})
        accounts = {
            kind: env["account.account"].create(
                {
                    "name": kind,
                    "code": code,
                    "account_type": kind,
                    "reconcile": kind == "asset_receivable",
                    "company_ids": [Command.set(company.ids)],
                }
            )
            for code, kind in (
                ("100000", "asset_receivable"),
                ("200000", "asset_cash"),
                ("300000", "income"),
                ("400000", "income_other"),
                ("500000", "expense"),
            )
        }
        company.income_currency_exchange_account_id = accounts["income_other"]
        company.expense_currency_exchange_account_id = accounts["expense"]
        journals = {
            kind: env["account.journal"].create(
                {
                    "name": kind,
                    "type": kind,
                    "code": kind[:4].upper(),
                    "company_id": company.id,
                    "default_account_id": accounts["income"].id,
                }
            )
            for kind in ("sale", "general")
        }
        company.currency_exchange_journal_id = journals["general"]
        return {"env": env, "company": company, **accounts, **journals}

    @classmethod
    def _create_invoice(cls, books, customer, date, due, amount, **values):
        """A posted invoice of one line without tax.

        :param values: of the move: ``move_type`` of a credit note, ``currency_id``
        """
        env = books["env"]
        property_name = "property_account_receivable_id"
        customer.with_company(books["company"])[property_name] = books[
            "asset_receivable"
        ]
        move = env["account.move"].create(
            {
                "move_type": "out_invoice",
                "journal_id": books["sale"].id,
                "company_id": books["company"].id,
                "partner_id": customer.id,
                "invoice_date": date,
                "invoice_date_due": due,
                "date": date,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Goods",
                            "quantity": 1,
                            "price_unit": amount,
                            "account_id": books["income"].id,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
                **values,
            }
        )
        move.action_post()
        return move

    @classmethod
    def _create_payment(cls, books, customer, date, amount, invoices=None):
        """A posted payment, set against ``invoices`` if given."""
        account = books["asset_receivable"]
        move = books["env"]["account.move"].create(
            {
                "move_type": "entry",
                "journal_id": books["general"].id,
                "date": date,
                "line_ids": [
                    Command.create(
                        {
                            "account_id": line_account.id,
                            "partner_id": customer.id,
                            "debit": max(balance, 0),
                            "credit": max(-balance, 0),
                        }
                    )
                    for line_account, balance in (
                        (books["asset_cash"], amount),
                        (account, -amount),
                    )
                ],
            }
        )
        move.action_post()
        if invoices:
            lines = (invoices | move).line_ids
            lines.filtered(lambda line: line.account_id == account).reconcile()
        return move

    def _get_due_lines(self, user, companies=None):
        return self._as(user, companies)["crm.due.line"].search([])

    @classmethod
    def _days_from_now(cls, days):
        return fields.Date.add(fields.Date.today(), days=days)
