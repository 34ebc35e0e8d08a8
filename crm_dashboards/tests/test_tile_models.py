# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from ..tiles import blocks
from ..tiles.blocks import to_wire
from .common import NOW, DashboardCase

MONEY = {"value": 12.5, "unit": "money", "currency_id": 1}
COUNT = {"value": 3, "unit": "count"}
DRILL = {"key": "all", "value": True}


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestTileModels(DashboardCase):
    """Each tile is a model, with a record that says where it stands."""

    def test_nothing_of_a_tile_can_be_called_from_outside(self):
        """An abstract model has no access rights: only its names protect it."""
        names = [
            name
            for name in self.env.registry
            if name.startswith("crm.tile") or name == "crm.customer.header"
        ]
        self.assertIn("crm.tile.orders", names)
        base = self.env.registry["base"]
        for name in names:
            public = [
                attribute
                for attribute in dir(self.env.registry[name])
                if not attribute.startswith("_") and not hasattr(base, attribute)
            ]
            fields = {"id", "display_name"}
            self.assertFalse(set(public) - fields, name)

    def test_a_tile_without_a_model_is_refused_in_words(self):
        values = {
            "name": "Nothing",
            "code": "nothing_behind_it",
            "dashboard_id": self.env.ref("crm_dashboards.crm_dashboard_customer").id,
        }
        with self.assertRaisesRegex(ValidationError, "crm.tile.nothing_behind_it"):
            self.env["crm.dashboard.tile"].create(values)
        tile = self.env.ref("crm_dashboards.crm_dashboard_tile_orders")
        with self.assertRaisesRegex(ValidationError, "crm.tile.renamed"):
            tile.code = "renamed"

    def test_a_tile_whose_model_is_gone_is_absent(self):
        tile = self.env.ref("crm_dashboards.crm_dashboard_tile_orders")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_dashboard_tile SET code = 'gone' WHERE id = %s", [tile.id]
        )
        tile.invalidate_recordset()
        env = self._as(self.manager)
        header = env["crm.dashboard.tile"].get_dashboard("account_manager")
        self.assertNotIn("gone", [each["code"] for each in header["tiles"]])
        tiles = env["crm.dashboard.tile"].get_tiles("account_manager", False)
        self.assertNotIn("gone", tiles)
        self.assertIn("rfm", tiles)
        self.assertTrue(self.env["crm.dashboard.tile"].search([("code", "=", "gone")]))

    def test_every_tile_has_a_name_of_its_own_among_models(self):
        tiles = self.env["crm.dashboard.tile"].with_context(active_test=False)
        for tile in tiles.search([]):
            with self.subTest(code=tile.code):
                model = self.env[f"crm.tile.{tile.code}"]
                self.assertTrue(model._abstract)
                self.assertEqual(model._get_code(), tile.code)


@tagged("post_install", "-at_install")
class TestWire(DashboardCase):
    """What the browser gets of each block."""

    def _check(self, block, wire):
        self.assertEqual(to_wire(block), wire)

    def test_words(self):
        self._check(
            blocks.Note("12 late", blocks.Drill("all")),
            {"type": "note", "text": "12 late", "drill": DRILL, "cell": False},
        )
        self._check(
            blocks.Text("Words."),
            {"type": "text", "text": "Words.", "tone": "muted", "link": False},
        )
        self._check(
            blocks.Text("Words.", link=blocks.Link("More", blocks.Drill("all"))),
            {
                "type": "text",
                "text": "Words.",
                "tone": "muted",
                "link": {"label": "More", "drill": DRILL},
            },
        )

    def test_figures(self):
        line = blocks.FigureLine(blocks.count(3), "late", "large", "negative", "up")
        self._check(
            blocks.figure(line),
            {
                "type": "figure",
                "figures": [
                    {
                        "cell": COUNT,
                        "label": "late",
                        "size": "large",
                        "tone": "negative",
                        "direction": "up",
                        "drill": False,
                    }
                ],
                "adds_up": False,
            },
        )

    def test_cells(self):
        self._check(blocks.Money(12.5, currency_id=1), MONEY)
        self._check(blocks.percent(None), {"value": False, "unit": "percent"})
        self._check(blocks.days(9.0), {"value": 9, "unit": "days"})
        self._check(blocks.words("new"), {"value": "new", "unit": "text"})
        self._check(blocks.day("2026-11-21"), {"value": "2026-11-21", "unit": "date"})
        amount = blocks.money(-0.001, self.euro)
        self.assertEqual(str(to_wire(amount)["value"]), "0.0")

    def test_charts(self):
        self._check(
            blocks.BarChart(
                "Years",
                (blocks.Bar("k", "May", "May 2026", 5.0, blocks.Drill("all")),),
                1,
            ),
            {
                "type": "chart",
                "kind": "bar",
                "unit": "money",
                "label": "Years",
                "currency_id": 1,
                "series": [],
                "points": [
                    {
                        "key": "k",
                        "label": "May",
                        "title": "May 2026",
                        "value": 5.0,
                        "drill": DRILL,
                        "unfinished": False,
                        "previous": False,
                    }
                ],
            },
        )
        center = blocks.Center(blocks.count(3), "won")
        self._check(
            blocks.Doughnut(
                "Ring", (blocks.Slice("Won", blocks.count(3), "positive"),), center
            ),
            {
                "type": "chart",
                "kind": "doughnut",
                "label": "Ring",
                "points": [
                    {"label": "Won", "cell": COUNT, "tone": "positive", "drill": False}
                ],
                "center": {"cell": COUNT, "label": "won"},
                "legend": True,
            },
        )

    def test_parts_of_a_whole(self):
        self._check(
            blocks.Share((blocks.ShareItem("A", blocks.count(3), 0.75, mark="new"),)),
            {
                "type": "share",
                "items": [
                    {
                        "label": "A",
                        "cell": COUNT,
                        "share": 0.75,
                        "drill": False,
                        "mark": "new",
                    }
                ],
            },
        )
        self._check(
            blocks.Stack((blocks.StackPart("A", blocks.count(3), 1, level=4),)),
            {
                "type": "stack",
                "parts": [
                    {
                        "label": "A",
                        "cell": COUNT,
                        "share": 1,
                        "drill": False,
                        "tone": False,
                        "level": 4,
                    }
                ],
            },
        )
        self._check(
            blocks.Progress(0.4, "Target", (blocks.Mark(0.5, "8%"),)),
            {
                "type": "progress",
                "value": 0.4,
                "label": "Target",
                "marks": [{"at": 0.5, "label": "8%"}],
                "tone": False,
            },
        )

    def test_grid(self):
        area = blocks.Area(
            "new", "new", "New", "NC", {"count": blocks.count(3)}, (1, 1), (5, 5)
        )
        switch = (blocks.Choice("count", "Customers"),)
        self._check(
            blocks.Grid(5, 5, "value", "recency", switch, (area,)),
            {
                "type": "grid",
                "columns": 5,
                "rows": 5,
                "column_label": "value",
                "row_label": "recency",
                "switch": [{"key": "count", "label": "Customers"}],
                "areas": [
                    {
                        "key": "new",
                        "segment": "new",
                        "label": "New",
                        "short": "NC",
                        "cells": {"count": COUNT},
                        "column": [1, 1],
                        "row": [5, 5],
                        "drill": False,
                        "portrait": False,
                    }
                ],
            },
        )

    def test_rows(self):
        badge = blocks.Badge("new", "NC", "New Customer", 7)
        row = blocks.Row(
            id=1,
            title="Baker",
            avatar=blocks.Avatar(2, "Ann"),
            badge=badge,
            actions=(blocks.RowAction("snooze", "Snooze", "fa-clock-o"),),
            contact="Cecil",
            phone="+32 2 290 34 90",
            chips=(blocks.Chip("silent 68 days", "danger"),),
            rhythm=blocks.Rhythm((0.0, 0.5)),
        )
        self._check(
            blocks.Rows((row,)),
            {
                "type": "rows",
                "rows": [
                    {
                        "id": 1,
                        "title": "Baker",
                        "subtitle": "",
                        "cell": False,
                        "cell_note": False,
                        "cell_hint": False,
                        "tone": False,
                        "direction": False,
                        "avatar": {"user_id": 2, "name": "Ann"},
                        "badge": {
                            "segment": "new",
                            "short": "NC",
                            "label": "New Customer",
                            "metric_id": 7,
                        },
                        "badge_from": False,
                        "drill": False,
                        "actions": [
                            {"key": "snooze", "label": "Snooze", "icon": "fa-clock-o"}
                        ],
                        "contact": "Cecil",
                        "phone": "+32 2 290 34 90",
                        "email": False,
                        "add_phone": False,
                        "chips": [{"text": "silent 68 days", "level": "danger"}],
                        "status": False,
                        "customer_id": False,
                        "spark": False,
                        "rhythm": {"places": [0.0, 0.5]},
                    }
                ],
            },
        )

    def test_timeline(self):
        event = blocks.TimelineEvent(
            "fa-phone", "Call", "Ann", "2026-11-20 10:30:00", blocks.Drill("order", 5)
        )
        more = blocks.Link("Schedule", blocks.Drill("all"))
        self._check(
            blocks.Timeline((event,), more),
            {
                "type": "timeline",
                "events": [
                    {
                        "icon": "fa-phone",
                        "title": "Call",
                        "subtitle": "Ann",
                        "datetime": "2026-11-20 10:30:00",
                        "drill": {"key": "order", "value": 5},
                        "cell": False,
                        "tone": False,
                    }
                ],
                "more": {"label": "Schedule", "drill": DRILL},
            },
        )

    def test_tile(self):
        content = blocks.Content(
            "ready",
            blocks=(blocks.Text("Words."),),
            tabs=(blocks.Tab("a", "All", True),),
        )
        self._check(
            content,
            {
                "state": "ready",
                "message": False,
                "blocks": [
                    {"type": "text", "text": "Words.", "tone": "muted", "link": False}
                ],
                "tabs": [{"key": "a", "label": "All", "active": True, "count": False}],
                "links": [],
            },
        )
