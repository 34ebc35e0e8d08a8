# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Companies, users of each kind, customers and orders for the tests."""

from datetime import date, timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import TransactionCase, freeze_time, new_test_user

from ..tiles.blocks import Content

NOW = "2026-11-21 12:00:00"  # a Saturday
DASHBOARD = "account_manager"
BUSY_SINCE = date(2026, 10, 7)


@freeze_time(NOW)
class DashboardCase(TransactionCase):
    """A wholesaler in euros with a sister company, both of their own.

    Nothing of the database's other companies is counted anywhere, so that the figures
    of a test can be worked out by hand, with or without demo data.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(
            context={**cls.env.context, "tracking_disable": True, "lang": "en_US"}
        )
        cls.euro = cls.env.ref("base.EUR")
        cls.dollar = cls.env.ref("base.USD")
        (cls.euro | cls.dollar).active = True
        cls.company = cls._create_company("Wholesale")
        cls.sister = cls._create_company("Sister")
        cls.product = cls.env["product.product"].create(
            {"name": "Goods", "type": "service", "taxes_id": [Command.clear()]}
        )
        cls.manager = cls._create_user("manager", "sales_team.group_sale_manager")
        cls.seller = cls._create_user("seller", "sales_team.group_sale_salesman")
        cls.colleague = cls._create_user(
            "colleague", "sales_team.group_sale_salesman_all_leads"
        )

    # ------------------------------------------------------------------
    # Records
    # ------------------------------------------------------------------

    @classmethod
    def _create_company(cls, name):
        return cls.env["res.company"].create(
            {
                "name": name,
                "currency_id": cls.euro.id,
                "crm_figures_tz": "UTC",
                "crm_include_never_invoiced": False,
            }
        )

    @classmethod
    def _create_user(cls, login, groups, companies=None, tz="UTC"):
        companies = companies or cls.company
        return new_test_user(
            cls.env,
            f"crm_dashboards_{login}",
            groups,
            name=login.replace("_", " ").title(),
            tz=tz,
            company_id=companies[0].id,
            company_ids=[Command.set(companies.ids)],
            context={"no_reset_password": True},
        )

    @classmethod
    def _create_strangers(cls):
        """Create users who are no salespeople, and a manager of the sister company."""
        cls.internal = cls._create_user("internal", "base.group_user")
        cls.portal = cls._create_user("portal", "base.group_portal")
        cls.invoicing = cls._create_user(
            "invoicing", "base.group_user,account.group_account_invoice"
        )
        cls.reader = cls._create_user(
            "reader", "base.group_user,account.group_account_readonly"
        )
        cls.stranger = cls._create_user(
            "stranger", "sales_team.group_sale_manager", cls.sister
        )

    @classmethod
    def _create_customer(cls, name, manager=None, **values):
        """A ledger customer: a company that was invoiced once."""
        return cls.env["res.partner"].create(
            {
                "name": name,
                "is_company": True,
                "customer_rank": 1,
                "user_id": manager and manager.id,
                **values,
            }
        )

    @classmethod
    def _create_order(cls, customer, date, amount, currency=None, **values):
        """A confirmed order of one line without tax.

        :param str date: day (at noon) or moment, UTC
        """
        if currency:
            values["pricelist_id"] = cls._create_prices(currency).id
        return cls._create_orders([(customer, date, amount)], **values)

    @classmethod
    def _create_prices(cls, currency):
        return cls.env["product.pricelist"].create(
            {"name": currency.name, "currency_id": currency.id, "company_id": False}
        )

    @classmethod
    def _create_rate(cls, day, rate, company=None, currency=None):
        """From ``day`` on, so many dollars, or of a currency, are one euro."""
        return cls.env["res.currency.rate"].create(
            {
                "currency_id": (currency or cls.dollar).id,
                "company_id": (company or cls.company).id,
                "name": day,
                "rate": rate,
            }
        )

    @classmethod
    def _create_orders(cls, rows, company=None, **values):
        """Confirmed orders of one line without tax.

        :param rows: list of (customer, date, amount)
        """
        company = company or cls.company
        return (
            cls.env["sale.order"]
            .with_company(company)
            .create(
                [
                    {
                        "partner_id": customer.id,
                        "company_id": company.id,
                        "date_order": date if " " in date else f"{date} 12:00:00",
                        "state": "sale",
                        "user_id": False,
                        "order_line": [
                            Command.create(
                                {
                                    "product_id": cls.product.id,
                                    "product_uom_qty": 1,
                                    "price_unit": amount,
                                    "tax_ids": [Command.clear()],
                                }
                            )
                        ],
                        **values,
                    }
                    for customer, date, amount in rows
                ]
            )
        )

    @classmethod
    def _create_rhythm(cls, customer, last, amount, company=None):
        """Six orders, 14 days apart, the last one on a day."""
        day = fields.Date.to_date(last)
        days = [day - timedelta(days=14 * number) for number in range(6)]
        cls._create_orders(
            [(customer, str(each), amount) for each in reversed(days)], company
        )

    @classmethod
    def _keep_busy(cls, company=None, since="2026-04-15", times=6):
        """One order a week, and since 7 October 2026 several times as many.

        Of a customer next to whom the company is not quiet, whoever else is silent: its
        last weeks are as busy as any before them.
        """
        busy = cls._create_customer("Busy")
        day, last = fields.Date.to_date(since), date(2027, 1, 27)
        rows = []
        while day <= last:
            rows += [(busy, str(day), 1)] * (times if day >= BUSY_SINCE else 1)
            day += timedelta(weeks=1)
        cls._create_orders(rows, company)
        return busy

    @classmethod
    def _refresh(cls, company=None):
        """Make the figures of a company, as the nightly job does."""
        return cls.env["crm.metric.refresh"]._refresh_company(company or cls.company)

    def _get_metric(self, customer, company=None):
        return self.env["crm.customer.metric"].search(
            [
                ("partner_id", "=", customer.id),
                ("company_id", "=", (company or self.company).id),
            ]
        )

    # ------------------------------------------------------------------
    # What the browser does
    # ------------------------------------------------------------------

    def _as(self, user, companies=None):
        """Return the environment of ``user`` as the web client would send it."""
        companies = companies or user.company_id
        return self.env(
            user=user,
            context={
                "lang": "en_US",
                "tz": user.tz,
                "uid": user.id,
                "allowed_company_ids": companies.ids,
            },
        )

    def _read_reasons(self, kind, user=None, companies=None):
        """Return the reasons of a kind to call customers that are shown, as dicts."""
        env = self._as(user or self.manager, companies)
        env.flush_all()
        reasons = env.execute_query_dict(env["crm.reason"]._get_reasons_query())
        return [
            reason
            for reason in reasons
            if reason["kind"] == kind and reason["is_shown"]
        ]

    def _get_tile(self, code, user=None, scope=None, companies=None):
        """Return one tile of the account manager's dashboard, None where absent."""
        env = self._as(user or self.manager, companies)
        scope = {"account_manager": "all"} if scope is None else scope
        tiles = env["crm.dashboard.tile"].get_tiles(DASHBOARD, [code], scope)
        return tiles.get(code)

    def _check_strangers_are_refused(self, code):
        """Portal and plain users get neither a tile nor its report."""
        for groups in ("base.group_portal", "base.group_user"):
            user = self._create_user(groups.replace(".", "_"), groups)
            with self.assertRaises(AccessError):
                self._get_tile(code, user)
            with self.assertRaises(AccessError):
                self._as(user)["crm.dashboard.tile"].open_report(code)

    def _check_query_count(self, code, count):
        """A tile takes no more queries, once the server's caches are warm."""
        self._get_tile(code)
        self.env.flush_all()
        self.env.invalidate_all()
        tiles = self._as(self.manager)["crm.dashboard.tile"]
        with self.assertQueryCount(count):
            tiles.get_tiles(DASHBOARD, [code], {"account_manager": "all"})

    def _patch_content(self, code, get_content):
        """Let a tile show what a function (self, scope) returns in this test."""
        model = self.env.registry[f"crm.tile.{code}"]
        self.patch(model, "_get_content", get_content)

    def _show_blocks(self, code, *tile_blocks):
        """Let a tile show these blocks, until the test ends."""
        content = Content("ready", blocks=tile_blocks)
        self._patch_content(code, lambda self, scope: content)

    def _get_blocks(self, tile, block_type):
        return [block for block in tile["blocks"] if block["type"] == block_type]

    def _get_block(self, tile, block_type):
        (block,) = self._get_blocks(tile, block_type)
        return block

    def _get_next_order_line(self, tile):
        """Return the first figure of a tile of the next order; the month's follow."""
        return self._get_blocks(tile, "figure")[0]["figures"][0]

    def _get_words(self, tile):
        """Return the sentences of a tile."""
        kinds = ("text", "reading")
        return [block["text"] for block in tile["blocks"] if block["type"] in kinds]
