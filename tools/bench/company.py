# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""A wholesaler of any size: companies, users, customers and three years of orders."""

from odoo import fields
from odoo.tools import SQL

from odoo.addons.crm_dashboards_demo.records import example_rows

from . import papers
from .rows import filling, get_last_id, multiply

DAYS = 1095
USERS = 30
MANAGERS = 3  # of them, who may see all documents
CUSTOMERS_A_CONTACT = 4
ORDERS_OF_CONTACTS = 0.2
BIG_CUSTOMER_ORDERS = 5_000
SMALL_COMPANY_CUSTOMERS = 30
LAGGING_SHARE = 0.02  # of the customers
PRODUCTS = 200
LINES_AN_ORDER = 2


class Wholesaler:
    """Fills an empty database; afterwards its customers order again.

    ``env`` is of the main company, which has nearly all customers. The second company
    has 30 of them, the third a fiftieth.
    """

    def __init__(self, env):
        self.env = env

    def fill(self, customers, orders):
        """Make customers with confirmed orders of the three years up to yesterday.

        Each customer has an order, a few have very many, the first one 5 000; amounts
        are spread as the sums of three dice are, on a logarithmic scale. Beside each
        order stands what a company of that size has: see :mod:`.papers`.
        """
        self.env.cr.execute("SELECT setseed(0.5)")
        self.small, self.lagging = self.env["res.company"].create(
            [{"name": "Small"}, {"name": "Lagging"}]
        )
        self.users = self._create_users()
        self.products = self._create_products()
        examples = self._get_examples()
        self._order_row = examples["order"]
        self.message_row = examples["message"]
        self.order_count = orders
        cr = self.env.cr
        self.first_order = get_last_id(cr, "sale_order") + 1
        ids = example_rows.reserve_ids(cr, "res_partner", customers)
        self.customers = ids
        self._before = ids.start - 1
        with filling(cr, "res_partner"):
            self._add_customers(examples["customer"], customers)
        with filling(cr, "sale_order"):
            self._add_orders(self._get_orders(customers, orders))
        with filling(cr, "sale_order_line"):
            self._add_lines(examples["line"])
        papers.add(self.env, examples, self.first_order)
        self.env.invalidate_all()

    def order_again(self, share, moment):
        """Give a share of the customers one more order on the day before a moment.

        :param moment: in UTC
        """
        self._add_orders(
            SQL(
                """
                SELECT 0 AS contact, number,
                       %s::timestamp - random() * INTERVAL '1 day' AS moment
                  FROM generate_series(1, %s, %s) AS number
                """,
                moment,
                len(self.customers),
                round(1 / share),
            )
        )

    def get_salesperson(self):
        """Return who has the most customers of those with own documents only."""
        return self.users[0]

    # ------------------------------------------------------------------
    # Who there is
    # ------------------------------------------------------------------

    def _create_users(self):
        """Return the salespeople, the last few with all documents."""
        companies = self.env.company | self.small | self.lagging
        groups = ["group_sale_salesman"] * (USERS - MANAGERS)
        groups += ["group_sale_manager"] * MANAGERS
        return self.env["res.users"].create(
            [
                {
                    "name": f"Person {number}",
                    "login": f"person{number}",
                    "password": f"person{number}",
                    "company_ids": [fields.Command.set(companies.ids)],
                    "company_id": self.env.company.id,
                    "group_ids": [
                        fields.Command.link(self.env.ref(f"sales_team.{group}").id)
                    ],
                }
                for number, group in enumerate(groups)
            ]
        )

    def _create_products(self):
        return self.env["product.product"].create(
            [
                {"name": f"Product {number}", "list_price": 10, "taxes_id": False}
                for number in range(PRODUCTS)
            ]
        )

    def _get_examples(self):
        """Return {what: row} of documents as Odoo makes them."""
        with example_rows.forgotten(self.env):
            customer = self.env["res.partner"].create(
                {"name": "Example", "is_company": True, "customer_rank": 1}
            )
            order = self.env["sale.order"].create(
                {
                    "partner_id": customer.id,
                    "order_line": [
                        fields.Command.create({"product_id": self.products[0].id})
                    ],
                }
            )
            order.action_confirm()
            rows = {"customer": customer, "order": order, "line": order.order_line}
            rows.update(papers.make_examples(customer, order, self.products[0]))
            return {name: example_rows.row_of(record) for name, record in rows.items()}

    def _add_customers(self, row, customers):
        """Add companies, and a contact under each fourth.

        A tenth has no account manager, and the first one of the others very many.
        """
        cr = self.env.cr
        manager = SQL(
            "CASE WHEN each.number %% 10 > 0 THEN (%s)[1 + floor(%s * each.luck)] END",
            self.users.ids,
            USERS,
        )
        multiply(
            cr,
            "res_partner",
            row,
            SQL(
                """
                SELECT number, power(random(), 1.5) AS luck
                  FROM generate_series(1, %s) AS number
                """,
                customers,
            ),
            id=self._customer_id,
            commercial_partner_id=self._customer_id,
            name=SQL("'Customer ' || each.number"),
            complete_name=SQL("'Customer ' || each.number"),
            user_id=manager,
            crm_appointed_user_id=manager,
        )
        # the contact of the customer with number n has the id contacts_before + n / 4
        contacts = example_rows.reserve_ids(
            cr, "res_partner", customers // CUSTOMERS_A_CONTACT
        )
        self._contacts_before = contacts.start - 1
        multiply(
            cr,
            "res_partner",
            row,
            SQL(
                """
                SELECT customer.id, customer.name, customer.user_id,
                       row_number() OVER (ORDER BY customer.id) AS place
                  FROM res_partner AS customer
                 WHERE customer.id BETWEEN %s AND %s
                   AND (customer.id - %s) %% %s = 0
                """,
                self.customers.start,
                self.customers.stop - 1,
                self._before,
                CUSTOMERS_A_CONTACT,
            ),
            id=SQL("%s + each.place", self._contacts_before),
            parent_id=SQL("each.id"),
            commercial_partner_id=SQL("each.id"),
            is_company=SQL("FALSE"),
            customer_rank=SQL("0"),
            type=SQL("'contact'"),
            name=SQL("'Buyer'"),
            complete_name=SQL("each.name || ', Buyer'"),
            user_id=SQL("each.user_id"),
            crm_appointed_user_id=SQL("each.user_id"),
        )

    @property
    def _customer_id(self):
        return SQL("%s + each.number", self._before)

    # ------------------------------------------------------------------
    # What they ordered
    # ------------------------------------------------------------------

    def _get_orders(self, customers, orders):
        """Return the query of orders by date: contact, number of customer, moment."""
        return SQL(
            """
            SELECT number,
                   CASE WHEN number %% %(step)s = 0 AND random() < %(of_contacts)s
                        THEN number / %(step)s ELSE 0 END AS contact,
                   now()::date - random() * make_interval(days => %(days)s) AS moment
              FROM (SELECT CASE
                           WHEN number <= %(customers)s THEN number
                           WHEN number <= %(customers)s + %(big)s THEN 1
                           ELSE 1 + floor(%(customers)s * power(random(), 1.7))
                           END::int4 AS number
                      FROM generate_series(1, %(orders)s) AS number) AS numbers
             ORDER BY moment
            """,
            customers=customers,
            orders=orders,
            big=BIG_CUSTOMER_ORDERS,
            step=CUSTOMERS_A_CONTACT,
            of_contacts=ORDERS_OF_CONTACTS,
            days=DAYS,
        )

    def _add_orders(self, each):
        """Add confirmed orders; most were taken by the customer's account manager."""
        partner = SQL(
            "CASE WHEN each.contact > 0 THEN %s + each.contact ELSE each.customer END",
            self._contacts_before,
        )
        count = len(self.customers)
        multiply(
            self.env.cr,
            "sale_order",
            self._order_row,
            SQL(
                """
                SELECT each.*, customer.id AS customer, customer.user_id,
                       round(exp(4 + 2 * (random() + random() + random() - 1.5))
                             ::numeric, 2) AS amount,
                       CASE WHEN each.number > %(count)s - %(small)s THEN %(small_id)s
                            WHEN each.number > %(count)s * (1 - %(share)s)
                            THEN %(lagging_id)s
                            ELSE %(main_id)s END AS company
                  FROM (%(each)s) AS each
                  JOIN res_partner AS customer ON customer.id = %(customer)s
                 ORDER BY each.moment
                """,
                each=each,
                customer=self._customer_id,
                count=count,
                small=SMALL_COMPANY_CUSTOMERS,
                share=LAGGING_SHARE,
                small_id=self.small.id,
                lagging_id=self.lagging.id,
                main_id=self.env.company.id,
            ),
            partner_id=partner,
            partner_invoice_id=partner,
            partner_shipping_id=partner,
            company_id=SQL("each.company"),
            user_id=SQL("each.user_id"),
            date_order=SQL("each.moment"),
            create_date=SQL("each.moment"),
            amount_untaxed=SQL("each.amount"),
            amount_total=SQL("each.amount"),
        )

    def _add_lines(self, row):
        multiply(
            self.env.cr,
            "sale_order_line",
            row,
            SQL(
                """
                SELECT sale_order.*, %(first)s + floor(random() * %(count)s)
                       AS product_id, ROUND(amount_untaxed / %(lines)s, 2) AS value
                  FROM sale_order, generate_series(1, %(lines)s) AS line
                 WHERE sale_order.id >= %(from)s
                """,
                first=min(self.products.ids),
                count=PRODUCTS,
                lines=LINES_AN_ORDER,
                **{"from": self.first_order},
            ),
            order_id=SQL("each.id"),
            order_partner_id=SQL("each.partner_id"),
            salesman_id=SQL("each.user_id"),
            company_id=SQL("each.company_id"),
            product_id=SQL("each.product_id"),
            price_unit=SQL("each.value"),
            price_subtotal=SQL("each.value"),
            price_total=SQL("each.value"),
            price_reduce_taxexcl=SQL("each.value"),
            price_reduce_taxinc=SQL("each.value"),
        )
