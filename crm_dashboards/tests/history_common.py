# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""One rich history of several customers in two companies and two currencies."""

from odoo.fields import Command
from odoo.tests import freeze_time

from .customer_event_common import CustomerEventCase
from .test_close_rate import CloseRateCase

LAST_NIGHT_BUT_SOME = "2026-11-18 03:00:00"
# customer, moment (UTC), amount, who took the order
ORDERS = (
    ("Azure", "2025-10-05", 80, None),
    ("Azure", "2025-11-10", 60, None),
    ("Azure", "2026-05-15", 250, None),
    ("Azure", "2026-07-15", 350, None),
    ("Azure", "2026-08-15", 400, None),
    ("Azure", "2026-09-15", 300, None),
    ("Azure", "2026-10-31 23:59:59", 200, None),
    ("Azure", "2026-11-01 00:00:00", 100, None),
    ("Azure", "2026-11-10", 7, "Colleague"),
    ("Azure", "2026-11-20", 30, "Seller"),
    ("Theirs", "2026-08-05", 0, "Colleague"),
    ("Theirs", "2026-09-05", 500, "Colleague"),
    ("Theirs", "2026-10-05", -20, "Colleague"),
    ("Theirs", "2026-11-15", 70, "Colleague"),
    ("Nobody's", "2026-11-20", 1000, None),
    ("Boss's", "2025-11-30 23:59:59", 4000, None),
    ("Boss's", "2025-12-01 00:00:00", 2000, None),
    ("Boss's", "2026-11-30 23:59:59", 11, None),
    ("Boss's", "2026-12-01 00:00:00", 5000, None),
    ("Ida", "2026-11-03", 5, None),
)
# customer, last day of six orders every two weeks, amount
RHYTHMS = (
    ("Late", "2026-10-12", 100),  # 40 days ago
    ("Gone", "2026-10-19", 200),  # 33
    ("Slow", "2026-11-01", 70),  # 20
    ("Lost", "2026-06-24", 900),  # 150
)
# customer, day, due day, amount
INVOICES = (
    ("Azure", "2025-06-10", "2025-06-10", 1000),
    ("Azure", "2026-06-10", "2026-06-10", 1200),
    ("Azure", "2026-08-02", "2026-09-07", 70),
    ("Azure", "2026-09-02", "2026-10-07", 60),
    ("Azure", "2026-10-02", "2026-11-11", 50),
    ("Azure", "2026-11-02", "2026-11-25", 40),
    ("Azure", "2026-11-02", "2026-12-20", 300),
    ("Theirs", "2025-06-10", "2025-06-10", 1000),
    ("Theirs", "2026-06-10", "2026-06-10", 700),
    ("Nobody's", "2025-06-10", "2025-06-10", 1000),
    ("Nobody's", "2026-06-10", "2026-06-10", 1050),
    ("Late", "2025-06-10", "2025-06-10", 800),
    ("Late", "2026-06-10", "2026-06-10", 400),
    ("Slow", "2025-06-10", "2025-06-10", 500),
    ("Slow", "2026-06-10", "2026-06-10", 510),
    ("Boss's", "2025-06-10", "2025-06-10", 400),
)
ABSENT = ("Boss's", "Lost")  # from the sister


class HistoryCase(CustomerEventCase, CloseRateCase):
    """Everything a dashboard can show, in euros, and ten times as much in dollars.

    The sister has no orders of some customers, so that its counts are others. All
    users may access both companies. Opportunities are those of the close rate's tests.
    """

    @classmethod
    def setUpClass(cls):
        cls.known_books = {}
        super().setUpClass()
        for company, rates in (
            (cls.company, {cls.euro: 1, cls.dollar: 1.25}),
            (cls.sister, {cls.dollar: 1, cls.euro: 0.8}),
        ):
            for currency, rate in rates.items():
                for day in ("2025-01-01", "2026-11-01"):
                    cls._create_rate(day, rate, company, currency)
        cls.customers = {
            each.name: each
            for each in (cls.customer, cls.mine, cls.theirs, cls.nobodys)
        }
        for name, manager in (
            ("Boss's", cls.manager),
            ("Late", cls.seller),
            ("Gone", cls.colleague),
            ("Slow", cls.seller),
            ("Lost", cls.colleague),
        ):
            cls.customers[name] = cls._create_customer(name, manager)
        cls.customers["Ida"] = cls._create_customer("Ida", cls.seller, is_company=False)
        cls.prospect = cls._create_customer("Prospect", cls.seller, customer_rank=0)
        cls.salt = cls.product.create({"name": "Salt", "type": "service"})
        cls.takers = {each.name: each for each in (cls.seller, cls.colleague)}
        for company, factor in ((cls.company, 1), (cls.sister, 10)):
            cls._create_history(company, factor)

    @classmethod
    def _create_company(cls, name):
        company = super()._create_company(name)
        if name == "Sister":
            company.currency_id = cls.dollar
        return company

    @classmethod
    def _create_books(cls, company):
        """Once a company: an addon's own case may have needed them before."""
        if company not in cls.known_books:
            cls.known_books[company] = super()._create_books(company)
        return cls.known_books[company]

    @classmethod
    def _create_history(cls, company, factor):
        cls._create_sales(company, factor, until="2026-11-18")
        with freeze_time(LAST_NIGHT_BUT_SOME):
            cls._refresh(company)
        cls._create_sales(company, factor, since="2026-11-18")
        cls._create_dues(company, factor)
        cls._create_engagements(company, factor)
        cls._create_plans(company)
        cls.env.flush_all()
        cls._refresh(company)

    @classmethod
    def _create_sales(cls, company, factor, since="2000", until="2100"):
        """Orders of the days from ``since``, not to ``until``."""
        for name, moment, amount, taker in ORDERS:
            if since <= moment < until and not cls._is_absent(name, company):
                cls._create_orders(
                    [(cls.customers[name], moment, amount * factor)],
                    company,
                    user_id=taker and cls.takers[taker].id,
                )
        if since > "2000":
            return
        for name, last, amount in RHYTHMS:
            if not cls._is_absent(name, company):
                cls._create_rhythm(cls.customers[name], last, amount * factor, company)
        cls._split_orders(cls.customers["Slow"], company, factor)
        other = cls.dollar if company == cls.company else cls.euro
        values = {"company": company, "pricelist_id": cls._create_prices(other).id}
        # 1 euro is 1.25 dollars
        amount = 125 * factor if company == cls.company else 80 * factor
        cls._create_orders([(cls.contact, "2026-11-05", amount)], **values)
        for state in ("draft", "sent", "cancel"):
            cls._create_orders(
                [(cls.prospect, "2026-11-06", 900)], company, state=state
            )

    @classmethod
    def _split_orders(cls, customer, company, factor):
        """Let 40 of the first four orders be another product, left out of the last."""
        orders = cls.env["sale.order"].search(
            [("partner_id", "=", customer.id), ("company_id", "=", company.id)],
            order="date_order",
            limit=4,
        )
        for order in orders:
            order.order_line.price_unit -= 40 * factor
            values = {
                "product_id": cls.salt.id,
                "price_unit": 40 * factor,
                "tax_ids": [Command.clear()],
            }
            order.order_line = [Command.create(values)]

    @classmethod
    def _is_absent(cls, name, company):
        return company == cls.sister and name in ABSENT

    @classmethod
    def _create_dues(cls, company, factor):
        """Invoices that nobody paid, a credit note, a payment set against nothing."""
        books = cls._create_books(company)
        for name, day, due, amount in INVOICES:
            if not cls._is_absent(name, company):
                customer = cls.customers[name]
                cls._create_invoice(books, customer, day, due, amount * factor)
        cls._create_invoice(
            books,
            cls.theirs,
            "2026-07-01",
            "2026-07-01",
            200 * factor,
            move_type="out_refund",
        )
        cls._create_payment(books, cls.customer, "2026-11-03", 25 * factor)

    @classmethod
    def _create_engagements(cls, company, factor):
        """Acts with Azure; Theirs was called long ago, the others never."""
        lead = cls.lead
        if company == cls.sister:
            lead = cls._create_lead(
                name="Shelving abroad",
                partner_id=cls.contact.id,
                user_id=cls.seller.id,
                company_id=company.id,
            )
        for day in range(1, 3 + factor):
            cls._log(lead, f"2026-11-{day:02} 10:00:00", cls.call)
        cls._log(lead, "2026-10-04 10:00:00", cls.visit)
        cls._log(lead, "2026-10-06 10:00:00", cls.email)
        cls._log(lead, "2025-11-20 10:00:00", cls.visit)  # over a year ago
        if company == cls.company:  # of no company: they count in both
            cls._log(cls.theirs, "2026-09-01 10:00:00", cls.call, cls.colleague)
            cls._log(cls.customers["Slow"], "2026-11-10 10:00:00", cls.call)
            cls._meet(cls.contact, "2026-11-07 10:00:00")

    @classmethod
    def _create_plans(cls, company):
        if company == cls.company:
            cls._plan(cls.customer, "2026-11-19", "Call back")
            cls._plan(cls.lead, "2026-12-03", "Yearly review")
            cls._meet(cls.contact, "2026-11-25 10:00:00", name="Showroom")

    @classmethod
    def _get_history_customers(cls):
        """Return the customers whose dashboards are looked at."""
        return [cls.customer, cls.theirs, cls.prospect, cls.customers["Slow"]]
