# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def post_init_hook(env):
    """Give existing companies their settings and have the figures made soon.

    The time zone is the administrator's, else that of each company's country, since a
    company has none of its own.
    Waiting for the night would leave every dashboard empty on the first day.
    """
    administrator = env.ref("base.user_admin", raise_if_not_found=False)
    tz = env.user.tz or (administrator and administrator.tz)
    for company in env["res.company"].search([]):
        company.crm_figures_tz = tz or company._get_crm_country_zone()
        company.crm_include_never_invoiced = (
            company._includes_never_invoiced_by_default()
        )
    env.ref("crm_dashboards.ir_cron_refresh_metrics")._trigger()


def uninstall_hook(env):
    """Leave nothing behind but types of activities that are in use."""
    _keep_used_types(env)
    # Odoo removes the bundles of its own names only
    bundles = env["ir.attachment"].search(
        [("url", "=like", "/web/assets/%/crm_dashboards.%"), ("public", "=", True)]
    )
    bundles.unlink()


def _keep_used_types(env):
    """Give types of activities that are in use to the user, whose they are now.

    Odoo cannot delete what an activity has, a plan or another type that follows.
    """
    types = env["ir.model.data"].search(
        [("module", "=", "crm_dashboards"), ("model", "=", "mail.activity.type")]
    )
    used = set()
    for field in env["ir.model.fields"].search(
        [
            ("relation", "=", "mail.activity.type"),
            ("ttype", "=", "many2one"),
            ("store", "=", True),
            ("on_delete", "=", "restrict"),
        ]
    ):
        used |= _get_used(env[field.model], field.name, types.mapped("res_id"))
    types.filtered(lambda data: data.res_id in used).unlink()


def _get_used(model, name, ids):
    """Return which of ``ids`` the many2one ``name`` of any record holds."""
    if not model._auto or model._abstract:
        return set()
    groups = model.with_context(active_test=False)._read_group(
        [(name, "in", ids)], [name]
    )
    return {record.id for (record,) in groups}
