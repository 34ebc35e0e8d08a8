import logging
import time
from datetime import datetime

import psycopg2.errors
import pytz
from psycopg2.extensions import TransactionRollbackError

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..analytics.history import day_number, day_to_date
from .figure_columns import make_columns
from .figures_period import get_days_left, get_zone_today
from .metric_store import MetricStore

_logger = logging.getLogger(__name__)

ATTEMPTS = 3


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
    month_days_left = fields.Integer(
        readonly=True, help="Days of the month that were left, the day itself included."
    )
    trend_source = fields.Selection(
        [("turnover", "Turnover"), ("orders", "Orders")],
        readonly=True,
        help="What the trend was made from: orders where no invoice was posted.",
    )
    rfm_fingerprint = fields.Char(readonly=True)
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
        on_time = cron.nextcall <= fields.Datetime.now()
        companies = self._get_companies_by_age()
        if on_time:
            companies = companies.filtered(
                lambda company: not self._is_attempted_since(company, cron.nextcall)
            )
        self.env["ir.cron"]._commit_progress(remaining=len(companies))
        for company in companies:
            self._refresh_company_safely(company)
            seconds_left = self.env["ir.cron"]._commit_progress(1)
            if on_time and not seconds_left:
                break

    @api.model
    def _get_companies_by_age(self):
        """Return all companies, first those whose figures are the oldest."""
        attempts = {
            refresh.company_id: refresh.attempted_at for refresh in self.search([])
        }
        return (
            self.env["res.company"]
            .search(Domain.TRUE)
            .sorted(lambda company: (attempts.get(company) or datetime.min, company.id))
        )

    @api.model
    def _is_attempted_since(self, company, moment):
        attempted_at = self._get_refresh(company).attempted_at
        return bool(attempted_at) and attempted_at >= moment

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
                _logger.exception(
                    "Figures of company %s were not refreshed", company.id
                )
                self._store_error(company, e)
                return

    @api.model
    def _store_error(self, company, error):
        self._get_refresh(company).write(
            {"error": str(error) or repr(error), "attempted_at": fields.Datetime.now()}
        )

    @api.model
    def _get_refresh(self, company):
        refresh = self._get_last(company)
        return refresh or self.sudo().create({"company_id": company.id})

    @api.model
    def _get_last(self, company):
        """Return the last refresh of a company, whose moment everybody may know."""
        return self.sudo().search([("company_id", "=", company.id)])

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
        orders, columns, source = refresh._make_figures(company, settings, now)
        rows = MetricStore(self.env, company, settings.decimals)
        changed = rows.store(columns, moves_on=refresh._get_moves_day(settings))
        self.env["crm.metric.backtest"]._store_missing_months(company, orders, settings)
        refresh.write(
            {
                "as_of": now,
                "attempted_at": now,
                "duration_seconds": time.monotonic() - started,
                "customer_count": len(columns["partner_id"]),
                "changed_count": changed,
                "month_days_left": get_days_left(day_to_date(settings.as_of)),
                "trend_source": source,
                "unrated_order_count": self._count_unrated_orders(company),
                "rfm_fingerprint": settings.get_rfm_fingerprint(),
                "error": False,
            }
        )
        return True

    @api.model
    def _refresh_customer(self, company, customer):
        """Make the figures of a company and store those of one customer.

        All are made, since a customer is ranked among all; writing one row leaves the
        others to the night.

        :return: True, or False where another transaction is making figures
        """
        customer.ensure_one()  # of nobody would be of all: none of them is made
        if not self._try_lock(company):
            return False
        self = self.sudo().with_company(company)
        self.env.flush_all()
        refresh = self._get_refresh(company)
        now = fields.Datetime.now()
        settings = self._get_settings(company, now)
        _orders, columns, _source = refresh._make_figures(company, settings, now)
        mine = columns["partner_id"] == customer.id
        rows = MetricStore(self.env, company, settings.decimals, customer)
        rows.store(
            {name: column[mine] for name, column in columns.items()},
            moves_on=refresh._get_moves_day(settings),
        )
        return True

    def _make_figures(self, company, settings, now):
        """Read a company's documents and compute its customers' figures.

        :return: (OrderHistory, {column: array}, source of the trend)
        """
        orders = self._read_orders(company, settings, now)
        transactions, source = self._read_transactions(company, settings, orders)
        customers = self._read_customers(company, settings)
        previous_day = self._get_previous_day(settings)
        columns = make_columns(orders, transactions, customers, settings, previous_day)
        return orders, columns, source

    def _get_moves_day(self, settings):
        """Return the date of segment moves; None where they are no customer's news."""
        if self.rfm_fingerprint != settings.get_rfm_fingerprint():
            return None
        return day_to_date(settings.as_of)

    @api.model
    def _try_lock(self, company):
        query = SQL(
            "SELECT pg_try_advisory_xact_lock(hashtext('crm_customer_metric'), %s)",
            company.id,
        )
        return self.env.execute_query(query)[0][0]

    def _get_previous_day(self, settings):
        """Return the day number of the last refresh, None before the first."""
        if not self.as_of:
            return None
        return day_number(get_zone_today(pytz.timezone(settings.zone), self.as_of))
