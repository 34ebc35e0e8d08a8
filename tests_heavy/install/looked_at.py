# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What runs inside Odoo's shell: whether what was installed works."""

from odoo.modules import Manifest


def check_place(names, folder):
    """Make sure that addons were installed from a folder, and from no other."""
    for name in names:
        path = Manifest.for_addon(name).path
        assert path == f"{folder}/{name}", path


def run_nights(env):
    """Make the figures of all companies, as the scheduled action does."""
    env.ref("crm_dashboards.ir_cron_refresh_metrics").method_direct_trigger()
    refreshes = env["crm.metric.refresh"].search([])
    assert refreshes
    for refresh in refreshes:
        assert refresh.as_of and not refresh.error, refresh.error


def open_dashboards(env):
    """Open all dashboards as the administrator: no tile fails, some have figures."""
    env = env(user=env.ref("base.user_admin"))
    customer = env["crm.customer.metric"].search([], order="order_total_count DESC")[:1]
    assert customer.order_total_count
    tiles = env["crm.dashboard.tile"]
    for dashboard in env["crm.dashboard"].search([]):
        scope = {"account_manager": "all"}
        if dashboard.is_of_customer:
            scope = {"customer_id": customer.partner_id.id}
        contents = tiles.get_tiles(dashboard.code, False, scope)
        states = {code: content["state"] for code, content in contents.items()}
        assert "failed" not in states.values(), states
        assert "ready" in states.values(), states
