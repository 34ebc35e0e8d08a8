# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What the server takes for a dashboard, asked as the browser asks."""

from odoo.api import Environment

ACCOUNT_MANAGER, CUSTOMER = "account_manager", "customer"


def read_dashboard(env, code=ACCOUNT_MANAGER, scope=None):
    """Ask for header and tiles with nothing of before in the cache.

    :raise RuntimeError: a tile failed
    """
    tile = forget(env)["crm.dashboard.tile"]
    header = tile.get_dashboard(code, scope)
    codes = [each["code"] for each in header["tiles"]]
    tiles = tile.get_tiles(code, codes, scope)
    failed = [code for code, each in tiles.items() if each["state"] == "failed"]
    if failed:
        raise RuntimeError(f"These tiles failed: {failed}")
    return codes, tiles


def read_tile(env, code, scope=None, dashboard=ACCOUNT_MANAGER):
    """Ask for one tile."""
    forget(env)["crm.dashboard.tile"].get_tiles(dashboard, [code], scope)


def forget(env):
    """Return an environment like ``env`` that has read nothing, in no transaction."""
    env.cr.rollback()
    env.transaction.reset()
    return Environment(env.cr, env.uid, env.context)
