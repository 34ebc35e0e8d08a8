# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime
from math import isfinite

import pytz

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError
from odoo.fields import NO_ACCESS, Domain
from odoo.tools import SQL

from odoo.addons.base.models.res_partner import _tz_get

from ..analytics.rfm import Cutoffs
from ..nightly.assignment import ASSIGNMENT_SELECTION
from ..nightly.kept_sums import read_kept_customers
from .since_night_sql import Reading

# Of countries whose first zone in the list is not that of most people.
MAIN_ZONES = {
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "RU": "Europe/Moscow",
    "UZ": "Asia/Tashkent",
}
ARCHIVED = SQL(
    "user_id = ANY(ARRAY(SELECT id FROM res_users WHERE active IS NOT TRUE))"
)
CUTOFF_COUNT = 4
LARGEST_CUTOFF = 10**12
LONGEST_DAYS = 36_500
# What figures can be made with, where the database holds something else.
USABLE = {
    "crm_rfm_window_months": range(1, 121),
    "crm_missing_min_orders": range(2, LONGEST_DAYS),
    "crm_missing_lapsed_days": range(1, LONGEST_DAYS),
    "crm_engagement_days": range(1, LONGEST_DAYS),
}
CHOICES = ("crm_rfm_method", "crm_missing_sensitivity", "crm_trend_source")
CUTOFFS = (
    "crm_rfm_recency_cutoffs",
    "crm_rfm_frequency_cutoffs",
    "crm_rfm_monetary_cutoffs",
)


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company", "crm.referred.mixin"]

    crm_metric_refresh_ids = fields.One2many(
        "crm.metric.refresh", "company_id", groups=NO_ACCESS
    )
    crm_figures_tz = fields.Selection(
        selection=_tz_get,
        string="Time Zone of Figures",
        default=lambda self: self.env.user.tz or "UTC",
        required=True,
        help="Days and months of the figures made each night follow this time zone.",
    )
    crm_currency_since = fields.Datetime(
        readonly=True,
        copy=False,
        groups=NO_ACCESS,
        help="When the currency was changed; rates of orders before are into another.",
    )
    crm_rfm_window_months = fields.Integer(
        string="RFM Window (months)",
        default=24,
        help="Orders of this many months count for frequency and monetary value.",
    )
    crm_rfm_method = fields.Selection(
        [("ranks", "Compare customers with each other"), ("cutoffs", "Fixed cut-offs")],
        string="RFM Scores",
        default="ranks",
        required=True,
    )
    crm_rfm_recency_cutoffs = fields.Char(
        string="Recency Cut-offs",
        default="30, 60, 120, 240",
        help="Days since the last order, four ascending numbers: "
        "up to the first scores 5, beyond the last scores 1.",
    )
    crm_rfm_frequency_cutoffs = fields.Char(
        string="Frequency Cut-offs",
        default="2, 4, 8, 16",
        help="Orders in the window, four ascending numbers: "
        "from the first on scores 2, from the last on 5, fewer score 1.",
    )
    crm_rfm_monetary_cutoffs = fields.Char(
        string="Monetary Cut-offs",
        default="500, 1500, 5000, 15000",
        help="Value of the orders in the window, four ascending numbers: "
        "from the first on scores 2, from the last on 5, less scores 1.",
    )
    crm_include_individuals = fields.Boolean(
        string="Include Individuals",
        help="Rank customers that are not companies, too.",
    )
    crm_include_never_invoiced = fields.Boolean(
        string="Include Customers Never Invoiced",
        default=True,  # a new company has invoiced nobody
        help="Rank customers with a confirmed order but no posted invoice, too.",
    )

    crm_missing_sensitivity = fields.Selection(
        [
            ("early", "Early: from 1.5 usual intervals"),
            ("balanced", "Balanced: from 2 usual intervals"),
            ("sure", "Sure: from 3 usual intervals"),
            ("automatic", "Automatic: later than four of five orders"),
        ],
        string="Missing Orders",
        default="balanced",
        required=True,
        help="Time without an order from which an expected one is missing.",
    )
    crm_missing_min_orders = fields.Integer(
        string="Orders Needed",
        default=4,
        help="Days with an order from which a customer has a rhythm.",
    )
    crm_missing_lapsed_days = fields.Integer(
        string="Lapsed After (days)",
        default=365,
        help="Days without an order after which a customer has lapsed.",
    )
    crm_trend_source = fields.Selection(
        [("turnover", "Turnover: posted invoices"), ("orders", "Confirmed orders")],
        string="Trend Source",
        default="turnover",
        required=True,
    )
    crm_trend_band = fields.Float(
        string="Trend Band",
        default=0.1,
        help="Change, up or down, within which a customer is static.",
    )
    crm_trend_strict = fields.Boolean(
        string="Strict Trend",
        help="Customers whose change may be chance are static, too; never those that "
        "are new, back or lost.",
    )

    crm_engagement_days = fields.Integer(
        string="Engage Every (days)",
        default=30,
        help="Customers whose last active engagement is longer ago need engagement.",
    )
    crm_hold_out = fields.Boolean(
        string="Hold Out From Campaigns",
        help="One customer in ten, drawn by lot for a year, is left out of campaigns, "
        "so that their effect can be told. Who was held out stays so until its next "
        "order, also after this is switched off.",
    )
    crm_due_amounts = fields.Boolean(
        string="Due Amounts",
        default=True,
        help="Show what customers owe to those who may see it: invoicing, accounting "
        "readers, salespeople with all documents, and the customer's account manager. "
        "On by default, since who visits a customer should know of overdue invoices; "
        "where they are nobody's business but accounting's, switch it off.",
    )

    crm_assignment = fields.Selection(
        ASSIGNMENT_SELECTION,
        string="Account Managers of New Customers",
        help="Customers without account manager get one in the night after their first "
        "order. Those who ordered before this was set stay as they are.",
    )
    crm_assignment_since = fields.Date(readonly=True, copy=False, groups=NO_ACCESS)

    _crm_rfm_window_positive = models.Constraint(
        "CHECK(crm_rfm_window_months BETWEEN 1 AND 120)",
        "The RFM window runs from 1 to 120 months.",
    )

    _crm_missing_min_orders_enough = models.Constraint(
        "CHECK(crm_missing_min_orders >= 2)",
        "A rhythm needs at least two orders.",
    )
    _crm_missing_lapsed_positive = models.Constraint(
        "CHECK(crm_missing_lapsed_days > 0)",
        "Customers lapse after one day or more.",
    )
    _crm_trend_band_share = models.Constraint(
        "CHECK(crm_trend_band >= 0 AND crm_trend_band < 1)",
        "The trend band runs from 0 to less than 100 %.",
    )
    _crm_engagement_days_positive = models.Constraint(
        "CHECK(crm_engagement_days > 0)",
        "Customers need engagement after one day or more.",
    )

    def write(self, vals):
        """Note when the currency of a company with orders changes, and when new
        customers begin to get account managers.

        Orders keep their rates, and stored figures their amounts: these are made anew.
        """
        if vals.get("crm_assignment"):
            begins = self.sudo().filtered(lambda company: not company.crm_assignment)
            begins.crm_assignment_since = fields.Date.today()
        if "currency_id" not in vals:
            return super().write(vals)
        currencies = {company: company.currency_id for company in self}
        result = super().write(vals)
        changed = self.sudo().filtered(
            lambda company: (
                company.currency_id != currencies[company]
                and self.env["sale.order"]
                .sudo()
                .search_count(
                    Domain("state", "=", "sale")
                    & Domain("company_id", "=", company.id),
                    limit=1,
                )
            )
        )
        if changed:
            changed.crm_currency_since = fields.Datetime.now()
            self.env.ref("crm_dashboards.ir_cron_refresh_metrics")._trigger()
        return result

    @api.model_create_multi
    def create(self, vals_list):
        """Give a new company the zone of its country where its creator has none."""
        companies = super().create(vals_list)
        if not self.env.user.tz:
            for company, values in zip(companies, vals_list, strict=True):
                if "crm_figures_tz" not in values:
                    company.crm_figures_tz = company._get_crm_country_zone()
        return companies

    def _get_crm_country_zone(self):
        """Return the name of the zone of the company's country, UTC without one.

        Of a country with several it is the one where most people live.
        """
        code = self.country_id.code
        zones = pytz.country_timezones.get(code, ["UTC"]) if code else ["UTC"]
        return MAIN_ZONES.get(code, zones[0])

    def _awaits_crm_figures(self):
        """Whether the stored figures of this company are in a currency of before."""
        refresh = self.sudo().crm_metric_refresh_ids
        return bool(
            self.sudo().crm_currency_since
            and refresh.as_of
            and refresh.currency_id != self.currency_id
        )

    def _get_crm_figures_domain(self):
        """Return the domain of the stored figures of this company.

        None while they are in a currency that it had before.
        """
        if self._awaits_crm_figures():
            return Domain.FALSE
        return Domain("company_id", "=", self.id)

    def _count_crm_customers(self):
        """Return how many customers have figures, and how many no account manager.

        :return: (int, int)
        """
        metric = self.env["crm.customer.metric"].sudo()
        kept = None
        if self == self.env.company:
            kept = Reading.remember(self.env, read_kept_customers)
        if kept:
            number = sum(row["count"] for row in kept)
        else:
            number = metric.search_count(Domain("company_id", "=", self.id))
        # each by an index of its own: together they take that of all partners
        ((nobodys, of_archived),) = self.env.execute_query(
            SQL(
                "SELECT (%s), (%s)",
                *(
                    SQL(
                        """
                        SELECT COUNT(*)
                          FROM crm_customer_metric
                         WHERE company_id = %s
                           AND partner_id IN (SELECT id FROM res_partner WHERE %s)
                        """,
                        self.id,
                        condition,
                    )
                    for condition in (SQL("user_id IS NULL"), ARCHIVED)
                ),
                to_flush=[
                    self.env["res.partner"]._fields["user_id"],
                    self.env["res.users"]._fields["active"],
                ],
            )
        )
        return number, nobodys + of_archived

    def _get_crm_all(self):
        """Return all companies as superuser, archived ones among them.

        Those who look at figures meet them all, time and again within a request.
        """
        return self.sudo().browse(self._get_crm_all_ids())

    @tools.ormcache("zone", "year")
    def _get_crm_day_starts(self, zone, year):
        """Return the UTC moments at which the days of ``year`` begin in ``zone``.

        A day begins with the first moment that PostgreSQL counts to it. It takes the
        second of two midnights; the first is some minutes before.
        """
        query = SQL(
            """
            SELECT MIN(midnight - earlier)
              FROM generate_series(%(first)s, %(last)s, INTERVAL '1 day') AS day
        CROSS JOIN LATERAL (
                       SELECT timezone('UTC', timezone(%(zone)s, day)) AS midnight
                   ) AS local
        CROSS JOIN unnest(
                       ARRAY[INTERVAL '0', '20 min', '30 min', '1 hour', '2 hours']
                   ) AS earlier
             WHERE timezone(%(zone)s, timezone('UTC', midnight - earlier)) >= day
          GROUP BY day
          ORDER BY day
            """,
            first=datetime(year, 1, 1),
            last=datetime(year, 12, 31),
            zone=zone,
        )
        return tuple(start for (start,) in self.env.execute_query(query))

    @tools.ormcache()
    def _get_crm_all_ids(self):
        companies = self.sudo().with_context(active_test=False).search(Domain.TRUE)
        return tuple(companies.ids)

    def _includes_never_invoiced_by_default(self):
        """Whether never to have been invoiced says nothing of a customer here.

        Where no invoice was ever posted, it holds for all of them.
        """
        invoices = Domain("company_id", "=", self.id) & Domain("state", "=", "posted")
        types = Domain("move_type", "in", ("out_invoice", "out_refund"))
        return (
            not self.env["account.move"].sudo().search_count(invoices & types, limit=1)
        )

    # ------------------------------------------------------------------
    # Settings, whatever the database holds
    # ------------------------------------------------------------------

    def _get_crm_setting(self, name):
        """Return a setting; its default where what is stored cannot be one."""
        self.ensure_one()
        value = self[name]
        return value if self._is_usable_crm_setting(name) else self._get_default(name)

    def _get_default(self, name):
        return self._fields[name].default(self)

    def _is_usable_crm_setting(self, name):
        value, field = self[name], self._fields[name]
        if name in USABLE:
            return value in USABLE[name]
        if name in CHOICES:
            return value in field.get_values(self.env)
        if name == "crm_figures_tz":
            return not value or value in pytz.all_timezones_set
        if name in CUTOFFS:
            return self._is_parsed(name)
        return isfinite(value) and 0 <= value < 1

    def _is_parsed(self, name):
        try:
            self._parse_cutoffs(name, self[name] or "")
        except ValidationError:
            return False
        return True

    def _get_unusable_crm_settings(self):
        """Return the labels of the settings in whose place the default counts."""
        names = [*USABLE, *CHOICES, "crm_trend_band", "crm_figures_tz", *CUTOFFS]
        return [
            self._fields[name]._description_string(self.env)
            for name in names
            if not self._is_usable_crm_setting(name)
        ]

    @api.constrains(*CUTOFFS)
    def _check_crm_rfm_cutoffs(self):
        for company in self:
            company._get_cutoffs("cutoffs", company)

    def _get_cutoffs(self, method, settings=None):
        """Return the fixed cut-offs of the RFM scores, None with ranks.

        :param str method: ranks or cutoffs
        :param settings: record with the texts of the cut-offs under the same names,
            such as settings that are not saved yet; those of the company if left out,
            the defaults where they are none
        :return: Cutoffs in days, orders and cents of the company's currency, or None
        :raise ValidationError: where a setting is not four ascending numbers
        """
        self.ensure_one()
        if method != "cutoffs":
            return None
        texts = {
            name: settings[name] if settings else self._get_crm_setting(name)
            for name in CUTOFFS
        }
        scale = 10**self.currency_id.decimal_places
        days, counts, values = (
            self._parse_cutoffs(fname, text or "") for fname, text in texts.items()
        )
        return Cutoffs(
            recency_days=days,
            order_count=counts,
            value_cents=tuple(round(value * scale) for value in values),
        )

    def _parse_cutoffs(self, fname, text):
        """Return the four ascending numbers that ``text`` of a setting holds."""
        try:
            numbers = [float(part) for part in text.replace(";", ",").split(",")]
        except ValueError:
            numbers = []
        ascending = all(a < b for a, b in zip(numbers, numbers[1:], strict=False))
        if (
            len(numbers) != CUTOFF_COUNT
            or not ascending
            or not all(abs(number) < LARGEST_CUTOFF for number in numbers)
        ):
            raise ValidationError(
                self.env._(
                    "%(setting)s: “%(text)s” should be four ascending numbers, "
                    "such as 30, 60, 120, 240.",
                    setting=self._fields[fname].get_description(self.env, ["string"])[
                        "string"
                    ],
                    text=text,
                )
            )
        return tuple(numbers)
