# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import DashboardCase
from .due_common import DueMixin

SPACE = "\N{NO-BREAK SPACE}"


@tagged("post_install", "-at_install")
class TestRfmTile(DueMixin, DashboardCase):
    """Fixed cut-offs, so that each customer's segment is known beforehand.

    Recency 30, 60, 120, 240 days; orders 2, 4, 8, 16; value 500, 1500, 5000, 15000.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.crm_rfm_method = "cutoffs"
        cls.customers = {}
        for name, manager, orders in (
            ("new", cls.seller, [("2026-11-01", 40)]),
            ("new too", cls.colleague, [("2026-11-02", 60)]),
            ("promising", cls.seller, [("2026-10-01", 7)]),
            # F 2, M 2
            ("potential", cls.colleague, [("2026-11-01", 500), ("2026-05-01", 100)]),
            ("sleepy", None, [("2026-08-20", 500), ("2026-05-01", 1)]),
            # F 3, M 5
            ("champion", cls.colleague, [(f"2026-11-0{d}", 5000) for d in range(1, 6)]),
        ):
            customer = cls._create_customer(name, manager)
            cls._create_orders([(customer, day, value) for day, value in orders])
            cls.customers[name] = customer

    def _get_areas(self, **viewer):
        grid = self._get_block(self._get_tile("rfm", **viewer), "grid")
        return {area["segment"]: area for area in grid["areas"]}

    def _open(self, drill):
        tile = self._as(self.manager)["crm.dashboard.tile"]
        return tile.open_report("rfm", {"account_manager": "all"}, drill)

    def _get_figures(self, **viewer):
        """Return {segment: (customers, value)} of the segments with customers."""
        return {
            segment: (area["cells"]["count"]["value"], area["cells"]["value"]["value"])
            for segment, area in self._get_areas(**viewer).items()
            if area["cells"]["count"]["value"]
        }

    def test_segments_have_customers_and_their_value(self):
        self._refresh()
        self.assertEqual(
            self._get_figures(),
            {
                "new": (2, 100),
                "promising": (1, 7),
                "potential_loyalist": (1, 600),
                "about_to_sleep": (1, 501),
                "champions": (1, 25000),
            },
        )

    def test_scope_keeps_an_account_manager_s_customers(self):
        self._refresh()
        self.assertEqual(
            self._get_figures(scope={"account_manager": self.seller.id}),
            {"new": (1, 40), "promising": (1, 7)},
        )
        self.assertEqual(
            self._get_figures(scope={"account_manager": "none"}),
            {"about_to_sleep": (1, 501)},
        )
        self.assertEqual(
            self._get_figures(user=self.seller, scope={"account_manager": "all"}),
            {"new": (1, 40), "promising": (1, 7)},
        )
        tile = self._get_tile("rfm", scope={"account_manager": "me"})
        self.assertEqual(tile["state"], "empty")

    def test_ten_areas_fill_the_grid_without_overlap(self):
        self._refresh()
        cells = {}
        for segment, area in self._get_areas().items():
            columns, rows = area["column"], area["row"]
            for column in range(columns[0], columns[1] + 1):
                for row in range(rows[0], rows[1] + 1):
                    cells.setdefault((column, row), []).append(segment)
        self.assertEqual(len(cells), 25)
        self.assertTrue(all(len(segments) == 1 for segments in cells.values()))
        # corners: fm 1 and 5, r 5 (on top) and 1
        self.assertEqual(cells[1, 5], ["new"])
        self.assertEqual(cells[5, 5], ["champions"])
        self.assertEqual(cells[1, 1], ["hibernating"])
        self.assertEqual(cells[5, 1], ["dont_lose_them"])
        self.assertEqual(cells[3, 3], ["needs_attention"])

    def test_areas_have_names_and_short_names(self):
        self._refresh()
        self.assertEqual(
            {area["short"]: area["label"] for area in self._get_areas().values()},
            {
                "C": "Champions",
                "LC": "Loyal Customer",
                "PL": "Potential Loyalist",
                "P": "Promising",
                "NC": "New Customer",
                "NA": "Needs Attention",
                "ATS": "About to Sleep",
                "H": "Hibernating",
                "AR": "At Risk",
                "DLT": "Don't Lose Them",
            },
        )

    def test_an_area_says_who_they_are_and_what_to_do(self):
        """One of six customers, 501 of 26,208; the seller's dormant ones are nobody."""
        self._refresh()
        areas = self._get_areas()
        sleepy = areas["about_to_sleep"]["portrait"]
        self.assertEqual(sleepy["shares"], "17% of the customers, 1.9% of their sales")
        self.assertEqual(sleepy["who"], "Ordered little, and less and less lately.")
        self.assertEqual(sleepy["advice"], "Write to all, and call the larger ones.")
        self.assertEqual(
            [(link["label"], link["drill"]["key"]) for link in sleepy["links"]],
            [("Open list", "segment"), ("Campaign…", "campaign")],
        )
        for segment in ("champions", "hibernating"):  # no reason, nobody
            links = areas[segment]["portrait"]["links"]
            self.assertEqual([link["label"] for link in links], ["Open list"])

    def test_a_campaign_is_for_those_of_the_area_who_are_late(self):
        """Whoever has no rhythm may be won back; whose order is not due, not."""
        on_time = self._create_customer("on time", None)
        days = ("2024-05-01", "2024-12-27", "2025-08-24")
        self._create_orders([(on_time, day, 100) for day in (*days, "2026-04-21")])
        self._refresh()
        metric = self._get_metric(on_time)
        self.assertEqual(
            (metric.segment, metric.order_state), ("hibernating", "expected")
        )
        action = self._open({"key": "campaign", "value": "about_to_sleep"})
        self.assertEqual(action["res_model"], "crm.reactivation.wizard")
        sleepy = self._get_metric(self.customers["sleepy"])
        self.assertEqual(action["context"]["default_metric_ids"], sleepy.ids)
        with self.assertRaises(UserError):
            self._open({"key": "campaign", "value": "hibernating"})
        with self.assertRaises(UserError):
            self._open({"key": "campaign", "value": "needs_attention"})
        for odd in ("champions", "nobody", 3):
            with self.assertRaises(ValidationError):
                self._open({"key": "campaign", "value": odd})

    def test_tile_says_who_is_left_out(self):
        for name, values in (
            ("A", {"is_company": False}),
            ("B", {"is_company": False}),
            ("C", {"customer_rank": 0}),
            ("D", {"crm_exclude_from_figures": True}),
        ):
            customer = self._create_customer(name, **values)
            self._create_order(customer, "2026-11-01", 1)
        self._create_customer("E")
        self._refresh()
        tile = self._get_tile("rfm")
        self.assertEqual(self._get_block(tile, "note")["text"], "6 customers")
        (words,) = self._get_words(tile)
        for part in (
            "2 individuals",
            "1 never invoiced",
            "1 left out by hand",
            "1 who never ordered",
        ):
            self.assertIn(part, words)
        self.assertIn("Few customers (6): a segment is a rough guide.", words)

    def test_few_customers_are_said_to_say_little_up_to_50(self):
        customers = self.env["res.partner"]
        for number in range(44):
            customers += self._create_customer(f"Customer {number}")
        self._create_orders([(customer, "2026-11-01", 1) for customer in customers])
        self._refresh()
        tile = self._get_tile("rfm")
        self.assertEqual(
            self._get_words(tile), ["Few customers (50): a segment is a rough guide."]
        )
        self._create_order(self._create_customer("One more"), "2026-11-01", 1)
        self._refresh()
        tile = self._get_tile("rfm")
        self.assertEqual(self._get_block(tile, "note")["text"], "51 customers")
        self.assertFalse(self._get_words(tile))

    def test_before_the_first_night(self):
        tile = self._get_tile("rfm")
        self.assertEqual(tile["state"], "empty")
        self.assertIn("made each night", tile["message"])

    def test_too_few_customers(self):
        for name in ("champion", "sleepy"):
            self.customers[name].active = False
        self._refresh()
        tile = self._get_tile("rfm")
        self.assertEqual(tile["state"], "empty")
        self.assertIn("at least 5", tile["message"])

    def test_figures_are_of_the_night_until_the_next(self):
        self._refresh()
        self._create_order(self.customers["new"], "2026-11-20", 1000)
        self.assertEqual(self._get_figures()["new"], (2, 100))
        self._refresh()
        self.assertEqual(self._get_figures()["new"], (1, 60))

    def test_explanation_by_hand(self):
        self._refresh()
        metric = self._get_metric(self.customers["promising"])
        metric = metric.with_env(self._as(self.manager))
        why = metric.env["crm.dashboard.tile"].get_rfm_explanation(metric.id)
        self.assertEqual(why["title"], "Promising")
        days, orders, value = why["lines"]
        # 1 October is 51 days ago; of five others only the sleepy one waited longer
        self.assertEqual(days["cell"], {"value": 51, "unit": "days"})
        self.assertAlmostEqual(days["percentile_rank"], 1 / 5)
        self.assertEqual(orders["cell"], {"value": 1, "unit": "count"})
        self.assertEqual(orders["percentile_rank"], 0)
        self.assertEqual(value["cell"]["value"], 7)
        self.assertEqual(value["percentile_rank"], 0)
        # a second order: R 5, F 2, FM at least 2; FM 4 takes M 5, 15000 in all
        usual, large = f"7{SPACE}€", f"14,993{SPACE}€"
        self.assertEqual(
            why["move"],
            f"Any order now, such as one of {usual}, would make it Potential Loyalist. "
            f"One of at least {large} would make it Champions.",
        )

    def test_explanation_of_a_customer_left_out(self):
        individual = self._create_customer("Individual", is_company=False)
        self._create_order(individual, "2026-11-01", 1)
        self._refresh()
        metric = self._get_metric(individual).with_env(self._as(self.manager))
        why = metric.env["crm.dashboard.tile"].get_rfm_explanation(metric.id)
        self.assertEqual(why["title"], "Individual")
        self.assertFalse(why["move"])
        self.assertFalse(any(line["percentile_rank"] for line in why["lines"]))

    def test_explanation_of_a_customer_who_never_ordered(self):
        invoiced = self._create_customer("Invoiced")
        books = self._create_books(self.company)
        self._create_invoice(books, invoiced, "2026-11-01", "2026-12-01", 9)
        self._refresh()
        metric = self._get_metric(invoiced).with_env(self._as(self.manager))
        why = metric.env["crm.dashboard.tile"].get_rfm_explanation(metric.id)
        days, orders, _value = why["lines"]
        self.assertEqual(days["cell"], {"value": "no order yet", "unit": "text"})
        self.assertEqual(orders["cell"]["value"], 0)
        self.assertFalse(why["move"])


@tagged("post_install", "-at_install")
class TestPromisedOrders(DashboardCase):
    """What an order is said to do is tried by making the order."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        orders = [(f"Tie {number}", "2026-06-01", 100) for number in range(8)]
        orders += [
            ("Twice", "2026-11-16", 50),
            ("Twice", "2026-11-16", 70),
            ("Returned", "2026-01-10", 100),
            ("Returned", "2026-03-01", -100),
            ("Returned", "2026-05-01", -20),
            ("Ten", "2026-11-12", 10),
            ("Twenty", "2026-11-12", 20),
            ("Thirty", "2026-11-12", 30),
            ("Forty", "2026-11-12", 40),
        ]
        names = dict.fromkeys(name for name, _day, _value in orders)
        cls.customers = {name: cls._create_customer(name) for name in names}
        cls._create_orders([(cls.customers[name], *rest) for name, *rest in orders])
        cls._refresh()

    def _get_promise(self, name):
        metric = self._get_metric(self.customers[name]).with_env(self._as(self.manager))
        return metric.env["crm.dashboard.tile"].get_rfm_explanation(metric.id)["move"]

    def _try_order(self, name, value):
        """Return the name of the segment after an order, which is taken back."""
        with self.env.cr.savepoint() as savepoint:
            self._create_order(self.customers[name], "2026-11-21 09:00:00", value)
            self._refresh()
            label = self._get_metric(self.customers[name])._get_segment_label()
            savepoint.rollback()
        self.env.invalidate_all()
        return label

    def test_sentence_is_true_of_each_order_that_it_speaks_of(self):
        # By 40.00 the value becomes 20.00, second with Twenty's: with F 2 as good as
        # the eight who tie, 9 of 14, FM 4. By less only four are behind: FM 2.
        value = f"40{SPACE}€"
        self.assertEqual(
            self._get_promise("Returned"),
            f"An order of at least {value} now would make it Champions.",
        )
        for value in (40, 45, 100, 10000):
            self.assertEqual(self._try_order("Returned", value), "Champions")
        for value in (1, 30, 39.99):
            self.assertEqual(self._try_order("Returned", value), "Potential Loyalist")

    def test_any_order_is_said_where_any_does(self):
        # with F 2, and a value above all but the eight who tie and Twice
        value = f"40{SPACE}€"
        self.assertEqual(
            self._get_promise("Forty"),
            f"Any order now, such as one of {value}, would make it Champions.",
        )
        for value in (0.01, 40, 10000):
            self.assertEqual(self._try_order("Forty", value), "Champions")
