# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from odoo.addons.crm_dashboards.tests.common import NOW
from odoo.addons.crm_dashboards.tests.search_view import SearchView

from .lines_common import LinesCase

CODE = "customer_products"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCustomerLines(LinesCase):
    """*Not Re-ordered* on the customer's page has the rows of *Leaving Quietly*."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._refresh()

    def _load(self, user=None, customer=None):
        env = self._as(user or self.manager)
        scope = {"customer_id": (customer or self.baker).id}
        return env["crm.dashboard.tile"].get_tiles("customer", [CODE], scope).get(CODE)

    def test_the_same_rows(self):
        tile = self._load()
        note = self._get_block(tile, "note")
        self.assertEqual(note["text"], "1 product · 726\xa0€ a year")
        (row,) = self._get_block(tile, "rows")["rows"]
        self.assertEqual(row["title"], "Salt")
        self.assertEqual(row["cell"]["value"], 725.97)

    def test_a_customer_who_buys_on(self):
        tile = self._load(customer=self.cook)
        self.assertEqual(tile["state"], "empty")
        self.assertIn("the customer buys what it used to", tile["message"])

    def test_only_who_may_know_the_figures(self):
        self.assertEqual(self._load(self.seller)["state"], "ready")
        self.assertIsNone(self._load(self.seller, self.cook))

    def test_what_a_row_opens(self):
        tile = self._as(self.manager)["crm.dashboard.tile"]
        scope = {"customer_id": self.baker.id}
        (row,) = self._get_block(self._load(), "rows")["rows"]
        view = SearchView(tile.env, tile.open_report(CODE, scope, row["drill"]))
        lines = view.search()
        self.assertEqual(lines.product_id, self.salt)
        self.assertEqual(len(lines), 12)
        view = SearchView(tile.env, tile.open_report(CODE, scope))
        self.assertEqual(view.search().ids, [row["id"]])

    def test_quotation_with_it(self):
        tile = self._as(self.seller)["crm.dashboard.tile"]
        scope = {"customer_id": self.baker.id}
        (row,) = self._get_block(self._load(), "rows")["rows"]
        action = tile.run_row_action(CODE, "quote", row["id"], scope)
        (command,) = action["context"]["default_order_line"]
        self.assertEqual(command[2]["product_id"], self.salt.id)
        with self.assertRaises(ValidationError):
            scope = {"customer_id": self.cook.id}
            tile = self._as(self.manager)["crm.dashboard.tile"]
            tile.run_row_action(CODE, "quote", row["id"], scope)

    def test_usual_order_asks_before_it_offers(self):
        dialogue = self._as(self.manager)["crm.usual.order"]
        proposal = dialogue.get_proposal(self.baker.id)
        sections = {each["code"]: each for each in proposal["sections"]}
        self.assertEqual(
            sections["leaving"]["title"], "Leaving quietly: ask before you offer"
        )
        (line,) = sections["leaving"]["lines"]
        self.assertEqual(line["name"], "Salt")
        self.assertFalse(line["ticked"])
        usual = [line["name"] for line in sections["usual"]["lines"]]
        self.assertIn("Flour", usual)
        self.assertNotIn("Salt", usual)
        proposal = dialogue.get_proposal(self.cook.id)
        self.assertNotIn("leaving", [each["code"] for each in proposal["sections"]])

    def test_usual_order_of_a_row(self):
        tile = self._as(self.manager)["crm.dashboard.tile"]
        (row,) = self._get_block(self._load(), "rows")["rows"]
        scope = {"customer_id": self.baker.id}
        action = tile.run_row_action(CODE, "usual_order", row["id"], scope)
        self.assertEqual(action["params"]["customer_id"], self.baker.id)
