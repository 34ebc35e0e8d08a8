import logging
import time
from dataclasses import dataclass

import numpy as np
import psycopg2.errors
import pytz
from psycopg2.extensions import TransactionRollbackError

from odoo import api, fields, models
from odoo.tools import SQL

from ..analytics.history import OrderHistory, day_number
from ..analytics.rfm import Cutoffs, rfm
from .copy_binary import read_columns
from .crm_customer_metric import LEFT_OUT_SELECTION
from .figures_period import get_zone_today
from .metric_store import MetricStore

_logger = logging.getLogger(__name__)

ATTEMPTS = 3
COMPARED = 0  # code of a customer that nothing leaves out
LEFT_OUT_CODES = {code: i for i, (code, _) in enumerate(LEFT_OUT_SELECTION, start=1)}


@dataclass(frozen=True)
class FigureSettings:
    """What a company's figures depend on besides its orders.

    Attributes: ``as_of`` day number, ``zone`` name, ``decimals`` of the currency,
    ``window_months``, ``method`` ranks or cutoffs, ``cutoffs`` or None,
    ``include_individuals``, ``include_never_invoiced``.
    """

    as_of: int
    zone: str
    decimals: int
    window_months: int
    method: str
    cutoffs: Cutoffs | None
    include_individuals: bool
    include_never_invoiced: bool

    def get_fingerprint(self):
        """Return a text that changes whenever a setting does, but not with the day."""
        values = {key: value for key, value in vars(self).items() if key != "as_of"}
        return repr(sorted(values.items(), key=lambda item: item[0]))


class CrmMetricRefresh(models.Model):
    """The last refresh of a company's figures, and the job that makes them."""

    _name = "crm.metric.refresh"
    _description = "Refresh of Customer Figures"
    _rec_name = "company_id"

    company_id = fields.Many2one(
        "res.company", required=True, ondelete="cascade", readonly=True
    )
    as_of = fields.Datetime("Figures as of", readonly=True)
    attempted_at = fields.Datetime("Last attempt", readonly=True)
    duration_seconds = fields.Float("Duration (s)", readonly=True)
    customer_count = fields.Integer("Customers", readonly=True)
    changed_count = fields.Integer("Customers changed", readonly=True)
    unrated_order_count = fields.Integer(
        "Orders without a rate",
        readonly=True,
        help="Confirmed orders in a currency that has no rate: they count one to one.",
    )
    settings_fingerprint = fields.Char(readonly=True)
    error = fields.Char("Last error", readonly=True)

    _company_uniq = models.UniqueIndex(
        "(company_id)", "One refresh record per company."
    )

    @api.model
    def _cron_refresh_metrics(self):
        """Refresh every company, the one that waited longest first.

        A break for time is followed by another call: companies done since the job was
        due are not done again. Started by hand ahead of time, all are done in one go.
        """
        cron = self.env.ref("crm_dashboards.ir_cron_refresh_metrics")
        now = fields.Datetime.now()
        on_time = cron.nextcall <= now
        companies = self._get_due_companies(cron.nextcall if on_time else now)
        self.env["ir.cron"]._commit_progress(remaining=len(companies))
        for company in companies:
            self._refresh_company_safely(company)
            seconds_left = self.env["ir.cron"]._commit_progress(1)
            if on_time and not seconds_left:
                break

    @api.model
    def _get_due_companies(self, since):
        attempts = {
            refresh.company_id: refresh.attempted_at for refresh in self.search([])
        }
        companies = self.env["res.company"].search([])
        due = companies.filtered(
            lambda company: not attempts.get(company) or attempts[company] < since
        )
        return due.sorted(lambda company: (attempts.get(company) or since, company.id))

    @api.model
    def _refresh_company_safely(self, company):
        """Refresh one company; store its error instead of raising it.

        A serialization failure or a partner deleted meanwhile is tried again on a new
        snapshot. The transaction is rolled back after a failure.
        """
        for attempt in range(1, ATTEMPTS + 1):
            try:
                self._refresh_company(company)
                return
            except (TransactionRollbackError, psycopg2.errors.ForeignKeyViolation) as e:
                self.env.cr.rollback()
                self.env.invalidate_all()
                if attempt == ATTEMPTS:
                    self._store_error(company, e)
                else:
                    _logger.info("Figures of %s: attempt %s", company.name, attempt + 1)
            except Exception as e:
                self.env.cr.rollback()
                self.env.invalidate_all()
                _logger.exception("Figures of company %s were not refreshed", company.id)
                self._store_error(company, e)
                return

    @api.model
    def _store_error(self, company, error):
        self._get_refresh(company).write(
            {"error": str(error) or repr(error), "attempted_at": fields.Datetime.now()}
        )

    @api.model
    def _get_refresh(self, company):
        refresh = self.sudo().search([("company_id", "=", company.id)])
        return refresh or self.sudo().create({"company_id": company.id})

    @api.model
    def _refresh_company(self, company):
        """Make and store the figures of one company, in the current transaction.

        :return: True, or False where another transaction is doing just that
        """
        if not self._try_lock(company):
            return False
        started = time.monotonic()
        self = self.sudo().with_company(company)
        self.env.flush_all()
        refresh = self._get_refresh(company)
        now = fields.Datetime.now()
        settings = self._get_settings(company, now)
        columns = self._make_columns(company, settings, refresh, now)
        fingerprint = settings.get_fingerprint()
        store = MetricStore(self.env, company, settings.decimals)
        changed = store.write(
            columns,
            moves_on=get_zone_today(pytz.timezone(settings.zone), now)
            if refresh.settings_fingerprint == fingerprint
            else None,
        )
        refresh.write(
            {
                "as_of": now,
                "attempted_at": now,
                "duration_seconds": time.monotonic() - started,
                "customer_count": len(columns["partner_id"]),
                "changed_count": changed,
                "unrated_order_count": self._count_unrated_orders(company),
                "settings_fingerprint": fingerprint,
                "error": False,
            }
        )
        return True

    @api.model
    def _try_lock(self, company):
        query = SQL(
            "SELECT pg_try_advisory_xact_lock(hashtext('crm_customer_metric'), %s)",
            company.id,
        )
        return self.env.execute_query(query)[0][0]

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
        )

    @api.model
    def _get_figures_today(self, company, now=None):
        """Return the date in the company's zone of figures."""
        return get_zone_today(pytz.timezone(company.sudo().crm_figures_tz or "UTC"), now)

    @api.model
    def _make_columns(self, company, settings, refresh, now):
        """Compute the columns of crm.customer.metric, one row a customer.

        :return: {column: array}, see MetricStore
        """
        history = self._read_history(company, settings, now)
        left_out = self._read_left_out(history.customer_ids, settings)
        result = self._score(history, left_out, settings)
        keep = (left_out >= COMPARED) & (result.total_count > 0)
        columns = {
            "partner_id": history.customer_ids.astype("int32"),
            "left_out": left_out,
            "segment": result.segment.astype("int16"),
            "recency_score": result.r.astype("int16"),
            "frequency_score": result.f.astype("int16"),
            "monetary_score": result.m.astype("int16"),
            "frequency_monetary_score": result.fm.astype("int16"),
            "first_day": result.first_day,
            "last_day": result.last_day,
            "order_count": result.order_count,
            "value_cents": result.value_cents,
            "order_total_count": result.total_count,
            "recent_count": self._count_recent_orders(history, company, refresh),
        }
        return {name: array[keep] for name, array in columns.items()}

    @api.model
    def _score(self, history, left_out, settings):
        return rfm(
            history,
            settings.as_of,
            settings.window_months,
            left_out == COMPARED,
            settings.method,
            settings.cutoffs,
        )

    @api.model
    def _count_segment_changes(self, company, settings, proposed, now):
        """Count the customers whose segment would be another with ``proposed``.

        :param settings, proposed: FigureSettings of the company, now and perhaps
        """
        self.env.flush_all()
        history = self._read_history(company, settings, now)
        segments = [
            self._score(history, self._read_left_out(history.customer_ids, each), each)
            .segment
            for each in (settings, proposed)
        ]
        return int((segments[0] != segments[1]).sum())

    @api.model
    def _count_recent_orders(self, history, company, refresh):
        """Count each customer's orders since the day of the last refresh."""
        if not refresh.as_of:
            return np.zeros(history.customer_count, "int32")
        day = day_number(self._get_figures_today(company, refresh.as_of))
        orders = (history.day >= day) & (history.cents > 0)
        return history.sums(orders).astype("int32")

    @api.model
    def _read_history(self, company, settings, now, customer=None):
        """Read the confirmed orders of a company up to ``now``.

        :param customer: res.partner to read only its orders
        :return: OrderHistory by commercial entity, days in the company's zone
        """
        order = self.env["sale.order"]
        query = SQL(
            """
            SELECT partner.commercial_partner_id::int4,
                   ((sale_order.date_order AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date
                    - DATE '1970-01-01')::int4,
                   (%(value)s * %(scale)s)::int8
              FROM sale_order
              JOIN res_partner partner ON partner.id = sale_order.partner_id
             WHERE sale_order.state = 'sale'
               AND sale_order.company_id = %(company)s
               AND sale_order.date_order <= %(now)s
               AND %(customer)s
            """,
            zone=settings.zone,
            value=order._get_base_net_value_sql("sale_order"),
            scale=10**settings.decimals,
            company=company.id,
            now=now,
            customer=SQL("partner.commercial_partner_id = %s", customer.id)
            if customer
            else SQL("TRUE"),
        )
        dtypes = {"customer_id": "int32", "day": "int32", "cents": "int64"}
        return OrderHistory.from_columns(**read_columns(self.env, query, dtypes))

    @api.model
    def _read_customer_history(self, metric):
        """Return (OrderHistory, FigureSettings) of the customer of ``metric``."""
        now = fields.Datetime.now()
        company = metric.company_id.sudo()
        settings = self._get_settings(company, now)
        history = self._read_history(company, settings, now, metric.partner_id)
        return history, settings

    @api.model
    def _read_left_out(self, customer_ids, settings):
        """Say of each customer whether it is compared with the others.

        :param customer_ids: sorted int array of commercial entities
        :return: int16 array: COMPARED, a value of LEFT_OUT_CODES, or -1 for those that
            have no figures at all (archived, or one of the database's own companies)
        """
        query = SQL(
            """
            SELECT id::int4,
                   (CASE WHEN crm_exclude_from_figures THEN %(excluded)s
                         WHEN NOT COALESCE(is_company, FALSE) AND NOT %(individuals)s
                         THEN %(individual)s
                         WHEN COALESCE(customer_rank, 0) <= 0 AND NOT %(uninvoiced)s
                         THEN %(never_invoiced)s
                         ELSE %(compared)s END)::int2
              FROM res_partner
             WHERE active AND id = commercial_partner_id
               AND id NOT IN (SELECT partner_id FROM res_company)
             ORDER BY id
            """,
            individuals=settings.include_individuals,
            uninvoiced=settings.include_never_invoiced,
            compared=COMPARED,
            **LEFT_OUT_CODES,
        )
        partners = read_columns(self.env, query, {"id": "int32", "code": "int16"})
        left_out = np.full(len(customer_ids), -1, "int16")
        found = np.isin(customer_ids, partners["id"], assume_unique=True)
        rows = np.searchsorted(partners["id"], customer_ids[found])
        left_out[found] = partners["code"][rows]
        return left_out

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
