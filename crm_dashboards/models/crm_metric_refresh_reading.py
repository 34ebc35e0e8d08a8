import numpy as np
import pytz

from odoo import api, fields, models
from odoo.tools import SQL

from ..analytics.history import OrderHistory, add_months, day_number
from ..analytics.missing_orders import AUTOMATIC, KAPPA
from ..nightly.periods import get_zone_today
from .copy_binary import read_columns
from .crm_customer_metric import LEFT_OUT_SELECTION
from .figure_columns import COMPARED
from .figure_settings import FigureSettings

LEFT_OUT_CODES = {code: i for i, (code, _) in enumerate(LEFT_OUT_SELECTION, start=1)}
HISTORY_TYPES = {"customer_id": "int32", "day": "int32", "cents": "int64"}
TREND_MONTHS = 24


class CrmMetricRefresh(models.Model):
    """What the nightly job reads: settings, orders, turnover, customers."""

    _inherit = "crm.metric.refresh"

    @api.model
    def _get_settings(self, company, now):
        """Return the FigureSettings of ``company`` at the UTC moment ``now``."""
        return FigureSettings(
            as_of=day_number(self._get_figures_today(company, now)),
            zone=company.crm_figures_tz or "UTC",
            decimals=company.currency_id.decimal_places,
            window_months=company.crm_rfm_window_months,
            method=company.crm_rfm_method,
            cutoffs=company._get_cutoffs(company.crm_rfm_method),
            include_individuals=company.crm_include_individuals,
            include_never_invoiced=company.crm_include_never_invoiced,
            kappa=KAPPA.get(company.crm_missing_sensitivity, AUTOMATIC),
            min_orders=company.crm_missing_min_orders,
            given_up_days=company.crm_missing_given_up_days,
            holidays=self._get_holidays(company),
            trend_source=company.crm_trend_source,
            trend_band=company.crm_trend_band,
            trend_strict=company.crm_trend_strict,
        )

    @api.model
    def _get_holidays(self, company):
        """Return the day numbers of the public holidays of the company's calendar."""
        days = set()
        zone = pytz.timezone(company.crm_figures_tz or "UTC")
        for leave in company.resource_calendar_id.global_leave_ids:
            first = get_zone_today(zone, leave.date_from)
            last = get_zone_today(zone, leave.date_to)
            days.update(range(day_number(first), day_number(last) + 1))
        return tuple(sorted(days))

    @api.model
    def _get_figures_today(self, company, now=None):
        """Return the date in the company's zone of figures."""
        return get_zone_today(
            pytz.timezone(company.sudo().crm_figures_tz or "UTC"), now
        )

    @api.model
    def _read_orders(self, company, settings, now, customer=None):
        """Read the confirmed orders of a company up to ``now``.

        :param customer: res.partner to read only its orders
        :return: OrderHistory by commercial entity, days in the company's zone
        """
        order = self.env["sale.order"]
        query = SQL(
            """
            SELECT sale_order.partner_id::int4,
                   ((sale_order.date_order AT TIME ZONE 'UTC'
                     AT TIME ZONE %(zone)s)::date - DATE '1970-01-01')::int4,
                   (%(value)s * %(scale)s)::int8
              FROM sale_order
             WHERE sale_order.state = 'sale'
               AND sale_order.company_id = %(company)s
               AND sale_order.date_order <= %(now)s
               AND %(customer)s
            """,
            zone=settings.zone,
            value=order._get_own_net_value_sql("sale_order"),
            scale=10**settings.decimals,
            company=company.id,
            now=now,
            customer=SQL(
                """
                sale_order.partner_id IN (
                    SELECT id FROM res_partner WHERE commercial_partner_id = %s)
                """,
                customer.id,
            )
            if customer
            else SQL("TRUE"),
        )
        columns = read_columns(self.env, query, HISTORY_TYPES)
        if customer:
            columns["customer_id"].fill(customer.id)
        else:
            self._replace_contacts(columns["customer_id"])
        return OrderHistory.from_columns(**columns)

    @api.model
    def _replace_contacts(self, partner_ids):
        """Put commercial entities in the place of their contacts.

        Looked up here: PostgreSQL takes longer to join the wide table of partners with
        millions of orders than to read these.

        :param partner_ids: int32 array, which is changed
        """
        query = SQL(
            """
            SELECT id::int4, commercial_partner_id::int4
              FROM res_partner
             WHERE commercial_partner_id <> id
             ORDER BY id
            """
        )
        contacts = read_columns(self.env, query, {"id": "int32", "entity": "int32"})
        if not len(contacts["id"]):
            return
        place = np.searchsorted(contacts["id"], partner_ids)
        np.minimum(place, len(contacts["id"]) - 1, out=place)
        found = contacts["id"][place] == partner_ids
        partner_ids[found] = contacts["entity"][place[found]]

    @api.model
    def _read_transactions(self, company, settings, orders):
        """Read what the trend is made from: turnover, or orders.

        :param orders: OrderHistory, for companies that count orders or did not post an
            invoice in 24 months
        :return: (OrderHistory, its source: "turnover" or "orders")
        """
        if settings.trend_source == "orders":
            return orders, "orders"
        query = SQL(
            """
            SELECT commercial_partner_id::int4,
                   (invoice_date - DATE '1970-01-01')::int4,
                   (amount_untaxed_signed * %(scale)s)::int8
              FROM account_move
             WHERE state = 'posted'
               AND move_type IN ('out_invoice', 'out_refund')
               AND company_id = %(company)s
               AND commercial_partner_id IS NOT NULL
               AND invoice_date >= DATE '1970-01-01' + %(first_day)s
               AND invoice_date <= DATE '1970-01-01' + %(last_day)s
            """,
            scale=10**settings.decimals,
            company=company.id,
            first_day=add_months(settings.as_of, -TREND_MONTHS),
            last_day=settings.as_of,
        )
        columns = read_columns(self.env, query, HISTORY_TYPES)
        if not len(columns["day"]):
            return orders, "orders"
        return OrderHistory.from_columns(**columns), "turnover"

    @api.model
    def _read_customer_history(self, metric):
        """Return (OrderHistory, FigureSettings) of the customer of ``metric``."""
        now = fields.Datetime.now()
        company = metric.company_id.sudo()
        settings = self._get_settings(company, now)
        history = self._read_orders(company, settings, now, metric.partner_id)
        return history, settings

    @api.model
    def _read_customers(self, company, settings):
        """Read who may have figures, and who is compared with the others.

        A partner of another company is none of this one's customers.

        :return: {"id": sorted int array of active commercial entities, "code": int16
            array: COMPARED, or a value of LEFT_OUT_CODES}
        """
        query = SQL(
            """
            SELECT id::int4,
                   (CASE WHEN crm_exclude_from_figures THEN %(excluded)s
                         WHEN NOT COALESCE(is_company, FALSE) AND NOT %(individuals)s
                         THEN %(individual)s
                         WHEN COALESCE(customer_rank, 0) <= 0
                          AND NOT (%(uninvoiced)s AND EXISTS (
                              SELECT FROM sale_order
                                JOIN res_partner contact
                                  ON contact.id = sale_order.partner_id
                               WHERE contact.commercial_partner_id = res_partner.id
                                 AND sale_order.state = 'sale'))
                         THEN %(never_invoiced)s
                         ELSE %(compared)s END)::int2
              FROM res_partner
             WHERE active AND id = commercial_partner_id
               AND COALESCE(company_id, %(company)s) = %(company)s
               AND id NOT IN (SELECT partner_id FROM res_company)
             ORDER BY id
            """,
            company=company.id,
            individuals=settings.include_individuals,
            uninvoiced=settings.include_never_invoiced,
            compared=COMPARED,
            **LEFT_OUT_CODES,
        )
        return read_columns(self.env, query, {"id": "int32", "code": "int16"})

    @api.model
    def _count_unrated_orders(self, company):
        query = SQL(
            """
            SELECT COUNT(*)
              FROM sale_order
             WHERE state = 'sale' AND company_id = %(company)s
               AND currency_id IS DISTINCT FROM %(currency)s
               AND NOT EXISTS (
                   SELECT FROM res_currency_rate rate
                    WHERE rate.currency_id = sale_order.currency_id
                      AND COALESCE(rate.company_id, %(root)s) = %(root)s)
            """,
            company=company.id,
            currency=company.currency_id.id,
            root=company.root_id.id,
        )
        return self.env.execute_query(query)[0][0]
