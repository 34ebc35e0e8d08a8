# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What counts at once about a proposal: *Not for them*, taken back or not."""

from odoo.tools import SQL


def get_dismissed_sql(env, partner, company, template):
    """Whether the newest decision about a proposal is *Not for them*.

    :param partner, company, template: SQL of the ids
    """
    decision = env["crm.proposal.decision"]
    return SQL(
        """
        (%(partner)s, %(company)s, %(template)s) IN (
            SELECT newest.partner_id, newest.company_id, newest.product_tmpl_id
              FROM (SELECT DISTINCT ON (company_id, partner_id, product_tmpl_id) *
                      FROM crm_proposal_decision
                     ORDER BY company_id, partner_id, product_tmpl_id, id DESC) newest
             WHERE newest.decision = 'not_for_them')
        """,
        partner=partner,
        company=company,
        template=template,
        to_flush=decision._fields["decision"],
    )
