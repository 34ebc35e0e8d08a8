# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What the people of the demo may see besides their own documents."""

MANUFACTURER = ("crm_dashboards.group_manufacturer",)
ADMINISTRATOR = (
    *MANUFACTURER,
    "agreement.group_agreement_manager",
    "helpdesk_mgmt.group_helpdesk_manager",
    "project.group_project_manager",
)
LEADER = (
    "sales_team.group_sale_salesman_all_leads",
    "agreement.group_agreement_user",
    "helpdesk_mgmt.group_helpdesk_user",
    "project.group_project_user",
)
SELLER = (
    "sales_team.group_sale_salesman",
    "agreement.group_agreement_readonly",
    "helpdesk_mgmt.group_helpdesk_user_own",
    "project.group_project_user",
)
ACCOUNTANT = ("account.group_account_invoice", "agreement.group_agreement_readonly")


def groups(env, role):
    """The groups of a role that are in the database; their addons may not be."""
    found = env["res.groups"]
    for name in role:
        found += env.ref(name, raise_if_not_found=False) or env["res.groups"]
    return found
