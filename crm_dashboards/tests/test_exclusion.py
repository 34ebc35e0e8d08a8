# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from lxml import etree

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import DashboardCase
from .rpc_common import RpcCase

FIELD = "crm_exclude_from_figures"
REFUSAL = (
    "Only salespeople who see all documents may set “Leave Out of Figures”: it "
    "concerns everybody's figures."
)


class ExclusionCase(DashboardCase):
    """A customer of the seller, who may edit contacts but not see all documents."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        contacts = "base.group_user,base.group_partner_manager"
        cls.invoicing = cls._create_user(
            "invoicing", f"{contacts},account.group_account_invoice"
        )
        cls.clerk = cls._create_user("clerk", contacts)
        for user in (cls.seller, cls.colleague):
            user.group_ids += cls.env.ref("base.group_partner_manager")
        cls.refused = (cls.seller, cls.invoicing, cls.clerk)
        cls.allowed = (cls.colleague, cls.manager)
        cls.customer = cls._create_customer("Baker", cls.seller)
        cls.excluded = cls._create_customer("Cook", cls.seller, **{FIELD: True})

    def _find(self, name):
        return self.env["res.partner"].search([("name", "=", name)])


@tagged("post_install", "-at_install")
class TestExclusion(ExclusionCase):
    """Who leaves a customer out of everybody's figures sees everybody's."""

    def test_write(self):
        for user in self.refused:
            for customer in (self.customer, self.excluded):
                with self.subTest(user=user.name, customer=customer.name):
                    before = customer[FIELD]
                    with self.assertRaises(AccessError) as refusal:
                        customer.with_user(user).write({FIELD: not before})
                    if user != self.clerk:  # who may not even read it
                        self.assertEqual(str(refusal.exception), REFUSAL)
                    self.assertEqual(customer[FIELD], before)
        for user in self.allowed:
            for value in (True, False):
                self.customer.with_user(user)[FIELD] = value
                self.assertEqual(self.customer[FIELD], value)

    def test_other_fields_stay_writable(self):
        for user in self.refused:
            self.customer.with_user(user).write({"name": user.name})
            self.assertEqual(self.customer.name, user.name)

    def test_create(self):
        for user in self.refused:
            partners = self.env["res.partner"].with_user(user)
            with self.subTest(user=user.name):
                with self.assertRaises(AccessError):
                    partners.create({"name": "Hidden", FIELD: True})
                with self.assertRaises(AccessError):
                    partners.with_context(**{f"default_{FIELD}": True}).create(
                        {"name": "Hidden"}
                    )
                self.assertFalse(self._find("Hidden"))
                self.assertFalse(partners.create({"name": "Seen"}).sudo()[FIELD])
        partners = self.env["res.partner"].with_user(self.colleague)
        self.assertTrue(partners.create({"name": "Hidden", FIELD: True})[FIELD])

    def test_default_of_ones_own(self):
        for user, value in ((self.seller, False), (self.colleague, True)):
            env = self.env(user=user)
            env["ir.default"].set("res.partner", FIELD, True, user_id=True)
            self.assertEqual(env["res.partner"].create({"name": "New"})[FIELD], value)

    def test_import(self):
        rows = (["name", FIELD], [["Hidden", "True"]])
        result = self.env["res.partner"].with_user(self.seller).load(*rows)
        self.assertFalse(result["ids"])
        self.assertEqual([each["message"] for each in result["messages"]], [REFUSAL])
        self.assertFalse(self._find("Hidden"))
        result = self.env["res.partner"].with_user(self.colleague).load(*rows)
        self.assertEqual(self.env["res.partner"].browse(result["ids"])[FIELD], True)

    def test_import_over_what_is_there(self):
        self.env["ir.model.data"]._update_xmlids(
            [{"xml_id": "crm_dashboards.test_baker", "record": self.customer}]
        )
        rows = (["id", FIELD], [["crm_dashboards.test_baker", "True"]])
        self.env["res.partner"].with_user(self.seller).load(*rows)
        self.assertFalse(self.customer[FIELD])

    def test_duplicates_are_for_everybody(self):
        for user in (*self.refused, *self.allowed):
            with self.subTest(user=user.name):
                copy = self.excluded.with_user(user).copy()
                self.assertFalse(copy.sudo()[FIELD])

    def test_merge(self):
        other = self._create_customer("Baker 2", self.seller)
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(self.seller)
        customer = self.customer.with_user(self.seller)
        with self.assertRaises(AccessError) as refusal:
            wizard._merge((customer | self.excluded).ids, customer)
        self.assertEqual(str(refusal.exception), REFUSAL)
        wizard._merge((customer | other).ids, customer)
        self.assertFalse(other.exists())
        self.assertFalse(self.customer[FIELD])

    def test_reading_stays_as_it_was(self):
        for user in (self.seller, self.invoicing, *self.allowed):
            found = self.env["res.partner"].with_user(user).search([(FIELD, "=", True)])
            self.assertIn(self.excluded, found)
            self.assertTrue(self.excluded.with_user(user)[FIELD])

    def test_form_shows_the_box_to_those_who_may_tick_it(self):
        for user, shown in (
            *((user, False) for user in self.refused),
            *((user, True) for user in self.allowed),
        ):
            partners = self.env["res.partner"].with_user(user)
            form = etree.fromstring(partners.get_view(view_type="form")["arch"])
            with self.subTest(user=user.name):
                self.assertEqual(bool(form.xpath(f"//field[@name='{FIELD}']")), shown)
                if user != self.clerk:
                    description = partners.fields_get([FIELD], ["readonly"])[FIELD]
                    self.assertEqual(description["readonly"], not shown)


@tagged("post_install", "-at_install")
class TestExclusionCalls(ExclusionCase, RpcCase):
    """The same over HTTP, where commands of x2many fields run as the user."""

    def _get_attempts(self):
        contact = self.env["res.partner"].create(
            {"name": "Ann", "parent_id": self.customer.id}
        )
        ids, values = self.customer.ids, {FIELD: True}
        hidden = {"name": "Hidden", **values}
        children = {
            "create": Command.create(hidden),
            "update": Command.update(contact.id, values),
        }
        category = self.env["res.partner.category"].create(
            {"name": "Bakers", "partner_ids": [Command.link(self.customer.id)]}
        )
        return {
            "write": ("res.partner", "write", ids, values),
            "create": ("res.partner", "create", [hidden]),
            "web_save": ("res.partner", "web_save", ids, values, {}),
            "load": ("res.partner", "load", ["name", FIELD], [["Hidden", "True"]]),
            "other model": (
                "res.partner.category",
                "write",
                category.ids,
                {"partner_ids": [Command.update(self.customer.id, values)]},
            ),
            **{
                f"child_ids, {name}": (
                    "res.partner",
                    "write",
                    ids,
                    {"child_ids": [command]},
                )
                for name, command in children.items()
            },
            "child_ids of a new one": (
                "res.partner",
                "create",
                [{"name": "Company", "child_ids": [Command.create(hidden)]}],
            ),
        }

    def _count_excluded(self):
        self.env.invalidate_all()
        return self.env["res.partner"].search_count([(FIELD, "=", True)])

    def test_own_documents_only(self):
        attempts = self._get_attempts()
        before = self._count_excluded()
        self.authenticate(self.seller.login, self.seller.login)
        for name, (model, method, *args) in attempts.items():
            with self.subTest(way=name):
                if method == "load":
                    self.assertFalse(self._call(model, method, *args)["ids"])
                else:
                    self._check_refused(model, method, *args)
                self.assertEqual(self._count_excluded(), before)

    def test_all_documents(self):
        attempts = self._get_attempts()
        self.authenticate(self.colleague.login, self.colleague.login)
        for name, (model, method, *args) in attempts.items():
            with self.subTest(way=name):
                self.customer[FIELD] = False
                before = self._count_excluded()
                self._call(model, method, *args)
                self.assertEqual(self._count_excluded(), before + 1)
