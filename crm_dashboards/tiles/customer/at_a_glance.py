# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import models
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from ...analytics.customer_state import SOON_DAYS, next_step, order_state
from ...analytics.expectation import Expectation
from ...analytics.history import day_number, day_to_date
from ...analytics.rhythm import whole_days
from ...models.crm_due_line import OVERDUE_AGES
from ...models.date_words import format_day, format_month
from ...nightly.periods import get_figures_zone, get_zone_today
from .. import blocks
from ..mixins.trend import DIRECTIONS, TONES, make_sparklines, make_trend_cell
from ..words import (
    format_ago,
    format_amount,
    format_days_late,
    format_share,
    join_words,
)
from .glance_words import get_state_words, get_step_words

_lt = LazyTranslate(__name__)

BAD_STATES = ("missing", "leaves", "lapsed")


class CrmTileCustomerAtAGlance(models.AbstractModel):
    """How the customer stands, what to do next, four figures, and whom to call."""

    _name = "crm.tile.customer_at_a_glance"
    _inherit = "crm.tile"
    _description = "Tile: At a Glance"
    _print_place = 10
    _purpose = _lt("How the customer stands, and what to do next.")

    _has_stored_figures = True

    def _get_content(self, scope):
        scope.customer._check_crm_figures_access()
        if not scope.metric and self._has_ordered(scope):
            return self._empty(self.env._("There are no stored figures of orders."))
        return self._ready(
            self._get_lead(scope),
            blocks.Strip(tuple(self._get_figures(scope))),
            blocks.Facts(tuple(self._get_facts(scope))),
            *(self._get_all_orders_text() if scope.metric.last_order_date else ()),
        )

    # ------------------------------------------------------------------
    # How the customer stands, and what to do
    # ------------------------------------------------------------------

    def _has_ordered(self, scope):
        order = self.env["sale.order"]
        if not order.has_access("read"):
            return False
        domain = order._get_confirmed_domain(scope.company)
        return bool(order.search_count(domain & scope.get_customer_domain(), limit=1))

    def _get_expectation(self, scope):
        """Return the Expectation; of somebody without figures, that there is none."""
        if scope.metric:
            return scope.expectation
        return Expectation(day_number(scope.today))

    def _get_lead(self, scope):
        expected = self._get_expectation(scope)
        state = order_state(expected)
        overdue = self._get_overdue(scope)
        quotation = self._find_expiring_quotation(scope)
        step = next_step(
            state,
            expected,
            is_overdue=bool(overdue),
            expires=bool(quotation),
            is_silent=self._is_silent(scope),
        )
        amount = format_amount(overdue, scope.currency)
        figures = {
            "overdue": amount,
            "late": format_days_late(self.env, expected.days_overdue),
            "recency_days": expected.recency_days,
            "ago": format_ago(self.env, expected.recency_days or 0),
        }
        words = get_state_words(self.env, state, bool(overdue)) % figures
        is_bad = state in BAD_STATES
        return blocks.Lead(
            text=words,
            mark=words if is_bad else amount if overdue else "",
            tone="negative" if is_bad or overdue else False,
            evidence=self._get_evidence(scope, state),
            step=self._get_step(scope, step, quotation, amount),
        )

    def _get_overdue(self, scope):
        return sum((scope.dues or {}).get(age, 0.0) for age in OVERDUE_AGES)

    def _get_evidence(self, scope, state):
        """Return what the sentence rests on, in one line."""
        expected = self._get_expectation(scope)
        if state in ("on_time", "due_today"):
            return self._describe_next_order(scope)
        if expected.interval_days is None:
            return ""
        words = self.env._(
            "Usually every %(usual)s days, the last order was %(ago)s.",
            usual=whole_days(expected.interval_days),
            ago=format_ago(self.env, expected.recency_days),
        )
        if state == "lapsed" or not expected.expected_cents:
            return words
        about = self._format_cents(scope, expected.expected_cents)
        expects = self.env._("About %(value)s is expected.", value=about)
        return f"{words} {expects}"

    def _describe_next_order(self, scope):
        expected = scope.expectation
        day = format_day(self.env, day_to_date(expected.expected_day))
        if not expected.expected_cents:
            return self.env._("The next order is expected on %(day)s.", day=day)
        return self.env._(
            "The next order is expected on %(day)s, about %(value)s.",
            day=day,
            value=self._format_cents(scope, expected.expected_cents),
        )

    def _get_step(self, scope, step, quotation, overdue):
        """Return what to do next in a sentence, empty where nothing waits."""
        if not step:
            return ""
        contact = self._find_contact(scope.customer)
        figures = {
            "contact": contact.name or scope.customer.display_name,
            "overdue": overdue,
        }
        if step == "engage" and not self._get_engagement_day(scope):
            step = "engage_first"
        if step == "quotation":
            figures["quotation"] = quotation.name
            figures["value"] = format_amount(
                quotation.amount_untaxed, quotation.currency_id
            )
            figures["day"] = format_day(self.env, quotation.validity_date)
        return get_step_words(self.env, step) % figures

    def _find_expiring_quotation(self, scope):
        """Return the largest sent quotation that ends within a week, or none."""
        order = self.env["sale.order"]
        if not order.has_access("read"):
            return order
        return order.search(
            Domain("state", "=", "sent")
            & Domain("company_id", "=", scope.company.id)
            & Domain("validity_date", ">=", scope.today)
            & Domain("validity_date", "<=", scope.today + timedelta(days=SOON_DAYS))
            & scope.get_customer_domain(),
            order="amount_untaxed DESC, id",
            limit=1,
        )

    # ------------------------------------------------------------------
    # Four figures
    # ------------------------------------------------------------------

    def _get_figures(self, scope):
        figures = []
        if self._get_expectation(scope).order_count:
            figures.append(self._get_next_order_figure(scope))
            figures.append(self._get_month_figure(scope))
        if scope.metric.trend:
            figures.append(self._get_year_figure(scope))
        if scope.dues is not None:
            figures.append(self._get_due_figure(scope))
        return figures

    def _get_next_order_figure(self, scope):
        expected = scope.expectation
        label = self.env._("Next order")
        if expected.state is None or expected.state == "lapsed":
            words = self.env._("not to be foreseen")
            return blocks.StripFigure(label, blocks.words(words))
        expected_day = day_to_date(expected.expected_day)
        day = format_day(self.env, expected_day)
        about = expected.expected_cents and self.env._(
            "about %(value)s", value=self._format_cents(scope, expected.expected_cents)
        )
        often = self.env._(
            "every %(days)s days", days=whole_days(expected.interval_days)
        )
        if not expected.days_overdue:
            is_today = expected_day == scope.figures_today
            cell = blocks.words(self.env._("due today") if is_today else day)
            return blocks.StripFigure(label, cell, join_words(about, often))
        late = format_days_late(self.env, expected.days_overdue)
        since = self.env._("expected %(date)s", date=day)
        return blocks.StripFigure(
            label,
            blocks.words(late),
            join_words(about, since),
            tone="negative" if expected.state == "missing" else False,
        )

    def _get_month_figure(self, scope):
        month, currency = scope.month, scope.currency
        scale = 10**currency.decimal_places
        label = self.env._(
            "%(month)s so far", month=format_month(self.env, scope.figures_today)
        )
        note = ""
        if month.point is not None and not month.is_reached:
            note = self.env._(
                "%(value)s expected", value=self._format_cents(scope, month.point)
            )
            if month.low is not None and month.low < month.point < month.high:
                note = self.env._(
                    "%(value)s expected, %(low)s to %(high)s",
                    value=self._format_cents(scope, month.point),
                    low=self._format_cents(scope, month.low),
                    high=self._format_cents(scope, month.high),
                )
        cell = blocks.money(month.so_far / scale, currency)
        return blocks.StripFigure(label, cell, note)

    def _get_year_figure(self, scope):
        metric = scope.metric
        labels = {
            "turnover": self.env._("12 months, invoiced"),
            "orders": self.env._("12 months, ordered"),
        }
        cell = make_trend_cell(metric)
        change, direction = cell.value, DIRECTIONS[metric.trend]
        if cell.unit == "percent":
            # an arrow up or down is the sign
            share = change if direction == "level" else abs(change)
            change = self.env._(
                "%(change)s on the year before", change=format_share(self.env, share)
            )
        if metric.trend_is_chance:
            change = self.env._("%(change)s, maybe by chance", change=change)
        return blocks.StripFigure(
            labels.get(scope.refresh.trend_source, self.env._("12 months")),
            blocks.money(metric.trend_this_year, scope.currency),
            change or "",
            note_tone=TONES[metric.trend],
            direction=direction if change else False,
            spark=make_sparklines(metric).get(metric.id, False),
        )

    def _get_due_figure(self, scope):
        cell = blocks.money(sum(scope.dues.values()), scope.currency)
        overdue = self._get_overdue(scope)
        if not overdue:
            words = self.env._("nothing overdue")
            return blocks.StripFigure(self.env._("Due"), cell, words)
        words = self.env._(
            "%(amount)s overdue", amount=format_amount(overdue, scope.currency)
        )
        return blocks.StripFigure(self.env._("Due"), cell, words, note_tone="negative")

    # ------------------------------------------------------------------
    # Whom to call
    # ------------------------------------------------------------------

    def _get_facts(self, scope):
        customer, contact = scope.customer, self._find_contact(scope.customer)
        phone = contact.phone or customer.phone
        email = contact.email or customer.email
        manager = customer.crm_account_manager_id.sudo().name
        terms = customer.property_payment_term_id.name
        facts = [
            (self.env._("Contact"), join_words(contact.name, contact.function), False),
            (self.env._("Phone"), phone, phone and f"tel:{phone}"),
            (self.env._("Email"), email, email and f"mailto:{email}"),
            (self.env._("Last spoke"), self._describe_engagement(scope), False),
            (self.env._("Terms"), terms, False),
            (
                self.env._("Account manager"),
                manager or self.env._("Unassigned"),
                False,
            ),
        ]
        return [blocks.Fact(*fact) for fact in facts if fact[1]]

    def _find_contact(self, customer):
        """Return the first person of the customer, none where it has no people."""
        return customer.child_ids.filtered(lambda child: child.type == "contact")[:1]

    def _describe_engagement(self, scope):
        """Return how and when somebody was in touch last, empty if never."""
        day = self._get_engagement_day(scope)
        if not day:
            return ""
        return join_words(
            scope.metric.last_engagement_type_id.sudo().name,
            format_day(self.env, day),
            format_ago(self.env, (scope.figures_today - day).days),
        )

    def _is_silent(self, scope):
        """Whether nobody was in touch for longer than the settings allow, or ever."""
        if not scope.metric or scope.metric.left_out_reason:
            return False
        day = self._get_engagement_day(scope)
        most_days = scope.company._get_crm_setting("crm_engagement_days")
        return not day or (scope.figures_today - day).days > most_days

    def _get_engagement_day(self, scope):
        # the other fields of engagements would be computed with these, for nobody
        scope.metric._read_sql_fields(
            ["last_engagement_date", "last_engagement_type_id"]
        )
        moment = scope.metric.last_engagement_date
        return moment and get_zone_today(get_figures_zone(scope.company), moment)

    # ------------------------------------------------------------------
    # Words
    # ------------------------------------------------------------------

    def _format_cents(self, scope, cents):
        currency = scope.currency
        return format_amount(cents / 10**currency.decimal_places, currency)
