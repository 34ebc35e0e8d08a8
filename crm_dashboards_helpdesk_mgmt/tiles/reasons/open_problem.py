# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.crm_dashboards.nightly.periods import get_figures_zone

from ..tickets import OPEN


class CrmReasonOpenProblem(models.AbstractModel):
    """The customer waits for an answer: open tickets that the user may read.

    Of customers with figures, since anybody may write a ticket.
    """

    _name = "crm.reason.open_problem"
    _inherit = "crm.reason"
    _description = "Reason: Open Problem"

    _level = "warning"
    _reads = ("helpdesk.ticket", "crm.customer.metric")

    def _get_query(self):
        ticket = self.env["helpdesk.ticket"]
        query = ticket._search(Domain("company_id", "=", self.env.company.id) & OPEN)
        query.order = None
        names = ("commercial_partner_id", "create_date")
        columns = (ticket._field_to_sql(query.table, name, query) for name in names)
        return SQL(
            """
            SELECT ticket.partner_id, NULL::numeric, MAX(ticket.moment), NULL::date,
                   NULL::date,
                   JSONB_BUILD_OBJECT(
                       'count', COUNT(*),
                       'days', %(today)s - (MIN(ticket.moment)
                           AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date)
              FROM (%(tickets)s) ticket (partner_id, moment)
              JOIN (%(customers)s) customer (partner_id)
                ON customer.partner_id = ticket.partner_id
             GROUP BY ticket.partner_id
            """,
            today=self._get_today(),
            zone=get_figures_zone(self.env.company).name,
            tickets=query.select(*columns),
            customers=self._select_metrics(Domain.TRUE, "partner_id"),
        )

    def _describe(self, facts, currency):
        if not facts["days"]:
            if facts["count"] == 1:
                return self.env._("1 open problem, since today")
            return self.env._("%(count)s open problems, since today", **facts)
        if facts["days"] == 1:
            if facts["count"] == 1:
                return self.env._("1 open problem, since yesterday")
            return self.env._("%(count)s open problems, since yesterday", **facts)
        if facts["count"] == 1:
            return self.env._("1 open problem for %(days)s days", **facts)
        return self.env._("%(count)s open problems for up to %(days)s days", **facts)
