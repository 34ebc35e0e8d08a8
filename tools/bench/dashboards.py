# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What the server takes for a dashboard, asked as the browser asks."""

import json
from datetime import timedelta

from odoo import fields
from odoo.api import Environment
from odoo.tools import file_open

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


# ----------------------------------------------------------------------
# Odoo's own dashboard of sales, to compare with
# ----------------------------------------------------------------------

SALES_DASHBOARD = "spreadsheet_dashboard_sale/data/files/sales_dashboard.json"
SHOWN_ROWS = 100
PERIOD_DAYS = 90  # the dashboard's filter, as it opens


def read_sales_dashboard(env):
    """Ask what Odoo's spreadsheet of sales asks for: pivots, charts and lists."""
    env = forget(env)
    with file_open(SALES_DASHBOARD) as file:
        book = json.load(file)
    since = fields.Date.to_string(fields.Date.today() - timedelta(days=PERIOD_DAYS))
    for pivot in book["pivots"].values():
        _read_groups(
            env[pivot["model"]],
            pivot["domain"],
            [_get_group(row) for row in pivot["rows"] + pivot["columns"]],
            [measure["fieldName"] for measure in pivot["measures"]],
            since,
        )
    figures = [figure for sheet in book["sheets"] for figure in sheet["figures"]]
    for figure in figures:
        chart = figure["data"]
        if not chart.get("type", "").startswith("odoo_"):
            continue
        _read_groups(
            env[chart["metaData"]["resModel"]],
            chart["searchParams"]["domain"],
            chart["metaData"]["groupBy"],
            [chart["metaData"]["measure"]],
            since,
        )
    for found in book["lists"].values():
        env[found["model"]].web_search_read(
            found["domain"] + [("date_order", ">=", since)],
            {name: {} for name in found["columns"]},
            limit=SHOWN_ROWS,
            order=", ".join(
                f"{by['name']} {'asc' if by['asc'] else 'desc'}"
                for by in found["orderBy"]
            ),
        )


def _get_group(row):
    name, granularity = row["fieldName"], row.get("granularity")
    return f"{name}:{granularity}" if granularity else name


def _read_groups(model, domain, groups, measures, since):
    date = "date" if "date" in model._fields else "date_order"
    aggregates = ["__count"]
    for name in measures:
        field = model._fields.get(name)
        if field and field.aggregator:
            aggregates.append(f"{name}:{field.aggregator}")
    model.formatted_read_group(domain + [(date, ">=", since)], groups, aggregates)
