# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import BaseCase, tagged

from ..models.open_expressions import is_open

OPEN_NAMES = {"env", "request", "read", "search", "sudo", "mapped", "id", "_fields"}
HARMLESS = [
    "object.name",
    "object.id",
    "object.partner_id.name or 'you'",
    "object['name']",
    "object.name.split(' ')[0].title()",
    "object.name[:10]",
    "object.name[-1]",
    "lines[index + 1].name",
    "format_date(object.create_date, 'dd MMMM')",
    "format_amount(object.amount_total, object.currency_id)",
    "', '.join(object.category_id.mapped('name'))",
    "object.child_ids.filtered(lambda child: child.email).sorted('name')[0].name",
    "'%s of %s' % (object.name, object.city)",
    "'{} of {}'.format(object.name, object.city)",
    "f'{object.name} of {object.city}'",
    "line_index % 2 == 0",
    "object.user_id.signature if object.user_id else user.signature",
    "{'class': 'big' if object.is_company else 'small'}",
    "ctx.get('lang')",
    "sum(line.price for line in object.order_line)",
    "not an expression",
]
OPEN = [
    "object.read()",
    "object.read()[0]",
    "object.sudo().name",
    "object.env['res.partner']",
    "env['res.partner']",
    "env.cr.execute('SELECT 1')",
    "request.env",
    "object.search([])",
    "object._fields",
    "list(map(object.read, [['name']]))",
    "object['na' + 'me']",
    "object[ctx.get('field')]",
    "object[name * 1]",
    "object[str(1)]",
    "object.mapped('na' + 'me')",
    "object.mapped(func=name)",
    "object.mapped(*names)",
    "list(map(object.mapped, names))",
    "object.mapped(lambda child: child[name])",
    "reduce(lambda record, name: record[name], names, object)",
    "('%(na' + 'me)s') % object",
    "template % object",
    "f'%({name})s' % object",
    "('{0.na' + 'me}').format(object)",
    "template.format(object)",
    "template.format_map({'a': object})",
    "list(map(str.format, names, [object]))",
    "[child.sudo() for child in object.child_ids]",
    "object.name if object.env.user else ''",
]


@tagged("post_install", "-at_install")
class TestOpenExpressions(BaseCase):
    def test_what_names_the_fields_it_reads_is_harmless(self):
        for expression in HARMLESS:
            with self.subTest(expression=expression):
                self.assertFalse(is_open(expression, OPEN_NAMES))

    def test_what_may_read_any_field_is_open(self):
        for expression in OPEN:
            with self.subTest(expression=expression):
                self.assertTrue(is_open(expression, OPEN_NAMES))
