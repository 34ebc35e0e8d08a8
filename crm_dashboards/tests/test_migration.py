# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from pathlib import Path

from odoo.fields import Command
from odoo.modules.migration import load_script
from odoo.tests import TransactionCase, tagged

from odoo.addons.crm_dashboards import migration

SCRIPTS = Path(__file__).parents[1] / "migrations"


@tagged("post_install", "-at_install")
class TestMigration(TransactionCase):
    """What users stored under a field's old name follows it."""

    def _add_favorite(self, model, domain, context="{}", sort="[]"):
        return self.env["ir.filters"].create(
            {
                "name": "Mine",
                "model_id": model,
                "domain": domain,
                "context": context,
                "sort": sort,
            }
        )

    def _rename(self, model, names):
        self.env.flush_all()
        migration.rename_fields(self.env.cr, "crm_dashboards", {model: names})
        self.env.invalidate_all()

    def test_favorite(self):
        favorite = self._add_favorite(
            "crm.lead",
            "[('ending', '=', True), ('partner_id.ending', '=', 1)]",
            "{'group_by': ['ending:month', 'unending']}",
            '["ending desc"]',
        )
        self._rename("crm.lead", {"ending": "crm_ending"})
        self.assertEqual(
            favorite.domain,
            "[('crm_ending', '=', True), ('partner_id.ending', '=', 1)]",
        )
        self.assertEqual(
            favorite.context, "{'group_by': ['crm_ending:month', 'unending']}"
        )
        self.assertEqual(favorite.sort, '["crm_ending desc"]')

    def test_favorite_of_another_model_stays(self):
        favorite = self._add_favorite("res.partner", "[('ending', '=', True)]")
        self._rename("crm.lead", {"ending": "crm_ending"})
        self.assertEqual(favorite.domain, "[('ending', '=', True)]")

    def test_end_of_a_path(self):
        favorite = self._add_favorite(
            "res.partner",
            "[('user_id.mine', '=', 1), ('crm_mine', '=', 1), ('mine', '=', 1)]",
        )
        self.env.flush_all()
        migration.rename_paths(self.env.cr, {"mine": "crm_mine"})
        self.env.invalidate_all()
        self.assertEqual(
            favorite.domain,
            "[('user_id.crm_mine', '=', 1), ('crm_mine', '=', 1), ('mine', '=', 1)]",
        )

    def test_export_list(self):
        exports = self.env["ir.exports"].create(
            {
                "name": "Mine",
                "resource": "crm.lead",
                "export_fields": [
                    Command.create({"name": name})
                    for name in (
                        "ending",
                        "ending/name",
                        "ending_too",
                        "user_id/ending",
                    )
                ],
            }
        )
        self._rename("crm.lead", {"ending": "crm_ending"})
        self.assertEqual(
            exports.export_fields.mapped("name"),
            ["crm_ending", "crm_ending/name", "ending_too", "user_id/ending"],
        )

    def test_value_of_a_selection(self):
        favorite = self._add_favorite(
            "crm.customer.metric", "[('order_state', 'in', ['lapsed', 'missing'])]"
        )
        self.env.flush_all()
        migration.rename_selected(
            self.env.cr,
            "crm_dashboards",
            "crm.customer.metric",
            "order_state",
            "lapsed",
            "gone",
        )
        self.env.invalidate_all()
        self.assertEqual(
            favorite.domain, "[('order_state', 'in', ['gone', 'missing'])]"
        )
        self.assertTrue(
            self.env.ref(
                "crm_dashboards.selection__crm_customer_metric__order_state__gone"
            )
        )

    def test_never_invoiced_count_where_nobody_was_invoiced(self):
        company = self.env["res.company"].create({"name": "New"})
        company.crm_include_never_invoiced = False
        script = load_script(
            str(SCRIPTS / "19.0.2.2.0" / "post-never-invoiced.py"),
            "crm_dashboards_post_never_invoiced",
        )
        script.migrate(self.env.cr, "19.0.2.1.0")
        self.env.invalidate_all()
        self.assertTrue(company.crm_include_never_invoiced)

    def test_two_tiles_of_a_customer_become_one(self):
        tiles = self.env["crm.dashboard.tile"]
        kept = tiles.search([("code", "=", "customer_next_order")])
        kept.write({"name": "Next order", "active": False, "sequence": 30})
        self.env.flush_all()
        self.env.cr.execute(
            """
            INSERT INTO crm_dashboard_tile (code, name, dashboard_id, sequence, size,
                                            active)
            SELECT 'customer_projection', name, dashboard_id, 20, size, TRUE
              FROM crm_dashboard_tile WHERE id = %s
            """,
            [kept.id],
        )
        old, new, other = "customer_projection", "customer_next_order", "customer_due"
        settings = {
            "both": ({"order": [other, old, new]}, {"order": [other, new]}),
            "one": ({"hidden": [new, other]}, {"hidden": [other]}),
            "none": ({"hidden": [new, old]}, {"hidden": [new]}),
            "other": ({"order": [other]}, {"order": [other]}),
        }
        preferences = self.env["crm.dashboard.tile.preference"].create(
            [
                {"user_id": self.env.uid, "dashboard": name, "settings": before}
                for name, (before, _after) in settings.items()
            ]
        )
        self.env.flush_all()
        script = load_script(
            str(SCRIPTS / "19.0.2.3.0" / "pre-one-tile.py"),
            "crm_dashboards_pre_one_tile",
        )
        script.migrate(self.env.cr, "19.0.2.2.0")
        self.env.invalidate_all()
        self.assertFalse(tiles.search([("code", "=", old)]))
        self.assertEqual(kept.name, "Next Order and Month Projection")
        self.assertEqual((kept.active, kept.sequence), (True, 20))
        for preference in preferences:
            _before, after = settings[preference.dashboard]
            self.assertEqual(preference.settings, after)

    def test_title_of_a_tile_unless_it_was_given_another(self):
        tile = self.env["crm.dashboard.tile"].search([("code", "=", "moved_this_week")])
        for before, after in (
            ("Moved this week", "Moved This Week"),
            ("Who moved", "Who moved"),
        ):
            with self.subTest(before=before):
                tile.name = before
                self.env.flush_all()
                script = load_script(
                    str(SCRIPTS / "19.0.2.3.0" / "pre-title-case.py"),
                    "crm_dashboards_pre_title_case",
                )
                script.migrate(self.env.cr, "19.0.2.2.0")
                self.env.invalidate_all()
                self.assertEqual(tile.name, after)

    def test_risk_is_not_shown_as_leaves(self):
        """Until the next night nothing is known of who leaves."""
        customer = self.env["res.partner"].create({"name": "Late"})
        metric = self.env["crm.customer.metric"].create(
            {
                "partner_id": customer.id,
                "company_id": self.env.company.id,
                "churn_probability": 0.73,
                "value_at_risk": 100,
            }
        )
        self.env.flush_all()
        script = load_script(
            str(SCRIPTS / "19.0.2.1.0" / "pre-leaves.py"), "crm_dashboards_pre_leaves"
        )
        script.migrate(self.env.cr, "19.0.2.0.0")
        self.env.invalidate_all()
        self.assertFalse(metric.churn_probability)
        self.assertEqual(metric.value_at_risk, 100)
