# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Opening actions and reading what their views show, as Odoo's client does."""

from lxml import etree

from odoo.tools.safe_eval import safe_eval

from ..models.record_action import get_specification


def find_drills(part):
    """Return every {key, value} that something on the wire of tiles carries."""
    if isinstance(part, list | tuple):
        return [drill for each in part for drill in find_drills(each)]
    if not isinstance(part, dict):
        return []
    if part.keys() == {"key", "value"}:
        return [part]
    return [drill for each in part.values() for drill in find_drills(each)]


def read_as_client(env, action):
    """Open a window action and read its records with the first of its views.

    :raise AccessError: where the client would show one
    """
    context = action.get("context") or {}
    if isinstance(context, str):
        context = safe_eval(context, {"uid": env.uid})
    model = env[action["res_model"]].with_context(
        **{key: value for key, value in context.items() if "default_" not in key}
    )
    views = [list(view) for view in action["views"]]
    answer = model.get_views(views, {"load_filters": True})
    kind = views[0][1]
    arch = etree.fromstring(answer["views"][kind]["arch"])
    specification = get_specification(model, arch)
    if action.get("res_id"):
        records = model.browse(action["res_id"])
        records.check_access("read")
        return records.web_read(specification)
    if kind == "form":
        return model.onchange({}, [], specification)
    domain = action.get("domain") or []
    if isinstance(domain, str):
        domain = safe_eval(domain, {"uid": env.uid})
    return model.web_search_read(domain, specification, limit=80)["records"]
