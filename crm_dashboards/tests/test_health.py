# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The page that tells administrators how the figures are."""

from io import BytesIO
from unittest.mock import patch

from openpyxl import load_workbook

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import NOW, DashboardCase

HEALTH = "health"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestHealth(DashboardCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.administrator = cls._create_user(
            "administrator", "sales_team.group_sale_salesman,base.group_system"
        )
        cls.env.ref(
            "crm_dashboards.ir_cron_refresh_metrics"
        ).nextcall = "2026-11-22 04:10:00"
        cls.mine = cls._create_customer("Mine", cls.seller)
        cls.nobodys = cls._create_customer("Nobody's")
        cls._create_order(cls.mine, "2026-11-02", 100)
        cls._create_order(cls.nobodys, "2026-11-03", 70)

    def _get_tiles(self, user=None, companies=None):
        env = self._as(user or self.administrator, companies)
        return env["crm.dashboard.tile"].get_tiles(HEALTH, False)

    def _get_tasks(self):
        """Return {title: (details, link, drill)} of what there is to do."""
        tile = self._get_tiles()["health_to_do"]
        return {
            event["title"]: (event["subtitle"], event["cell"]["value"], event["drill"])
            for block in self._get_blocks(tile, "timeline")
            for event in block["events"]
        }

    def _open(self, code, drill, user=None):
        tiles = self._as(user or self.administrator)["crm.dashboard.tile"]
        return tiles.open_report(code, {}, drill)

    def _open_task(self, title):
        _details, _link, drill = self._get_tasks()[title]
        return self._open("health_to_do", drill)

    # ------------------------------------------------------------------
    # Who comes in
    # ------------------------------------------------------------------

    def test_administrators_only(self):
        for user in (self.manager, self.seller, self.colleague):
            with self.subTest(user=user.name):
                with self.assertRaises(ValidationError):
                    self._get_tiles(user)
                tiles = self._as(user)["crm.dashboard.tile"]
                with self.assertRaises(ValidationError):
                    tiles.get_dashboard(HEALTH)
                for code in ("health_nights", "health_to_do", "health_schedule"):
                    with self.assertRaises(AccessError):
                        tiles.open_report(code)
                with self.assertRaises(AccessError):
                    self._as(user)["crm.night"].search([])

    def test_tile_on_another_dashboard_stays_the_administrators(self):
        tile = self.env["crm.dashboard.tile"].search([("code", "=", "health_to_do")])
        tile.dashboard_id = self.env.ref("crm_dashboards.crm_dashboard_account_manager")
        self.assertIsNone(self._get_tile("health_to_do"))
        self.assertTrue(self._get_tile("health_to_do", self.administrator))
        with self.assertRaises(AccessError):
            self._open("health_to_do", {"key": "task", "value": "cron"}, self.manager)

    def test_header_is_of_the_company(self):
        tiles = self._as(self.administrator)["crm.dashboard.tile"]
        header = tiles.get_dashboard(HEALTH)
        self.assertEqual(header["company"]["name"], "Wholesale")
        self.assertFalse(header["scopes"])
        self.assertFalse(header["empty"])
        self.assertFalse(header["notice"])

    def test_every_tile_says_something(self):
        for step in ("before", "after"):
            tiles = self._get_tiles()
            self.assertEqual(len(tiles), 8)
            for code, tile in tiles.items():
                with self.subTest(step=step, code=code):
                    self.assertIn(tile["state"], ("ready", "empty"))
                    self.assertTrue(tile["blocks"] or tile["message"])
            self._refresh()

    # ------------------------------------------------------------------
    # Nights
    # ------------------------------------------------------------------

    def test_a_night_is_noted(self):
        self._refresh()
        night = self.env["crm.night"]._get_last(self.company)
        self.assertEqual(night.result, "done")
        self.assertEqual(night.date, fields.Datetime.to_datetime(NOW))
        self.assertEqual(night.customer_count, 2)
        self.assertEqual(night.changed_count, 2)
        self.assertEqual(
            [name for name, _seconds in night.phase_times],
            [phase.name for phase in self.env["crm.metric.refresh"]._get_phases()],
        )
        self.assertIn("Figures ", night.phases)
        (row,) = self._get_block(self._get_tiles()["health_nights"], "rows")["rows"]
        self.assertEqual(row["subtitle"], "2 customers, 2 changed")
        self.assertEqual(row["cell_note"], "Done")

    def test_refresh_of_one_customer_is_no_night(self):
        self._refresh()
        refresh = self.env["crm.metric.refresh"]
        refresh._refresh_customer(self.company, self.mine)
        self.assertEqual(
            self.env["crm.night"].search_count([("company_id", "=", self.company.id)]),
            1,
        )

    def test_a_failed_night_is_told_with_its_error(self):
        self._refresh()
        self.env["crm.metric.refresh"]._store_error(self.company, ValueError("Boom"))
        tiles = self._get_tiles()
        first = self._get_block(tiles["health_nights"], "rows")["rows"][0]
        self.assertEqual(first["subtitle"], "Boom")
        self.assertEqual(first["cell_note"], "Failed")
        details, link, drill = self._get_tasks()["The last night failed"]
        self.assertEqual((details, link), ("Boom", "Nights"))
        action = self._open("health_to_do", drill)
        self.assertEqual(action["res_model"], "crm.night")

    def test_second_try_is_told(self):
        refresh = self.env["crm.metric.refresh"]
        refuse = [True]

        def fail_once(model, company):
            if refuse.pop():
                refuse.append(False)
                raise refresh_errors[0]("deleted meanwhile")
            return model._run_night(company)

        from ..models.crm_metric_refresh import PASSING_ERRORS as refresh_errors

        with (
            patch.object(type(refresh), "_refresh_company", fail_once),
            patch.object(self.env.cr, "rollback", lambda: None),
        ):
            refresh._refresh_company_safely(self.company)
        night = self.env["crm.night"]._get_last(self.company)
        self.assertEqual(night.result, "retried")

    def test_old_nights_are_forgotten(self):
        self._refresh()
        night = self.env["crm.night"]._get_last(self.company)
        self.env["crm.night"]._gc_nights()
        self.assertTrue(night.exists())
        night.date = "2025-10-01"
        self.env["crm.night"]._gc_nights()
        self.assertFalse(night.exists())

    def test_run_now_asks_for_a_night(self):
        self._refresh()
        cron = self.env.ref("crm_dashboards.ir_cron_refresh_metrics")
        triggers = self.env["ir.cron.trigger"]
        before = triggers.search_count([("cron_id", "=", cron.id)])
        action = self._open("health_nights", {"key": "run", "value": True})
        self.assertEqual(action["tag"], "display_notification")
        self.assertEqual(triggers.search_count([("cron_id", "=", cron.id)]), before + 1)

    def test_nights_of_a_foreign_company_stay_there(self):
        self._refresh()
        self._refresh(self.sister)
        env = self._as(self.administrator)
        nights = env["crm.night"].search([])
        self.assertEqual(nights.company_id, self.company)

    # ------------------------------------------------------------------
    # At a glance
    # ------------------------------------------------------------------

    def test_figures_at_a_glance(self):
        self._create_order(self._create_customer("Ann", is_company=False), NOW, 5)
        self._refresh()
        strip = self._get_block(self._get_tiles()["health_summary"], "strip")
        found = {
            each["label"]: (each["cell"]["value"], each["note"])
            for each in strip["figures"]
        }
        self.assertEqual(found["Customers compared"], (2, "left out: 1"))
        self.assertEqual(found["Last night"][1], "Sat, Nov 21, 12:00 PM")
        self.assertEqual(found["Next night"], ("4:10 AM", "Sun, Nov 22"))

    # ------------------------------------------------------------------
    # To do
    # ------------------------------------------------------------------

    def test_sound_figures_leave_nothing_to_do(self):
        self.nobodys.user_id = self.seller
        self._refresh()
        tile = self._get_tiles()["health_to_do"]
        self.assertEqual(tile["message"], "Nothing to do: all figures are sound.")

    def test_customers_without_account_manager(self):
        self._refresh()
        title = "1 customer has no account manager"
        details, link, _drill = self._get_tasks()[title]
        self.assertEqual(details.replace("\N{NO-BREAK SPACE}", " "), self._euros(70))
        self.assertEqual(link, "Assign")
        self.assertTrue(self._open_task(title))

    def _euros(self, value):
        return f"ordered this month: {value} €"

    def test_broken_records_are_named_and_opened(self):
        order = self._create_order(self.mine, "2026-11-05", 10)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_order SET amount_untaxed = 'NaN' WHERE id = %s", order.ids
        )
        self.env.invalidate_all()
        self._refresh()
        title = "Sales Order: left out for its amount: 1"
        self.assertEqual(self._get_tasks()[title][:2], (order.name, "Open"))
        action = self._open_task(title)
        self.assertEqual(action["res_model"], "sale.order")
        self.assertEqual(action["domain"], [("id", "in", order.ids)])

    def test_orders_without_a_rate(self):
        order = self._create_order(self.mine, "2026-11-05", 10, currency=self.dollar)
        self._refresh()
        title = "1 order in another currency has no rate"
        self.assertEqual(self._get_tasks()[title][1], "Open orders")
        action = self._open_task(title)
        found = self.env["sale.order"].search(action["domain"])
        self.assertEqual(found, order)

    def test_rates_in_use_that_are_old(self):
        self._create_rate("2026-09-01", 1.25)
        self._create_order(self.mine, "2026-11-05", 10, currency=self.dollar)
        self._refresh()
        title = "The rate of USD is 81 days old"  # 30 of September, 31, 20 and one
        self.assertEqual(
            self._get_tasks()[title][:2],
            ("orders of the last 31 days that use it: 1", "Rates"),
        )
        action = self._open_task(title)
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("res.currency", self.dollar.id)
        )
        self._create_rate("2026-11-20", 1.25)
        self.assertNotIn(title, self._get_tasks())

    def test_job_that_stands_still(self):
        self._refresh()
        with freeze_time("2026-11-23 12:00:00"):
            self.assertIn("No figures since Sat, Nov 21, 12:00 PM", self._get_tasks())
        cron = self.env.ref("crm_dashboards.ir_cron_refresh_metrics")
        cron.active = False
        self.assertIn("The nightly job is switched off", self._get_tasks())
        action = self._open_task("The nightly job is switched off")
        self.assertEqual((action["res_model"], action["res_id"]), ("ir.cron", cron.id))

    def test_most_customers_left_out(self):
        for number in range(3):
            person = self._create_customer(f"Person {number}", is_company=False)
            self._create_order(person, "2026-11-05", 10)
        self._refresh()
        title = "Most customers are left out"
        self.assertEqual(
            self._get_tasks()[title][:2], ("Left out: 3 individuals.", "Settings")
        )
        self.assertEqual(self._open_task(title)["res_model"], "res.config.settings")

    def test_a_tile_whose_addon_is_gone_is_named(self):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_dashboard_tile SET code = 'gone' WHERE code = 'orders'"
        )
        self.env.invalidate_all()
        title = "Tiles whose addon is not there"
        self.assertEqual(self._get_tasks()[title][:2], ("Orders", "Tiles"))
        self.assertEqual(self._open_task(title)["res_model"], "crm.dashboard.tile")

    def test_links_are_those_that_were_shown(self):
        self._refresh()
        for value in ("rates-1", "broken-res.users-date", "tasks", "content", 7, True):
            with self.subTest(value=value), self.assertRaises(ValidationError):
                self._open("health_to_do", {"key": "task", "value": value})

    # ------------------------------------------------------------------
    # The rest
    # ------------------------------------------------------------------

    def test_left_out_by_reason(self):
        person = self._create_customer("Ann", is_company=False)
        self._create_order(person, "2026-11-05", 10)
        self._refresh()
        tile = self._get_tiles()["health_left_out"]
        rows = self._get_block(tile, "rows")["rows"]
        counts = {row["title"]: row["cell"]["value"] for row in rows}
        self.assertEqual(
            counts,
            {
                "Individuals": 1,
                "Never invoiced": 0,
                "Invoiced, but never ordered": 0,
                "Left out by hand": 0,
            },
        )
        action = self._open("health_left_out", rows[0]["drill"])
        found = self.env["crm.customer.metric"].search(action["domain"])
        self.assertEqual(found.partner_id, person)

    def test_storage_has_our_tables_only(self):
        sizes = self.env["crm.tile.health_storage"]._read_sizes()
        names = {name for name, _rows, _size in sizes}
        self.assertLessEqual({"Customer Figures", "Night", "Alert"}, names)
        self.assertNotIn("Contact", names)
        self.assertEqual(
            [size for *_name, size in sizes],
            sorted((size for *_name, size in sizes), reverse=True),
        )

    def test_what_runs_by_itself(self):
        tile = self._get_tiles()["health_schedule"]
        rows = self._get_block(tile, "rows")["rows"]
        (row,) = (
            row
            for row in rows
            if row["title"] == "CRM Dashboards: refresh customer figures"
        )
        self.assertEqual(row["cell"]["value"], "Sun, Nov 22, 4:10 AM")
        self.assertTrue(row["subtitle"].startswith("every day"))
        action = self._open("health_schedule", row["drill"])
        self.assertEqual(action["res_model"], "ir.cron")

    def test_every_phase_of_a_night_has_a_name(self):
        phases = {phase.name for phase in self.env["crm.metric.refresh"]._get_phases()}
        self.assertLessEqual(phases, set(self.env["crm.night"]._get_phase_labels()))

    def test_workbook_has_every_tile(self):
        self._refresh()
        night = self.env["crm.night"]._get_last(self.company)
        night.phase_times = [["figures", 2.5], ["alerts", 1.5]]
        tiles = self._as(self.administrator)["crm.dashboard.tile"]
        action = tiles.export_dashboard(HEALTH)
        content, _extension = tiles.env["ir.actions.report"]._render_xlsx(
            action["report_name"], None, data=action["data"]
        )
        book = load_workbook(BytesIO(content))
        nights = book["Nights"]
        # how long each phase took stands in words, which have no total
        cells = [cell.value for row in nights.iter_rows() for cell in row]
        self.assertIn("Part", cells)
        self.assertNotIn("Total", cells)

    def test_workbook_of_nights_names_no_scope(self):
        self._refresh()
        tiles = self._as(self.administrator)["crm.dashboard.tile"]
        action = tiles.export_report("health_nights", {})
        content, _extension = tiles.env["ir.actions.report"]._render_xlsx(
            action["report_name"], None, data=action["data"]
        )
        sheet = load_workbook(BytesIO(content)).worksheets[0]
        labels = [row[0].value for row in sheet.iter_rows()]
        self.assertIn("Company", labels)
        self.assertNotIn("Scope", labels)
