# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import UserError

from .records import known

PARAMETER = "crm_dashboards_demo.beside_real_business"


def pre_init_hook(env):
    """Refuse a database that somebody works with; open again what a removal closed.

    Logins with a password that everybody knows are for a test system alone.

    :raise UserError: with the ways out
    """
    if _is_in_use(env) and not _is_for_tests(env):
        raise UserError(
            env._(
                "This database holds orders or invoices of your own. The demo would "
                "add made-up companies, customers and orders, and users whose password "
                "is known to everybody.\n\n"
                "Install it in a new database or in a neutralized copy of this one. If "
                "this is a test system nevertheless, set the system parameter "
                "%(parameter)s to 1 and install again.",
                parameter=PARAMETER,
            )
        )
    known.find_all(env, "res.users", "user_").active = True


def uninstall_hook(env):
    """Close the logins whose password is known; the business stays.

    Confirmed orders and posted invoices are not deleted in Odoo.
    """
    known.find_all(env, "res.users", "user_").active = False


def _is_in_use(env):
    confirmed = env["sale.order"].search_count([("state", "=", "sale")], limit=1)
    posted = env["account.move"].search_count([("state", "=", "posted")], limit=1)
    return bool(confirmed or posted) and not known.find(env, "company_main")


def _is_for_tests(env):
    """Whether it has Odoo's own demo data, is a neutralized copy, or is said to be."""
    parameters = env["ir.config_parameter"]
    return bool(
        env.ref("base.module_base").demo
        or parameters.get_param("database.is_neutralized")
        or parameters.get_param(PARAMETER)
    )
