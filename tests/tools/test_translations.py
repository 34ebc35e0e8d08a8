# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from tools.translations import without_dates

TEMPLATE = """\
msgid ""
msgstr ""
"Project-Id-Version: Odoo Server 19.0\\n"
"POT-Creation-Date: {}\\n"
"PO-Revision-Date: {}\\n"

#. module: crm_dashboards
msgid "{}"
msgstr ""
"""


def test_dates_alone_make_no_difference():
    one = TEMPLATE.format("2026-01-01 10:00+0000", "2026-01-01 10:00+0000", "Orders")
    two = TEMPLATE.format("2026-02-02 11:00+0000", "2026-02-02 11:00+0000", "Orders")
    other = TEMPLATE.format("2026-01-01 10:00+0000", "2026-01-01 10:00+0000", "Sales")
    assert without_dates(one) == without_dates(two)
    assert without_dates(one) != without_dates(other)
