# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.crm_dashboards.models.overdue_order_sql import (
    get_today_sql,
    get_zone_sql,
)
from odoo.addons.crm_dashboards.models.rpc import rpc
from odoo.addons.crm_dashboards.models.sql_field_mixin import sql_field

from ..nightly.quotation_sql import get_sent_sql
from .quotation_sql import NOT_SENT, SENT, get_chance_sql, get_follow_up_sql

FOLLOW_UP_STATES = [(SENT, "Sent"), (NOT_SENT, "Not sent yet")]


class SaleOrder(models.Model):
    """What one asks of a quotation before calling about it."""

    _inherit = "sale.order"

    crm_follow_up = sql_field(
        "crm_follow_up",
        fields.Selection,
        selection=FOLLOW_UP_STATES,
        string="To Follow Up",
        depends=("state", "validity_date"),
        help="An open quotation that was sent, or a draft older than a day. Neither "
        "what another one replaced, nor what is lost: 30 days past its validity, or "
        "180 days old.",
    )
    crm_sent_date = sql_field(
        "crm_sent_date", fields.Datetime, string="Sent", depends=("state",)
    )
    crm_sent_days = sql_field(
        "crm_sent_days",
        fields.Integer,
        string="Days Since Sent",
        depends=("state",),
        aggregator="avg",
    )
    crm_expires_soon = sql_field(
        "crm_expires_soon",
        fields.Boolean,
        string="Expires Within 7 Days",
        depends=("validity_date",),
    )
    crm_is_followed_up = sql_field(
        "crm_is_followed_up",
        fields.Boolean,
        string="Followed Up",
        depends=("state",),
        help="There was an engagement with the customer after it was sent.",
    )
    crm_order_chance = sql_field(
        "crm_order_chance",
        fields.Float,
        string="Chance",
        depends=("state",),
        aggregator="avg",
        help="Share of the company's quotations still open at this age that were "
        "ordered later.",
    )
    crm_expected_value = sql_field(
        "crm_expected_value",
        fields.Monetary,
        string="Value × Chance",
        currency_field="crm_currency_id",
        depends=("state", "amount_untaxed", "currency_rate", "company_id"),
        depends_context=("company",),
        aggregator="sum",
    )
    crm_chance_basis = fields.Char(
        "Chance From", compute="_compute_crm_chance_basis", compute_sudo=False
    )

    _crm_open_idx = models.Index("(company_id) WHERE state IN ('draft', 'sent')")

    def _get_crm_follow_up_sql(self, alias, _query):
        return get_follow_up_sql(self.env, alias)

    def _get_crm_sent_date_sql(self, alias, _query):
        state = SQL.identifier(alias, "state", to_flush=self._fields["state"])
        return SQL("CASE WHEN %s = 'sent' THEN %s END", state, get_sent_sql(alias))

    def _get_crm_sent_days_sql(self, alias, query):
        company = SQL.identifier(alias, "company_id")
        return SQL(
            "(%s - (%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date)",
            get_today_sql(self.env, company),
            self._get_crm_sent_date_sql(alias, query),
            get_zone_sql(self.env, company),
        )

    def _get_crm_expires_soon_sql(self, alias, query):
        return SQL(
            "COALESCE(%(day)s - %(today)s BETWEEN 0 AND 7, FALSE)",
            day=self._field_to_sql(alias, "validity_date", query),
            today=get_today_sql(self.env, SQL.identifier(alias, "company_id")),
        )

    def _get_crm_is_followed_up_sql(self, alias, query):
        """Compare with the customer's last engagement, where the user may know it.

        Sending the quotation is an engagement itself, noted a moment later.
        """
        engaged = self._join_last_engagement(alias, query)
        return SQL(
            "(%s > %s + INTERVAL '1 hour')",
            SQL.identifier(engaged, "last_engagement_date"),
            self._get_crm_sent_date_sql(alias, query),
        )

    def _join_last_engagement(self, alias, query):
        """Join the stored figures of the customers that the user may read.

        :return: alias of columns partner_id, company_id, last_engagement_date
        """
        engaged = query.make_alias(alias, "last_engagement")
        if engaged not in query._joins:
            names = ("partner_id", "company_id", "last_engagement_date")
            metric = self.env["crm.customer.metric"]
            metrics = metric._search([("company_id", "in", self.env.companies.ids)])
            metrics.order = None
            columns = (
                SQL(
                    "%s AS %s",
                    metric._field_to_sql(metrics.table, name, metrics),
                    SQL.identifier(name),
                )
                for name in names
            )
            _partner, contact = self._fields["partner_id"].join(
                self.sudo(), alias, query
            )
            query.add_join(
                "LEFT JOIN",
                engaged,
                metrics.subselect(*columns),
                SQL(
                    "%s = %s AND %s = %s",
                    SQL.identifier(engaged, "partner_id"),
                    SQL.identifier(contact, "commercial_partner_id"),
                    SQL.identifier(engaged, "company_id"),
                    SQL.identifier(alias, "company_id"),
                ),
            )
        return engaged

    def _get_crm_order_chance_sql(self, alias, query):
        return get_chance_sql(
            alias,
            SQL("chance.ordered_count::float8 / chance.open_count"),
            self._get_crm_sent_days_sql(alias, query),
        )

    def _get_crm_expected_value_sql(self, alias, query):
        return SQL(
            "(%s * %s)::numeric",
            self._field_to_sql(alias, "crm_base_net_value", query),
            self._get_crm_order_chance_sql(alias, query),
        )

    def _compute_crm_chance_basis(self):
        chances = self.env["crm.quotation.chance"].search(
            [("company_id", "in", self.company_id.ids)]
        )
        for order in self:
            order.crm_chance_basis = order._get_chance_basis(
                chances.filtered(
                    lambda chance, order=order: (
                        chance.company_id == order.company_id
                        and order.crm_sent_date
                        and chance.age_days <= order.crm_sent_days
                    )
                )[-1:]
            )

    def _get_chance_basis(self, chance):
        """Say what the chance of a quotation rests on, empty without any."""
        if not chance:
            return ""
        return self.env._(
            "%(ordered)s of %(open)s",
            ordered=chance.ordered_count,
            open=chance.open_count,
        )

    @rpc
    def action_crm_schedule_activity(self):
        """Ask when the customers are to be called about these quotations."""
        self.check_access("read")
        customers = self.partner_id.commercial_partner_id
        wizard = self.env["crm.call.wizard"]
        return wizard._get_action(customers, "plan", orders=self)
