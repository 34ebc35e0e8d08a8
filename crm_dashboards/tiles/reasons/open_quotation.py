# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...analytics.who_next import ORDER, SOON_DAYS, get_quotation_chance
from ...models.date_words import format_soon
from ..words import format_amount


class CrmReasonOpenQuotation(models.AbstractModel):
    """A quotation that was sent ends within a week; those that do not add to it.

    They are told as well, or else nobody would know where a stake comes from.
    """

    _name = "crm.reason.open_quotation"
    _inherit = "crm.reason"
    _description = "Reason: Open Quotation"

    _part = ORDER
    _level = "warning"
    _reads = ("sale.order",)
    _needs_end = True

    def _get_query(self):
        today = self._get_today()
        order = self.env["sale.order"]
        query = order._search(
            Domain("company_id", "=", self.env.company.id)
            & Domain("state", "=", "sent")
            & Domain("crm_is_sound", "=", True)
            & (
                Domain("validity_date", "=", False)
                | Domain("validity_date", ">=", today)
            )
        )
        query.order = None
        names = ("crm_commercial_partner_id", "crm_base_net_value", "validity_date")
        columns = [order._field_to_sql(query.table, name, query) for name in names]
        columns.append(self._get_expected_sql(query))
        return SQL(
            """
            SELECT partner_id, SUM(expected), NULL::timestamp,
                   MIN(last_day) FILTER (WHERE ending) - %(soon)s AS since_day,
                   MIN(last_day) FILTER (WHERE ending) AS ends,
                   JSONB_BUILD_OBJECT(
                       'value', SUM(value) FILTER (WHERE ending),
                       'count', COUNT(*) FILTER (WHERE ending),
                       'day', MIN(last_day) FILTER (WHERE ending),
                       'expected', SUM(expected)) AS facts
              FROM (SELECT quotation.*, last_day <= %(today)s + %(soon)s AS ending
                      FROM (%(quotations)s)
                           quotation (id, partner_id, value, last_day, expected)
                     WHERE NOT EXISTS (
                           SELECT FROM crm_quotation_change replaced
                            WHERE replaced.order_id = quotation.id
                              AND replaced.kind = 'replaced')) open
             GROUP BY partner_id
            """,
            quotations=query.select(SQL.identifier(query.table, "id"), *columns),
            today=today,
            soon=SOON_DAYS,
        )

    def _get_stake_share(self):
        return 1.0  # of each quotation what is to be expected of it

    def _get_expected_sql(self, query):
        """Return the SQL of what is to be expected of a quotation: value × chance.

        :param query: Query on sale.order
        """
        refresh = self.env["crm.metric.refresh"]._get_last(self.env.company)
        return SQL(
            "(%s * %s)::numeric",
            self.env["sale.order"]._field_to_sql(
                query.table, "crm_base_net_value", query
            ),
            refresh.quotation_chance or get_quotation_chance(0, 0),
        )

    def _get_level(self, facts):
        return self._level if facts["day"] else "neutral"

    def _describe(self, facts, currency):
        if not facts["day"]:
            return self.env._(
                "open quotation · %(amount)s likely",
                amount=format_amount(facts["expected"], currency),
            )
        day = fields.Date.to_date(facts["day"])
        words = {
            "amount": format_amount(facts["value"], currency),
            "day": format_soon(self.env, day, self._get_today()),
            "count": facts["count"],
        }
        if words["count"] == 1:
            return self.env._("quotation expires %(day)s · %(amount)s", **words)
        return self.env._(
            "%(count)s quotations expire from %(day)s on · %(amount)s", **words
        )
