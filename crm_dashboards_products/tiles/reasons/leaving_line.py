# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.tools import SQL

from odoo.addons.crm_dashboards.analytics.who_next import (
    HORIZON_DAYS,
    LINE,
    YEAR_DAYS,
)
from odoo.addons.crm_dashboards.tiles.words import format_amount


class CrmReasonLeavingLine(models.AbstractModel):
    """The customer still orders, and left out what it used to buy.

    At stake is what such lines come to in 90 days, times the share of earlier ones that
    was not bought again.
    """

    _name = "crm.reason.leaving_line"
    _inherit = "crm.reason"
    _description = "Reason: Lines That Leave"

    _part = LINE
    _reads = ("crm.leaving.line",)

    def _get_query(self):
        line = self.env["crm.leaving.line"]
        query = line._search(line._get_shown_domain(self.env.company))
        query.order = None
        names = ("partner_id", "year_value", "found_on")
        columns = [line._field_to_sql(query.table, name, query) for name in names]
        return SQL(
            """
            SELECT partner_id, SUM(value), NULL::timestamp, MAX(found_on), NULL::date,
                   JSONB_BUILD_OBJECT('value', SUM(value), 'count', COUNT(*))
              FROM (%s) line (partner_id, value, found_on)
             GROUP BY partner_id
            """,
            query.select(*columns),
        )

    def _get_stake_share(self):
        refresh = self.env["crm.metric.refresh"]._get_last(self.env.company)
        return refresh._get_leaving_lost_share() * HORIZON_DAYS / YEAR_DAYS

    def _describe(self, facts, currency):
        value = format_amount(facts["value"], currency)
        if facts["count"] == 1:
            return self.env._("1 line leaving · %(value)s a year", value=value)
        return self.env._(
            "%(count)s lines leaving · %(value)s a year",
            count=facts["count"],
            value=value,
        )
