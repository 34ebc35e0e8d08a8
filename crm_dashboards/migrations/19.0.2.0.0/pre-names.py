# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.addons.crm_dashboards import migration

FIELDS = {
    "crm.lead": {
        "outcome": "crm_outcome",
        "date_outcome": "crm_date_outcome",
        "account_manager_id": "crm_account_manager_id",
        "close_rate": "crm_close_rate",
    },
    "crm.stage": {"is_ending": "crm_is_ending", "outcome": "crm_outcome"},
    "crm.lost.reason": {"outcome": "crm_outcome"},
    "res.users": {"is_my_team_member": "crm_is_my_team_member"},
    "sale.order": {
        "account_manager_id": "crm_account_manager_id",
        "commercial_partner_id": "crm_commercial_partner_id",
        "base_net_value": "crm_base_net_value",
        "dashboard_currency_id": "crm_currency_id",
    },
    "sale.order.line": {
        "commercial_partner_id": "crm_commercial_partner_id",
        "order_date": "crm_order_date",
        "base_net_value": "crm_base_net_value",
        "dashboard_currency_id": "crm_currency_id",
    },
    "crm.customer.metric": {
        "silence_probability": "churn_probability",
        "is_awaited": "is_overdue",
    },
    "crm.metric.backtest": {"silent_count": "churned_count"},
    "res.company": {"crm_missing_given_up_days": "crm_missing_lapsed_days"},
    "res.config.settings": {"crm_missing_given_up_days": "crm_missing_lapsed_days"},
}
# no field of another addon is called so
PATHS = (
    "account_manager_id",
    "base_net_value",
    "date_outcome",
    "is_awaited",
    "is_my_team_member",
    "silence_probability",
)


def migrate(cr, version):
    """Fields on models of others say whose they are; ours have the field's words."""
    module = "crm_dashboards"
    migration.rename_model(cr, module, "crm.segment.move", "crm.segment.change")
    migration.rename_xmlid(
        cr,
        module,
        "crm_dashboards_menu_segment_moves",
        "crm_dashboards_menu_segment_changes",
    )
    migration.rename_fields(cr, module, FIELDS)
    names = {old: new for each in FIELDS.values() for old, new in each.items()}
    migration.rename_paths(cr, {old: names[old] for old in PATHS})
    migration.rename_selected(
        cr, module, "crm.customer.metric", "order_state", "given_up", "lapsed"
    )
