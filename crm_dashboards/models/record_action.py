# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The action behind a line that stands for a record of another model."""

from odoo.exceptions import UserError


def open_record(record):
    """Return the action that opens ``record``, also in another company.

    :raise AccessError: the user may not read it
    :raise UserError: it was deleted meanwhile
    """
    record = record.exists()
    if not record:
        raise UserError(record.env._("This record is not there any more."))
    record.check_access("read")
    context = {}
    if "company_id" in record._fields and record.company_id - record.env.company:
        context["allowed_company_ids"] = record.env.companies.ids
    return {
        "type": "ir.actions.act_window",
        "res_model": record._name,
        "res_id": record.id,
        "views": [(False, "form")],
        "context": context,
    }
