# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged
from odoo.tools import SQL

from ..models.unchecked_many2one import UncheckedMany2one
from .engagement_common import EngagementCase


@tagged("post_install", "-at_install")
class TestUncheckedReferences(EngagementCase):
    """What the night writes by the million, and what is deleted nevertheless."""

    def _get_metric(self, **values):
        metric = self.env["crm.customer.metric"].sudo().search([], limit=1)
        self.env.flush_all()
        for name, record in values.items():
            self.env.cr.execute(
                SQL(
                    "UPDATE crm_customer_metric SET %s = %s WHERE id = %s",
                    SQL.identifier(name),
                    record.id,
                    metric.id,
                )
            )
        metric.invalidate_recordset()
        return metric

    def test_no_foreign_key_is_checked_for_them(self):
        for table, columns in (
            ("crm_customer_metric", {"partner_id", "create_uid", "write_uid"}),
            ("crm_quotation_change", set()),
        ):
            self.env.cr.execute(
                """
                SELECT attname
                  FROM pg_constraint JOIN pg_attribute
                    ON attrelid = conrelid AND attnum = ANY(conkey)
                 WHERE contype = 'f' AND conrelid = %s::regclass
                """,
                [table],
            )
            found = {name for (name,) in self.env.cr.fetchall()}
            self.assertEqual(found, columns, table)

    def test_contacts_are_checked(self):
        """Odoo merges them by foreign keys."""
        for model in self.env.values():
            for field in model._fields.values():
                if isinstance(field, UncheckedMany2one):
                    self.assertNotEqual(field.comodel_name, "res.partner", str(field))

    def test_deleted_quotation_takes_its_changes_along(self):
        self._send(self.quotation)
        order_id = self.quotation.id
        newer = self.quotation.copy()
        change = (
            self.env["crm.quotation.change"]
            .sudo()
            .create(
                {
                    "order_id": order_id,
                    "kind": "replaced",
                    "date": "2026-11-21",
                    "replaced_by_id": newer.id,
                }
            )
        )
        newer.unlink()
        self.assertFalse(change.replaced_by_id)
        self.quotation._action_cancel()
        self.quotation.unlink()
        left = self.env["crm.quotation.change"].search([("order_id", "=", order_id)])
        self.assertFalse(left)

    def test_deleted_user_and_type_are_forgotten(self):
        self._refresh()
        user = self.env["res.users"].create({"name": "Gone", "login": "gone"})
        kind = self.env["mail.activity.type"].create({"name": "Fair"})
        metric = self._get_metric(
            night_engagement_user_id=user, night_engagement_type_id=kind
        )
        user.unlink()
        kind.unlink()
        self.assertFalse(metric.sudo().night_engagement_user_id)
        self.assertFalse(metric.sudo().night_engagement_type_id)
