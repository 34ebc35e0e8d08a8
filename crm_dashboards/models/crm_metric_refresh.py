# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
import time
from datetime import datetime

import psycopg2.errors
from psycopg2.extensions import TransactionRollbackError

from odoo import fields, models
from odoo.exceptions import ConcurrencyError
from odoo.fields import NO_ACCESS, Domain
from odoo.tools import SQL

from ..analytics.history import day_number
from ..nightly.account_managers import record_account_managers
from ..nightly.alerts import record_alerts
from ..nightly.assignment import assign_new_customers
from ..nightly.broken import note_broken
from ..nightly.campaigns import record_campaigns
from ..nightly.engagements import read_engagements, store_last_engagements
from ..nightly.figures import TREND_FROM_ORDERS, TREND_FROM_TURNOVER
from ..nightly.keep_sums import keep_sums
from ..nightly.month_end import record_month_end
from ..nightly.night import Night, Phase
from ..nightly.periods import get_figures_zone, get_zone_today
from ..nightly.quotation_chance import store_quotation_chance
from ..nightly.quotations import record_quotations
from ..nightly.reading import read_orders
from ..nightly.settings import read_settings
from ..nightly.store import store_figures
from ..nightly.what_followed import store_what_followed

_logger = logging.getLogger(__name__)

ATTEMPTS = 3
MANY_MESSAGES = 20_000  # unread: they are not joined to a customer's figures
# Of a night beside which somebody wrote, or deleted a partner: a new snapshot helps.
PASSING_ERRORS = (
    TransactionRollbackError,
    ConcurrencyError,
    psycopg2.errors.ForeignKeyViolation,
)


class CrmMetricRefresh(models.Model):
    """The last refresh of a company's figures, and the job that makes them."""

    _name = "crm.metric.refresh"
    _description = "Refresh of Customer Figures"
    _rec_name = "company_id"

    company_id = fields.Many2one(
        "res.company", required=True, ondelete="cascade", readonly=True
    )
    as_of = fields.Datetime("Figures as of", readonly=True)
    currency_id = fields.Many2one(
        "res.currency", readonly=True, help="Of the company when they were made."
    )
    attempted_at = fields.Datetime("Last attempt", readonly=True)
    duration_seconds = fields.Float("Duration (s)", readonly=True)
    phase_times = fields.Json(
        readonly=True, help="Name and seconds of each phase of the last night."
    )
    customer_count = fields.Integer("Customers", readonly=True)
    changed_count = fields.Integer("Customers changed", readonly=True)
    unrated_order_count = fields.Integer(
        "Orders without a rate",
        readonly=True,
        help="Confirmed orders in another currency that have no rate to trust.",
    )
    unrated_order_value = fields.Monetary(
        "Value of Orders without a rate", readonly=True
    )
    unrated_invoice_count = fields.Integer(
        "Invoices without a rate",
        readonly=True,
        help="Invoices of two years in another currency at a rate of 1.",
    )
    unrated_invoice_value = fields.Monetary(
        "Value of Invoices without a rate", readonly=True
    )
    broken_count = fields.Integer("Records left out", readonly=True)
    broken_records = fields.Json(
        readonly=True,
        help="Model, id, name and what is wrong of the first records left out since a "
        "value of theirs cannot be used.",
    )
    month_days_left = fields.Integer(
        readonly=True, help="Days of the month that were left, the day itself included."
    )
    month_start = fields.Date(
        "Month", readonly=True, help="First day of the month that was projected."
    )
    month_scale = fields.Float(
        readonly=True,
        help="Of a day's usual sales of a customer, in cents: what the rest of the "
        "month adds, scaled to what the company is expected to come to.",
    )
    month_threshold = fields.Float(
        readonly=True, help="Part of a cent above which such a rest is rounded up."
    )
    month_last_partner_id = fields.Integer(
        readonly=True, help="Rounded up at that part itself: partners up to this id."
    )
    month_decimals = fields.Integer(readonly=True, help="Of the currency of then.")
    month_factor = fields.Float(
        "Month's scale",
        readonly=True,
        help="What the company is expected to add in the month, as a multiple of what "
        "its customers would at their own rates.",
    )
    month_errors = fields.Json(
        readonly=True, help="Past errors of customers, from which ranges are made."
    )
    month_half_width = fields.Float(readonly=True)
    month_confidence = fields.Char(readonly=True)
    month_left_out = fields.Json(
        readonly=True, help="Month of the customers that are not counted, by reason."
    )
    trend_source = fields.Selection(
        [(TREND_FROM_TURNOVER, "Turnover"), (TREND_FROM_ORDERS, "Orders")],
        readonly=True,
        help="What the trend was made from: orders where no invoice was posted.",
    )
    history_start = fields.Date(
        "History Since",
        readonly=True,
        help="Day of the first transaction that the trend looks back to.",
    )
    rfm_fingerprint = fields.Char(readonly=True)
    company_rhythm = fields.Json(
        readonly=True,
        help="What customers' rhythms were compared with: between two nights, those "
        "with other orders are judged by it anew.",
    )
    customer_change_id = fields.Integer(
        readonly=True, help="Changes of customers with a higher id came later."
    )
    engagement_message_id = fields.Integer(
        readonly=True, help="Messages with a higher id may not have been read."
    )
    engagement_read_at = fields.Datetime(
        readonly=True, help="Meetings changed later may not have been read."
    )
    recorded_since = fields.Date(
        readonly=True, help="First night that recorded what Odoo does not keep."
    )
    quotation_chance = fields.Float(
        readonly=True, help="Share of the quotations sent that are ordered."
    )
    sums_change_id = fields.Integer(
        readonly=True, help="Changes of what is added up with a higher id came later."
    )
    sums_transaction_id = fields.Char(
        readonly=True, help="In which the sums were kept, as PostgreSQL has it."
    )
    sums_snapshot = fields.Char(
        readonly=True, help="Of which transactions they hold all, as PostgreSQL has it."
    )
    sums_months = fields.Json(
        readonly=True,
        groups=NO_ACCESS,  # of all orders, whichever the reader may read
        help="Orders of the months that are over, added up.",
    )
    sums_customers = fields.Json(
        readonly=True,
        groups=NO_ACCESS,
        help="Figures of all customers, counted and added up.",
    )
    error = fields.Char("Last error", readonly=True)

    _company_uniq = models.UniqueIndex(
        "(company_id)", "One refresh record per company."
    )

    # ------------------------------------------------------------------
    # The job
    # ------------------------------------------------------------------

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

    def _cron_read_engagements(self):
        """Read engagements where too many messages came since the night to be joined.

        That phase alone, each company by itself; what fails is left to the night.
        """
        behind = self.search(Domain("as_of", "!=", False)).filtered(
            lambda refresh: refresh._has_many_unread_messages()
        )
        self.env["ir.cron"]._commit_progress(remaining=len(behind))
        for company in behind.company_id:
            try:
                self._read_engagements(company)
            except Exception:
                self.env.cr.rollback()
                self.env.invalidate_all()
                _logger.exception("Engagements of company %s were not read", company.id)
            if not self.env["ir.cron"]._commit_progress(1):
                break

    def _read_engagements(self, company):
        """Store the last engagements of one company, in the current transaction."""
        if self._try_lock(company):
            self.env.flush_all()
            store_last_engagements(self._begin_night(company))
            self.env["crm.sums.change"]._note_figures(company)

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

    def _is_attempted_since(self, company, moment):
        attempted_at = self._get_refresh(company).attempted_at
        return bool(attempted_at) and attempted_at >= moment

    def _refresh_company_safely(self, company):
        """Refresh one company; store its error instead of raising it.

        A serialization failure or a partner deleted meanwhile is tried again on a new
        snapshot. The transaction is rolled back after a failure.
        """
        for attempt in range(1, ATTEMPTS + 1):
            try:
                self._refresh_company(company)
                if attempt > 1:
                    self.env["crm.night"]._get_last(company).result = "retried"
                return
            except PASSING_ERRORS as e:
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

    def _store_error(self, company, error):
        words, now = str(error) or repr(error), fields.Datetime.now()
        self._get_refresh(company).write({"error": words, "attempted_at": now})
        self.env["crm.night"].sudo().create(
            {
                "company_id": company.id,
                "date": now,
                "result": "failed",
                "error": words,
            }
        )

    def _get_refresh(self, company):
        refresh = self._get_last(company)
        return refresh or self.sudo().create({"company_id": company.id})

    def _get_last(self, company):
        """Return the last refresh of a company, whose moment everybody may know."""
        return company.sudo().crm_metric_refresh_ids

    # ------------------------------------------------------------------
    # A night of one company
    # ------------------------------------------------------------------

    def _refresh_company(self, company):
        """Make and store the figures of one company, in the current transaction.

        :return: True, or False where another transaction is doing just that
        """
        return self._run_night(company)

    def _refresh_customer(self, company, customer):
        """Make the figures of a company and store those of one customer.

        All are made, since a customer is ranked among all; writing one row leaves the
        others to the night.

        :return: True, or False where another transaction is making figures
        """
        customer.ensure_one()  # of nobody would be of all: none of them is made
        is_stored = self._run_night(company, customer)
        if is_stored:
            self.env.execute_query(
                SQL(
                    "UPDATE crm_customer_metric SET refreshed_at = %s"
                    " WHERE partner_id = %s AND company_id = %s RETURNING id",
                    fields.Datetime.now(),
                    customer.id,
                    company.id,
                )
            )
            self.env["crm.customer.metric"].invalidate_model(["refreshed_at"])
            self.env["crm.sums.change"]._note_figures(company)
        return is_stored

    def _get_phases(self):
        """Return the phases of a night in their order; addons add theirs.

        They share a night and its transaction: what a later one raises undoes all.

        :return: list of Phase
        """
        backtest = self.env["crm.metric.backtest"]
        return [
            Phase("engagements", read_engagements, of_customer=True),
            Phase("figures", store_figures, of_customer=True),
            Phase("broken", note_broken),
            Phase("backtest", backtest._store_missing_months),
            Phase("assignment", assign_new_customers),
            Phase("account_managers", record_account_managers),
            Phase("alerts", record_alerts),
            Phase("what_followed", store_what_followed),
            Phase("campaigns", record_campaigns),
            Phase("quotations", record_quotations),
            Phase("month_end", record_month_end),
            Phase("quotation_chance", store_quotation_chance),
            Phase("sums", keep_sums),
        ]

    def _run_night(self, company, customer=None):
        if customer and company._awaits_crm_figures():
            return False  # one row alone in the new currency
        if not self._try_lock(company):
            return False
        started = time.monotonic()
        self.env.flush_all()
        # A night reads whole indexes, whose pages lie side by side.
        self.env.cr.execute("SET LOCAL random_page_cost = 1.1")
        night = self._begin_night(company, customer)
        with night.beside:
            times = self._run_phases(night)
        if not customer:
            seconds = time.monotonic() - started
            self._note_end(night.refresh, night.now, seconds, times)
        return True

    def _run_phases(self, night):
        """Run the phases of a night.

        :return: list of [name of a phase, its seconds]
        """
        times = []
        for phase in night.refresh._get_phases():
            if phase.of_customer or not night.customer:
                begun = time.monotonic()
                phase.run(night)
                times.append([phase.name, round(time.monotonic() - begun, 3)])
        return times

    def _note_end(self, refresh, now, seconds, times):
        """Note a night that ended well.

        :param times: list of [name of a phase, its seconds]
        """
        taken = {"duration_seconds": seconds, "phase_times": times}
        refresh.write({"attempted_at": now, "error": False, **taken})
        self.env["crm.night"].sudo().create(
            {
                "company_id": refresh.company_id.id,
                "date": now,
                "result": "done",
                "customer_count": refresh.customer_count,
                "changed_count": refresh.changed_count,
                "broken_count": refresh.broken_count,
                "unrated_order_count": refresh.unrated_order_count,
                **taken,
            }
        )

    def _begin_night(self, company, customer=None):
        """Return the Night that begins now."""
        company = company.sudo().with_company(company)
        now = fields.Datetime.now()
        return Night(
            company=company,
            now=now,
            settings=self._get_settings(company, now),
            previous_day=self._get_previous_day(company),
            customer=customer,
        )

    def _try_lock(self, company):
        query = SQL(
            "SELECT pg_try_advisory_xact_lock(hashtext('crm_customer_metric'), %s)",
            company.id,
        )
        return self.env.execute_query(query)[0][0]

    def _get_previous_day(self, company):
        """Return the day number of the last refresh, None before the first."""
        as_of = self._get_refresh(company).as_of
        if not as_of:
            return None
        return day_number(get_zone_today(get_figures_zone(company), as_of))

    # ------------------------------------------------------------------
    # What others ask of the night
    # ------------------------------------------------------------------

    def _get_settings(self, company, now):
        """Return the FigureSettings of ``company`` at the UTC moment ``now``."""
        return read_settings(company, now)

    def _get_figures_today(self, company, now=None):
        """Return the date in the company's zone of figures."""
        return get_zone_today(get_figures_zone(company), now)

    def _read_customer_history(self, metric):
        """Return (OrderHistory, FigureSettings) of the customer of ``metric``."""
        now = fields.Datetime.now()
        company = metric.company_id
        settings = self._get_settings(company, now)
        customer = metric.partner_id
        history = read_orders(self.env, company, settings, now, customer)
        return history, settings

    def _get_engagements_since(self, reads_messages=True):
        """Return the conditions on messages and meetings new to these nights.

        Of several nights, those that one of them has not. Reading some twice does no
        harm, for it is the last one that counts.

        :param reads_messages: whether messages are looked at
        :return: (SQL on ``message``, SQL on ``event``)
        """
        first = min(self.mapped("engagement_message_id"))
        return (
            SQL("message.id > %s", first) if reads_messages else SQL("FALSE"),
            SQL(
                # found first: the planner takes this condition for a common one
                """
                event.id = ANY(ARRAY(
                    SELECT changed.id
                      FROM calendar_event changed
                     WHERE changed.write_date >= %s OR changed.stop >= %s))
                """,
                min(each.engagement_read_at or datetime.min for each in self),
                min(self.mapped("as_of")),
            ),
        )

    def _has_many_unread_messages(self):
        """Whether more messages came since this night than a reader should wait for."""
        return bool(self._filter_many_unread_messages())

    def _filter_many_unread_messages(self):
        """Return the nights since which too many messages came for a reader to wait.

        As an import brings them: then last engagements are those of the moment up to
        which messages were read, until the job has read the others.
        """
        query = SQL(
            """
            SELECT night.id
              FROM UNNEST(%s::int4[], %s::int4[]) night (id, message_id)
             WHERE (SELECT COUNT(*)
                      FROM (SELECT
                              FROM mail_message
                             WHERE mail_message.id > night.message_id
                             LIMIT %s) new) > %s
            """,
            self.ids,
            self.mapped("engagement_message_id"),
            MANY_MESSAGES + 1,
            MANY_MESSAGES,
        )
        return self.browse(row[0] for row in self.env.execute_query(query))
