# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tools import SQL

from .common import DemoCase

COPIED = (
    "sale.order",
    "sale.order.line",
    "account.move",
    "account.move.line",
    "account.payment",
    "account.partial.reconcile",
    "account.full.reconcile",
)
SAMPLE = 60


class TestRows(DemoCase):
    """What was copied into tables is what Odoo itself would have written."""

    def test_computed_fields_are_as_odoo_computes_them(self):
        for model in COPIED:
            records = self.get_sample(model)
            fields = [
                field
                for field in records._fields.values()
                if field.compute and field.store and field.readonly
            ]
            copied = self.get_values(records, fields)
            for field in fields:
                self.env.add_to_compute(field, records)
            self.env.flush_all()
            with self.subTest(model=model):
                self.assertEqual(copied, self.get_values(records, fields))

    def get_sample(self, model):
        """Records of all ages, and the newest ones."""
        records = self.env[model].search([("id", ">", 0)], order="id")
        self.assertGreater(len(records), SAMPLE)
        return records[:: len(records) // SAMPLE] | records[-10:]

    def get_values(self, records, fields):
        return {field.name: [each[field.name] for each in records] for field in fields}

    def test_keys_lead_to_rows_that_are_there(self):
        keys = self.env.execute_query(
            SQL(
                """
                SELECT conrelid::regclass::text, attname, confrelid::regclass::text
                  FROM pg_constraint JOIN pg_attribute
                    ON attrelid = conrelid AND attnum = conkey[1]
                 WHERE contype = 'f' AND conrelid::regclass::text IN %s
                """,
                (*(self.env[model]._table for model in COPIED), *self.get_relations()),
            )
        )
        self.assertGreater(len(keys), 50)
        for table, column, target in keys:
            [(lost,)] = self.env.execute_query(
                SQL(
                    """
                    SELECT count(*) FROM %(table)s AS row
                     WHERE %(column)s IS NOT NULL
                       AND NOT EXISTS (SELECT FROM %(target)s WHERE id = %(column)s)
                    """,
                    table=SQL.identifier(table),
                    column=SQL.identifier("row", column),
                    target=SQL.identifier(target),
                )
            )
            self.assertEqual(lost, 0, f"{table}.{column} → {target}")

    def get_relations(self):
        invoice_lines = self.env["sale.order.line"]._fields["invoice_lines"]
        payments = self.env["account.payment"]._fields["invoice_ids"]
        return invoice_lines.relation, payments.relation

    def test_books_are_balanced(self):
        groups = self.env["account.move.line"]._read_group(
            [("parent_state", "=", "posted")],
            ["move_id"],
            ["balance:sum"],
            having=[("balance:sum", "!=", 0)],
        )
        self.assertEqual([move.name for move, total in groups if round(total, 2)], [])

    def test_next_documents_get_the_next_numbers(self):
        order = self.env["sale.order"].create({"partner_id": self.customer.id})
        others = self.env["sale.order"].search([("id", "!=", order.id)])
        self.assertGreater(order.name, max(others.mapped("name")))
        invoice = self.env["account.move"].search(
            [
                ("move_type", "=", "out_invoice"),
                ("company_id", "=", self.company.id),
                ("state", "=", "posted"),
            ],
            order="date DESC, sequence_number DESC",
            limit=1,
        )
        following = invoice.copy({"invoice_date": invoice.date, "date": invoice.date})
        following.action_post()
        self.assertEqual(following.sequence_number, invoice.sequence_number + 1)
