# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The action behind a line that stands for a record of another model."""

from lxml import etree

from odoo.exceptions import AccessError, UserError

ACTIVITY = "mail.activity"
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
    if record._name == ACTIVITY:
        # in a dialog, as Odoo's own pages edit it
        view = record.env.ref("mail.mail_activity_view_form_popup")
        return {
            "type": "ir.actions.act_window",
            "name": record.display_name,
            "res_model": ACTIVITY,
            "res_id": record.id,
            "views": [(view.id, "form")],
            "target": "new",
            "context": context,
        }
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
    """Whether the user may read all that the form of Odoo reads at once."""
    arch = etree.fromstring(record.get_view(view_type="form")["arch"])
    try:
        record.web_read(get_specification(record, arch))
    except (AccessError, ValueError):  # Odoo cannot compute with NaN, for one
        return False
    return True


def has_page(record):
    """Whether the record is a document with a page of the portal."""
    return "access_url" in record._fields and record.access_url != NO_PAGE


def get_specification(model, arch):
    """Return what a client asks for to draw a view.

    :param arch: the element of a view, or of one within a field
    :return: dict as for ``web_read``
    """
    specification = {}
    for node in _iterate_fields(arch):
        field = model._fields[node.get("name")]
        part = specification.setdefault(field.name, {})
        if field.type == "many2one":
            part["fields"] = {"display_name": {}}
        elif field.type in LISTS:
            fields = part.setdefault("fields", {})
            for view in node.iterchildren(etree.Element):
                fields.update(get_specification(model.env[field.comodel_name], view))
    return specification


def _iterate_fields(arch):
    """Return the fields of a view that are not of a list within it."""
    for node in arch.iterchildren(etree.Element):
        if node.tag == "field":
            yield node
        else:
            yield from _iterate_fields(node)
