# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def post_init_hook(env):
    """Give existing companies a time zone and have the figures made soon.

    The time zone is the administrator's, since a company has none of its own.
    Waiting for the night would leave every dashboard empty on the first day.
    """
    administrator = env.ref("base.user_admin", raise_if_not_found=False)
    tz = env.user.tz or (administrator and administrator.tz) or "UTC"
    env["res.company"].search([]).write({"crm_figures_tz": tz})
    env.ref("crm_dashboards.ir_cron_refresh_metrics")._trigger()


def uninstall_hook(env):
    """Leave the types of activities that were planned or done: they are the user's now.

    Odoo deletes no type that an activity has.
    """
    types = env["ir.model.data"].search(
        [("module", "=", "crm_dashboards"), ("model", "=", "mail.activity.type")]
    )
    groups = (
        env["mail.activity"]
        .with_context(active_test=False)
        ._read_group(
            [("activity_type_id", "in", types.mapped("res_id"))], ["activity_type_id"]
        )
    )
    used = {activity_type.id for (activity_type,) in groups}
    types.filtered(lambda data: data.res_id in used).unlink()
