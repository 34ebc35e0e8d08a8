# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Walks over tiles and compares each with its report and its Excel.

An addon with a tile of its own runs the same walk: a class of its tests inherits
:class:`InvariantCase`, names the addon and its checks, and adds records to the history.
"""

from unittest.mock import patch

from ..nightly.periods import get_viewer_zone
from .history_common import HistoryCase
from .tile_checks import CORE_CHECKS
from .tile_view import TileView
from .workbook_rows import TileSheet

ACCOUNT_MANAGER, CUSTOMER = "account_manager", "customer"


class InvariantCase(HistoryCase):
    """Tile, report and workbook have the same number, whoever looks.

    Attributes
    ----------
    module : str
        Addon whose tiles are walked over.
    checks : dict
        {code: TileCheck} of these tiles.
    row_count : int
        Rows that a tile shows at most.
    """

    module = "crm_dashboards"
    checks = CORE_CHECKS
    row_count = 5

    def setUp(self):
        super().setUp()
        self.report_sheets, self.search_views = {}, {}

    # ------------------------------------------------------------------
    # The tests that each addon runs
    # ------------------------------------------------------------------

    def _check_every_tile_has_a_check(self):
        codes = {*self._get_codes(ACCOUNT_MANAGER), *self._get_codes(CUSTOMER)}
        self.assertEqual(codes, set(self.checks))

    def _check_everybody(self):
        """Walk as a manager and a salesperson of own documents in both companies."""
        for company in (self.company, self.sister):
            for user in (self.manager, self.seller):
                self._check_viewer(user, company)

    def _check_all_companies(self):
        """Walk with the money of all companies: the active ones, or by a button."""
        both = self.company | self.sister
        scope = {"account_manager": "all", "all_sales": True}
        self._walk(self.manager, both, ACCOUNT_MANAGER, **scope)
        self.manager.group_ids += self.env.ref("crm_dashboards.group_manufacturer")
        scope = {"customer_id": self.customer.id, "all_sales": True}
        self._walk(self.manager, self.company, CUSTOMER, **scope)

    def _check_viewer(self, user, companies, with_workbooks=True):
        """Walk over both dashboards as ``user``, and see something on every tile."""
        viewer = (user, companies)
        scope = {"account_manager": "all"}
        filled = self._walk(*viewer, ACCOUNT_MANAGER, with_workbooks, **scope)
        self.assertEqual(filled, set(self._get_codes(ACCOUNT_MANAGER)))
        filled = set()
        for customer in self._get_history_customers():
            scope = {"customer_id": customer.id}
            filled |= self._walk(*viewer, CUSTOMER, with_workbooks, **scope)
        self.assertEqual(filled, set(self._get_codes(CUSTOMER)))

    def _get_codes(self, dashboard):
        """Return the codes of the addon's tiles, those of restricted groups, too."""
        data = self.env["ir.model.data"].search(
            [("model", "=", "crm.dashboard.tile"), ("module", "=", self.module)]
        )
        tiles = self.env["crm.dashboard.tile"].search(
            [("id", "in", data.mapped("res_id")), ("dashboard_id.code", "=", dashboard)]
        )
        return tiles.mapped("code")

    # ------------------------------------------------------------------
    # The walk
    # ------------------------------------------------------------------

    def _walk(self, user, companies, dashboard, with_workbooks=True, **scope):
        """Compare every tile of a dashboard, with each of its tabs.

        :param bool with_workbooks: compare what Excel gets, too
        :return: set of the codes of the tiles that said more than zeros
        """
        codes = self._get_codes(dashboard)
        if not codes:
            return set()
        env = self._as(user, companies)
        tabs = {
            code: [tab["key"] for tab in tile["tabs"]] or [None]
            for code, tile in self._request(env, dashboard, codes, scope).items()
        }
        filled = set()
        for number in range(max(map(len, tabs.values()), default=1)):
            turn = {code: keys[number] for code, keys in tabs.items() if keys[number:]}
            chosen = {code: key for code, key in turn.items() if key}
            full_scope = {**scope, "tabs": chosen}
            tiles = self._request(env, dashboard, list(turn), full_scope)
            asked = turn if number else codes
            book = with_workbooks and self._export(env, dashboard, full_scope, asked)
            if book and not number:
                self._check_absent(book, set(codes) - set(tabs))
            for code in turn:
                with self.subTest(
                    tile=code, user=user.name, company=env.company.name, **full_scope
                ):
                    view = TileView(
                        self, env, code, full_scope, tiles[code], with_workbooks
                    )
                    if self._compare(view, book):
                        filled.add(code)
        return filled

    def _request(self, env, dashboard, codes, scope):
        self.env.flush_all()
        self.env.invalidate_all()
        return env["crm.dashboard.tile"].get_tiles(dashboard, codes, scope)

    def _export(self, env, dashboard, scope, codes):
        """Return the workbook of those tiles: a sheet is of a tile alone."""
        visible = type(env["crm.dashboard"])._get_visible_tiles

        def get_asked(dashboard):
            return visible(dashboard).filtered(lambda tile: tile.code in codes)

        action = env["crm.dashboard.tile"].export_dashboard(dashboard, scope)
        with patch.object(
            self.registry["crm.dashboard"], "_get_visible_tiles", get_asked
        ):
            return self._open(self._render(env, action))

    def _check_absent(self, book, codes):
        """A tile that the user may not see has no sheet."""
        tiles = self.env["crm.dashboard.tile"].search([("code", "in", list(codes))])
        for tile in tiles:
            self.assertNotIn(tile.name, book.sheetnames)

    def _compare(self, view, book):
        """Compare one tile; return whether it says more than zeros."""
        tile, check = view.tile, self.checks[view.code]
        self.assertIn(tile["state"], ("ready", "empty"))
        record = self.env["crm.dashboard.tile"].search([("code", "=", view.code)])
        self.assertEqual(record._get_layout()["see_more"], not check.no_report)
        if tile["state"] == "ready":
            check.compare(view)
            view.check_nothing_is_left()
        elif not (check.no_report or check.wider_report):
            view.compare_empty()
        if book and tile["title"] in book.sheetnames:
            zone = get_viewer_zone(view.env).tzinfo
            view.compare_sheet(TileSheet(book[tile["title"]], zone))
        elif book:
            self.assertEqual(
                (record.dashboard_id.code, tile["state"]), (CUSTOMER, "empty")
            )
        return tile["state"] == "ready" and view.has_something()
