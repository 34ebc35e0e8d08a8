# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Where a tile with nothing to show leads on to.

An empty tile of one's own customers says so: in most databases customers have no
account manager, and the same tile of everybody's is full.
"""

from dataclasses import replace

from ..models.plain import is_text
from .blocks import Drill, Link
from .words import format_count

SCOPE = "scope"  # the browser chooses it, as its menu does
SETTINGS = "settings"
ASSIGN = "assign"
WIZARD = "crm.assignment.wizard"


def lead_on(content, scope, is_of_buyers):
    """Return an empty tile's content that names the scope and leads to the wider one.

    :param Content content:
    :param Scope scope:
    :param bool is_of_buyers: whether the tile is about customers who ordered only
    """
    if scope.customer_id or scope.account_manager == "all":
        return content
    is_nobodys = is_of_buyers and not scope.has_customers
    if is_nobodys:
        message = _describe_nobody(scope)
    else:
        message = f"{content.message} {_describe_scope(scope)}"
    wider = _get_wider(scope, is_nobodys and scope.account_manager != "none")
    return replace(content, message=message, links=(*content.links, *wider))


def open_lead(env, drill):
    """Return the action behind a link of this module, None for other drills.

    :param drill: as it comes from the browser
    """
    leads = {
        SETTINGS: ("res.config.settings", "res_config_settings_action"),
        ASSIGN: (WIZARD, "crm_assignment_wizard_action"),
    }
    key = drill.get("key")
    if not is_text(key) or key not in leads or drill.get("value") is not True:
        return None
    model, action = leads[key]
    env[model].check_access("create")
    return env["ir.actions.act_window"]._for_xml_id(f"crm_dashboards.{action}")


def get_settings_link(env):
    """Return the Link to the settings, for those who may change them."""
    if not env["res.config.settings"].has_access("create"):
        return []
    return [Link(env._("Settings"), Drill(SETTINGS))]


def _get_wider(scope, is_nobodys):
    if not scope.env.user._sees_all_crm_figures():
        return []
    links = [Link(scope.env._("Show everyone"), Drill(SCOPE, "all"))]
    if is_nobodys and scope.env[WIZARD].has_access("create"):
        links.append(Link(scope.env._("Assign customers"), Drill(ASSIGN)))
    return links


def _describe_nobody(scope):
    env, manager = scope.env, scope.account_manager
    if manager == "me":
        words = env._("None of the company's customers is assigned to you.")
    elif manager == "team":
        words = env._("None of the company's customers is assigned to your team.")
    elif manager == "none":
        words = env._("All customers of the company have an account manager.")
    else:
        words = env._(
            "None of the company's customers is assigned to %(name)s.",
            name=env["res.users"].browse(manager).sudo().name,
        )
    if not env.user._sees_all_crm_figures():
        advice = env._("Your sales manager can make you their account manager.")
        return f"{words} {advice}"
    if manager == "none":
        return words
    number, unassigned = scope.company._count_crm_customers()
    counts = env._(
        "Customers of the company: %(number)s; without account manager: "
        "%(unassigned)s.",
        number=format_count(env, number),
        unassigned=format_count(env, unassigned),
    )
    return f"{words} {counts}"


def _describe_scope(scope):
    env, manager = scope.env, scope.account_manager
    if manager == "me":
        return env._("Only your customers are shown.")
    if manager == "team":
        return env._("Only the customers of your team are shown.")
    if manager == "none":
        return env._("Only customers without account manager are shown.")
    return env._(
        "Only the customers of %(name)s are shown.",
        name=env["res.users"].browse(manager).sudo().name,
    )
