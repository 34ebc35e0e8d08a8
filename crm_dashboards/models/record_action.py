# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The action behind a line that stands for a record of another model."""

from lxml import etree

from odoo.exceptions import UserError

LISTS = ("one2many", "many2many")
NO_PAGE = "#"  # as portal documents have it


def open_record(record):
    """Return the action that opens ``record``, also in another company.

    A document whose form the user cannot open is shown as its page of the portal.

    :raise AccessError: the user may not read it
    :raise UserError: it was deleted meanwhile, or nothing shows it to this user
    """
    record = record.exists()
    if not record:
        raise UserError(record.env._("This record is not there any more."))
    record.check_access("read")
    context = {}
    if "company_id" in record._fields and record.company_id - record.env.company:
        context["allowed_company_ids"] = record.env.companies.ids
    if has_form(record):
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
            "context": context,
        }
    if not has_page(record):
        raise UserError(
            record.env._("Its form shows records that you may not read, so it is shut.")
        )
    return {"type": "ir.actions.act_url", "url": record.access_url, "target": "new"}


def can_open(record):
    """Whether :func:`open_record` opens an existing record for the user."""
    return record.has_access("read") and (has_form(record) or has_page(record))


def has_form(record):
    """Whether the user may read the lists within the form that Odoo opens.

    It reads them all at once: one that is refused refuses the form.
    """
    arch = etree.fromstring(record.get_view(view_type="form")["arch"])
    return _may_read_lists(record, arch)


def has_page(record):
    """Whether the record is a document with a page of the portal."""
    return "access_url" in record._fields and record.access_url != NO_PAGE


def _may_read_lists(model, node):
    for child in node.iterchildren(etree.Element):
        inner = model
        if child.tag == "field":
            field = model._fields[child.get("name")]
            if field.type not in LISTS:
                continue
            inner = model.env[field.comodel_name]
            if not inner.has_access("read"):
                return False
        if not _may_read_lists(inner, child):
            return False
    return True
