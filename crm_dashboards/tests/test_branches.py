# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .invariant_common import ACCOUNT_MANAGER, CUSTOMER, InvariantCase

AMOUNTS = {"Wholesale": 100, "Branch": 200, "Sub-branch": 300, "Sister": 400}


@tagged("post_install", "-at_install")
class TestBranches(InvariantCase):
    """A tree of companies, and one outside of it: whose customers are whose.

    What is right is said by Odoo's own rules of contacts, as somebody meets them who
    may access just one of the companies.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch = cls._create_branch("Branch", cls.company)
        cls.sub_branch = cls._create_branch("Sub-branch", cls.branch)
        cls.new_branch = cls._create_branch("New branch", cls.company)
        cls.tree = cls.company | cls.branch | cls.sub_branch | cls.sister
        cls.manager.company_ids |= cls.tree | cls.new_branch
        cls.owned = {
            owner: cls._create_customer(
                f"Of {owner.name or 'nobody'}", cls.seller, company_id=owner.id
            )
            for owner in [*cls.tree, cls.env["res.company"]]
        }
        others = [cls._create_customer(f"Shared {number}") for number in range(4)]
        others = cls.env["res.partner"].union(*others)  # enough to compare
        for company in cls.tree:
            for customer in cls._get_usable(company).sudo() | others:
                amount = AMOUNTS[company.name]
                cls._create_rhythm(customer, "2026-10-12", amount, company)
        cls._refresh_all()

    @classmethod
    def _create_branch(cls, name, parent):
        return cls.env["res.company"].create(
            {"name": name, "parent_id": parent.id, "crm_figures_tz": "UTC"}
        )

    @classmethod
    def _refresh_all(cls):
        for company in cls.tree | cls.new_branch:
            cls._refresh(company)
        cls.env.invalidate_all()

    @classmethod
    def _get_usable(cls, company):
        """Return which of these customers Odoo lets somebody in ``company`` use."""
        login = f"only_{company.id}"
        user = cls.env["res.users"].search([("login", "like", login)])
        user = user or cls._create_user(
            login, "sales_team.group_sale_salesman_all_leads", company
        )
        everybody = cls.env["res.partner"].union(*cls.owned.values())
        return everybody.with_user(user).search([("id", "in", everybody.ids)])

    def _get_rows(self, company):
        """Return {customer: (orders, value)} of these customers' stored figures."""
        everybody = self.env["res.partner"].union(*self.owned.values())
        return {
            metric.partner_id: (metric.order_count, metric.order_value)
            for metric in self.env["crm.customer.metric"].search(
                [("company_id", "=", company.id), ("partner_id", "in", everybody.ids)]
            )
        }

    def test_a_company_s_customers_are_those_that_odoo_lets_it_use(self):
        expected = {
            self.company: {"Of Wholesale", "Of nobody"},
            self.branch: {"Of Wholesale", "Of Branch", "Of nobody"},
            self.sub_branch: {
                "Of Wholesale",
                "Of Branch",
                "Of Sub-branch",
                "Of nobody",
            },
            self.sister: {"Of Sister", "Of nobody"},
        }
        for company, names in expected.items():
            with self.subTest(company=company.name):
                rows = self._get_rows(company)
                self.assertEqual({each.name for each in rows}, names)
                self.assertEqual(set(rows), set(self._get_usable(company).sudo()))
                # six orders each, of this company alone
                value = 6 * AMOUNTS[company.name]
                self.assertEqual(set(rows.values()), {(6, value)})

    def test_tile_report_and_workbook_agree_in_every_company(self):
        for company in self.branch | self.sub_branch:
            self._walk(self.manager, company, ACCOUNT_MANAGER, account_manager="all")
            customer = self.owned[self.company]
            self._walk(self.manager, company, CUSTOMER, customer_id=customer.id)
        both = self.company | self.branch
        scope = {"account_manager": "all", "all_sales": True}
        self._walk(self.manager, both, ACCOUNT_MANAGER, **scope)

    def test_a_parent_counts_the_orders_of_its_branches_only_where_asked_to(self):
        self._create_order(
            self.owned[self.company], "2026-11-03", 70, company=self.branch
        )
        both = self.company | self.branch
        scope = {"account_manager": "all"}

        def read(**choice):
            tile = self._get_tile("orders", scope={**scope, **choice}, companies=both)
            return self._get_block(tile, "figure")["figures"][0]["cell"]["value"]

        alone = read()
        self.assertEqual(read(all_sales=True), alone + 70)

    def test_a_new_branch_has_no_customers_of_others(self):
        """Needs Engagement begins with whom nobody else trades with."""
        untraded = self._create_customer("Untraded")
        own = self._create_customer("Own", company_id=self.new_branch.id)
        self._refresh(self.new_branch)
        metrics = self.env["crm.customer.metric"].search(
            [("company_id", "=", self.new_branch.id), ("needs_engagement", "=", True)]
        )
        self.assertIn(untraded, metrics.partner_id)
        self.assertIn(own, metrics.partner_id)
        traded = self.env["sale.order"].search([("state", "=", "sale")]).partner_id
        traded = traded.commercial_partner_id
        self.assertIn(self.owned[self.env["res.company"]], traded)
        self.assertFalse(metrics.partner_id & traded)
        # the first order makes them its own
        parent_s = self.owned[self.company]
        self._create_order(parent_s, "2026-11-02", 50, company=self.new_branch)
        self._refresh(self.new_branch)
        self.assertEqual(self._get_rows(self.new_branch), {parent_s: (1, 50)})

    def test_a_call_on_a_contact_counts_in_each_company_that_may_use_it(self):
        customer = self.owned[self.company]
        self._log(customer, "2026-11-19 10:00:00", self.call)
        for company in (self.company, self.branch, self.sub_branch):
            metric = self._get_metric(customer, company)
            self.assertEqual(metric.last_engagement_type_id, self.call, company.name)
        self._refresh_all()
        metric = self._get_metric(customer, self.branch)
        self.assertFalse(metric.needs_engagement)
        scope = {"customer_id": customer.id}
        env = self._as(self.manager, self.branch)
        codes = ["customer_activities", "customer_events"]
        tiles = env["crm.dashboard.tile"].get_tiles(CUSTOMER, codes, scope)
        (calls,) = self._get_block(tiles["customer_activities"], "share")["items"]
        self.assertEqual((calls["label"], calls["cell"]["value"]), ("Calls", 1))
        lines = self._get_block(tiles["customer_events"], "timeline")["events"]
        self.assertIn("Call", " ".join(line["title"] for line in lines))

    def test_a_call_on_a_contact_is_kept_from_companies_that_may_not_use_it(self):
        self._log(self.owned[self.company], "2026-11-19 10:00:00", self.call)
        self.env.flush_all()
        for company, seen in ((self.branch, 1), (self.sister, 0)):
            engagements = self._as(self.manager, company)["crm.engagement"]
            domain = [("partner_id", "=", self.owned[self.company].id)]
            self.assertEqual(engagements.search_count(domain), seen, company.name)

    def test_a_customer_of_another_company_stays_closed(self):
        self.manager.write(
            {
                "company_id": self.sister.id,
                "company_ids": [Command.set(self.sister.ids)],
            }
        )
        tiles = self._as(self.manager, self.sister)["crm.dashboard.tile"]
        with self.assertRaises(AccessError):
            tiles.get_dashboard(CUSTOMER, {"customer_id": self.owned[self.company].id})
