# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What runs inside Odoo's shell: a database is used, and looked at after an update.

It works with every released version: it asks the database which fields there are.
"""

import json
from datetime import timedelta

from odoo import fields
from odoo.fields import Command

from .moment import at

MODULE = "crm_dashboards"
PARAMETER = "tests_heavy.counts"
MODELS = ("res.partner", "sale.order", "sale.order.line", "crm.lead", "crm.stage")
USERS = ("ann", "ben", "cleo")
HISTORY = {"crm.segment.move", "crm.segment.change"}


def use(env):
    """Leave in the database what people leave in it within some weeks."""
    now = fields.Datetime.now()
    partners = _sell(env, now)
    for days_ago in (40, 0):
        _run_night(env, now - timedelta(days=days_ago))
    users = _create_users(env)
    _save_preferences(env, users)
    saved = sum(_save_favorites(env(user=user)) for user in users)
    exports = _save_exports(env)
    _change_tiles(env)
    metric = env["crm.customer.metric"].search([("partner_id", "=", partners[0].id)])
    until = fields.Date.today() + timedelta(days=400)
    env["crm.missing.order.decision"]._decide(metric, "snooze", snoozed_until=until)
    env["mail.activity"].create(
        {
            "res_model_id": env["ir.model"]._get_id("res.partner"),
            "res_id": partners[0].id,
            "activity_type_id": _find_visit(env).id,
            "user_id": users[0].id,
        }
    )
    (history,) = HISTORY & set(env.registry.models)
    counts = {
        "favorites": saved,
        "exports": exports,
        "segment history": env[history].search_count([]),
        "metrics": env["crm.customer.metric"].search_count([]),
    }
    assert all(counts.values()), counts
    env["ir.config_parameter"].set_param(PARAMETER, json.dumps(counts))
    env.cr.commit()


def check(env):
    """Find all of it again, and that it works."""
    counts = json.loads(env["ir.config_parameter"].get_param(PARAMETER))
    users = env["res.users"].search([("login", "in", USERS)])
    _check_preferences(env, users)
    assert (
        sum(_open_favorites(env(user=user)) for user in users) == (counts["favorites"])
    )
    lines = env["ir.exports"].search([("name", "=", "Mine")]).export_fields
    for line in lines:
        assert line.name in env[line.export_id.resource], line.name
    assert len(lines) == counts["exports"]
    tiles = env["crm.dashboard.tile"].with_context(active_test=False).search([])
    assert tiles.filtered(lambda tile: not tile.active)
    assert "Our own name" in tiles.mapped("name")
    history = env["crm.segment.change"].search_count([])
    assert history == counts["segment history"]
    partner = env["res.partner"].search([("name", "=", "Customer 0")])
    decisions = env["crm.missing.order.decision"].search(
        [("partner_id", "=", partner.id)]
    )
    assert decisions.decision == "snooze"
    _run_night(env, fields.Datetime.now())
    refreshes = env["crm.metric.refresh"].search([])
    assert refreshes and not any(refreshes.mapped("error")), refreshes.mapped("error")
    assert env["crm.customer.metric"].search_count([]) == counts["metrics"]
    for user in users:
        _open_dashboard(env(user=user))
    env.cr.commit()


# ----------------------------------------------------------------------
# Use
# ----------------------------------------------------------------------


def _sell(env, now):
    """Twelve customers who order every other week; some have stopped."""
    product = env["product.product"].create({"name": "Goods", "type": "service"})
    partners = env["res.partner"].create(
        [
            {"name": f"Customer {number}", "is_company": True, "customer_rank": 1}
            for number in range(12)
        ]
    )
    for number, partner in enumerate(partners):
        for back in range(6):
            order = env["sale.order"].create(
                {
                    "partner_id": partner.id,
                    "order_line": [
                        Command.create(
                            {"product_id": product.id, "price_unit": 100 + number}
                        )
                    ],
                }
            )
            order.action_confirm()
            order.date_order = now - timedelta(days=14 * back + 5 * number + 1)
    return partners


def _run_night(env, moment):
    with at(moment):
        env["crm.metric.refresh"]._cron_refresh_metrics()
    env.cr.commit()


def _create_users(env):
    return env["res.users"].create(
        [
            {
                "name": login.title(),
                "login": login,
                "group_ids": [
                    Command.link(env.ref("sales_team.group_sale_manager").id),
                ],
            }
            for login in USERS
        ]
    )


def _save_preferences(env, users):
    codes = _get_codes(env)
    for user in users:
        env["crm.dashboard.tile.preference"].create(
            {
                "user_id": user.id,
                "dashboard": "account_manager",
                "settings": {
                    "scope": {"account_manager": "all", "tabs": {}},
                    "order": codes[::-1],
                    "hidden": codes[:1],
                },
            }
        )


def _get_codes(env):
    tiles = env["crm.dashboard.tile"].search([])
    return [tile.code for tile in tiles if not tile.code.startswith("customer_")]


def _get_our_fields(env, model):
    """Return the fields that addons of ours put on a model."""
    added = env["ir.model.fields"].sudo().search([("model", "=", model)], order="name")
    names = [each.name for each in added if MODULE in (each.modules or "")]
    return env[model].fields_get(names)


def _save_favorites(env):
    """Save a favorite for each field that one can search; return how many."""
    count = 0
    for model in MODELS:
        for name, field in _get_our_fields(env, model).items():
            if not field.get("searchable"):
                continue
            groups = [name] if field.get("groupable") else []
            if not _works(env, model, [(name, "!=", False)], groups):
                continue
            env["ir.filters"].create(
                {
                    "name": f"Mine: {name}",
                    "model_id": model,
                    "user_ids": [Command.set(env.user.ids)],
                    "domain": repr([(name, "!=", False)]),
                    "context": repr({"group_by": groups}),
                    "sort": json.dumps([name] if field.get("sortable") else []),
                }
            )
            count += 1
    return count


def _works(env, model, domain, groups):
    try:
        with env.cr.savepoint():
            env[model].search(domain, limit=1)
            env[model].formatted_read_group(domain, groups, ["__count"])
    except Exception:
        return False
    return True


def _save_exports(env):
    count = 0
    for model in MODELS:
        names = list(_get_our_fields(env, model))
        env["ir.exports"].create(
            {
                "name": "Mine",
                "resource": model,
                "export_fields": [Command.create({"name": name}) for name in names],
            }
        )
        count += len(names)
    return count


def _change_tiles(env):
    first, second, *_others = env["crm.dashboard.tile"].search([])
    first.active = False
    second.name = "Our own name"


def _find_visit(env):
    return env["mail.activity.type"].search([("name", "=", "Visit")], limit=1)


# ----------------------------------------------------------------------
# Check
# ----------------------------------------------------------------------


def _check_preferences(env, users):
    preferences = env["crm.dashboard.tile.preference"].search(
        [("user_id", "in", users.ids)]
    )
    assert len(preferences) == len(users)
    known = env["crm.dashboard.tile"].with_context(active_test=False).search([])
    for preference in preferences:
        settings = preference.settings
        assert settings["scope"]["account_manager"] == "all"
        unknown = {*settings["order"], *settings["hidden"]} - set(known.mapped("code"))
        assert not unknown, unknown


def _open_favorites(env):
    favorites = env["ir.filters"].search([("name", "=like", "Mine: %")])
    mine = favorites.filtered(lambda each: env.user in each.user_ids)
    for favorite in mine:
        domain = json.loads(_as_json(favorite.domain))
        groups = json.loads(_as_json(favorite.context))["group_by"]
        model = env[favorite.model_id]
        model.search(
            domain, limit=1, order=", ".join(json.loads(favorite.sort)) or None
        )
        model.formatted_read_group(domain, groups, ["__count"])
    return len(mine)


def _as_json(text):
    for python, other in (("(", "["), (")", "]"), ("'", '"'), ("False", "false")):
        text = text.replace(python, other)
    return text


def _open_dashboard(env):
    tiles = env["crm.dashboard.tile"]
    layout = tiles.get_dashboard("account_manager")
    codes = [tile["code"] for tile in layout["tiles"]]
    content = tiles.get_tiles("account_manager", codes, {"account_manager": "all"})
    failed = [code for code, tile in content.items() if tile["state"] == "failed"]
    assert content and not failed, failed
