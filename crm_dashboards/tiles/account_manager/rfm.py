# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from ...analytics.rfm import SEGMENT_SHORT, SEGMENTS, SMALLEST_POPULATION
from ...models.date_words import format_day
from ...nightly.kept_sums import SALES, UNRANKED
from .. import blocks
from ..leads import get_settings_link
from ..mixins.customers import get_segment_place
from ..mixins.segment_months import SEGMENT_MONTHS, get_first_month_end
from ..report import Term
from ..segment_words import SEGMENT_WORDS
from ..words import format_count, format_share

_lt = LazyTranslate(__name__)

FEW_CUSTOMERS = 50  # ranks of so few are no more than a guide
QUIET_ROWS = 3  # up to this recency score customers may have to be won back


class CrmTileRfm(models.AbstractModel):
    """The ten segments on a grid of recency and frequency-monetary score."""

    _name = "crm.tile.rfm"
    _inherit = "crm.tile.customers.mixin"
    _description = "Tile: RFM Analysis"
    _purpose = _lt("Who buys lately, often and much, and who does not any more.")

    _report_action = "crm_dashboards.crm_customer_metric_action_rfm_report"
    _has_order_values = True

    def _get_customer_sums(self, scope):
        return {scope.company: {**SALES, **UNRANKED}}

    def _get_content(self, scope):
        metric = self.env["crm.customer.metric"]
        domain = self._get_metric_domain(scope)
        figures, left_out = {}, {}
        sums = scope.sum_customers(scope.company)
        for segment, group in sums.group(SALES, "segment").items():
            if segment:
                figures[segment] = (int(group["count"]), float(group["sales"]))
        for reason, group in sums.group(UNRANKED, "left_out_reason").items():
            if group["unranked"]:
                left_out[reason] = int(group["unranked"])
        left_out = metric._describe_left_out(domain, left_out)
        if not figures:
            return self._get_no_customer_content(scope) or self._empty(
                f"{self._get_no_segments_reason(domain)} {left_out}".rstrip(),
                links=get_settings_link(self.env) if left_out else (),
            )
        total = sum(number for number, _value in figures.values())
        words = [left_out] if left_out else []
        if total <= FEW_CUSTOMERS:
            words.append(
                self.env._(
                    "Few customers (%(count)s): a segment is a rough guide.",
                    count=total,
                )
            )
        all_customers = (
            self.env._("1 customer")
            if total == 1
            else self.env._("%(count)s customers", count=format_count(self.env, total))
        )
        return self._ready(
            blocks.Note(all_customers, blocks.Drill("all")),
            self._get_grid(scope, figures),
            *([blocks.Text(" ".join(words))] if words else []),
            *self._get_months_text(scope),
        )

    def _get_months_text(self, scope):
        """Say since when segments are kept by month, as soon as a month has ended."""
        first = get_first_month_end(scope.refresh)
        if not first or first >= scope.today:
            return []
        words = self.env._(
            "How they changed since %(day)s:", day=format_day(self.env, first)
        )
        link = blocks.Link(self.env._("Segments by month"), blocks.Drill("months"))
        return [blocks.Text(words, link=link)]

    def _get_grid(self, scope, figures):
        """Return the grid block.

        :param figures: {segment: (customers, value)}
        """
        field = self.env["crm.customer.metric"]._fields["segment"]
        labels = dict(field._description_selection(self.env))
        totals = [sum(each) for each in zip(*figures.values(), strict=True)]
        areas = []
        for segment in SEGMENTS:
            number, value = figures.get(segment, (0, 0.0))
            columns, rows = get_segment_place(segment)
            areas.append(
                blocks.Area(
                    key=segment,
                    segment=segment,
                    label=labels[segment],
                    short=SEGMENT_SHORT[segment],
                    cells={
                        "count": blocks.count(number),
                        "value": blocks.money(value, scope.currency),
                    },
                    column=columns,
                    row=rows,
                    drill=blocks.Drill("segment", segment),
                    portrait=self._get_portrait(segment, (number, value), totals),
                )
            )
        return blocks.Grid(
            columns=5,
            rows=5,
            column_label=self.env._("frequency and value"),
            row_label=self.env._("recency"),
            switch=(
                blocks.Choice("count", self.env._("Customers")),
                blocks.Choice("value", self.env._("Value")),
            ),
            areas=tuple(areas),
        )

    def _get_portrait(self, segment, figures, totals):
        """Return who the customers of a segment are, and what to do with them.

        :param figures, totals: (customers, value) of the segment and of all segments
        """
        shares = [
            format_share(self.env, part / whole) if whole > 0 else False
            for part, whole in zip(figures, totals, strict=True)
        ]
        words = self.env._("%(customers)s of the customers", customers=shares[0])
        if shares[1]:
            words = self.env._(
                "%(customers)s of the customers, %(value)s of their sales",
                customers=shares[0],
                value=shares[1],
            )
        links = [blocks.Link(self.env._("Open list"), blocks.Drill("segment", segment))]
        if figures[0] and self._may_be_won_back(segment):
            links.append(
                blocks.Link(self.env._("Campaign…"), blocks.Drill("campaign", segment))
            )
        who, advice = map(self.env._, SEGMENT_WORDS[segment])
        return blocks.Portrait(who, words, advice, tuple(links))

    def _may_be_won_back(self, segment):
        """Whether the user may begin a campaign for the late ones of a segment."""
        _columns, (_low, high) = get_segment_place(segment)
        wizard = self.env["crm.reactivation.wizard"]
        return high <= QUIET_ROWS and wizard.has_access("create")

    def _get_no_segments_reason(self, domain):
        """Say why customers who are compared have no segment."""
        ordered = domain & Domain("left_out_reason", "=", False)
        ordered &= Domain("last_order_date", "!=", False)
        if self.env["crm.customer.metric"].search_count(ordered, limit=1):
            return self.env._(
                "Too few customers to compare: segments need at least %(count)s.",
                count=SMALLEST_POPULATION,
            )
        return self.env._("None of the compared customers has a confirmed order yet.")

    # ------------------------------------------------------------------
    # Behind it
    # ------------------------------------------------------------------

    def _open(self, scope, drill):
        """Open customers, segments by month, or a campaign for the late."""
        key, value = self._check_drill(
            drill,
            all=self._is_all,
            months=self._is_all,
            segment=lambda value: value in SEGMENTS,
            campaign=lambda value: value in SEGMENTS and self._may_be_won_back(value),
        )
        if key == "campaign":
            return self._open_campaign(scope, value)
        if key == "months":
            return self._open_segment_months(scope)
        facets = {"search_default_segment": value} if value in SEGMENTS else {}
        return self._open_customers_report(scope, search_default_ranked=1, **facets)

    def _open_segment_months(self, scope):
        """Return the report of segments by month, its bars first."""
        action = self._get_action(
            SEGMENT_MONTHS,
            Domain("company_id", "=", scope.company.id),
            search_default_last_year=1,
            search_default_group_by_month=1,
            search_default_group_by_segment=1,
            **self._get_manager_facets(scope, "user_id"),
        )
        action["views"].sort(key=lambda view: view[1] != "graph")
        return action

    def _open_campaign(self, scope, segment):
        """Open the dialog that wins back those of a segment whose order is late."""
        late = self.env["crm.customer.metric"].search(
            self._get_metric_domain(scope)
            & Domain("segment", "=", segment)
            & Domain("last_order_date", "!=", False)
            & Domain("order_state", "!=", "expected")
        )
        if not late:
            raise UserError(
                self.env._("No order of these customers is late: nobody to win back.")
            )
        return late.action_reactivate()

    def _get_report(self):
        return self._make_customers_report(
            self.env._("RFM Analysis"),
            group_by="segment",
            measure="order_value",
            chart="count",
        )

    # ------------------------------------------------------------------
    # Words
    # ------------------------------------------------------------------

    def _get_terms(self):
        """Return what is said of scores, with the company's settings."""
        company = self.env.company
        return [
            *super()._get_terms(),
            Term(
                self.env._("Window"),
                self.env._(
                    "The %(months)s months before the as-of date.",
                    months=company._get_crm_setting("crm_rfm_window_months"),
                ),
            ),
            Term(self.env._("Compared customers"), self._describe_population(company)),
            Term(
                self.env._("Recency (R)"),
                self.env._("Days since the last order ever; score 5 is best."),
            ),
            Term(
                self.env._("Frequency (F)"),
                self.env._("Orders above zero in the window; score 5 is best."),
            ),
            Term(
                self.env._("Monetary value (M)"),
                self.env._(
                    "Base net value of the orders in the window; score 5 is best."
                ),
            ),
            Term(
                self.env._("Frequency and monetary value (FM)"),
                self.env._(
                    "The customers ranked again by their ranks in F and M together. A "
                    "customer with one order ever has F and FM score 1, one with more "
                    "an FM of at least 2."
                ),
            ),
            Term(self.env._("Scores"), self._describe_scores(company)),
        ]

    def _describe_population(self, company):
        parts = [
            self.env._("companies and individuals")
            if company.crm_include_individuals
            else self.env._("companies"),
            self.env._("invoiced or not")
            if company.crm_include_never_invoiced
            else self.env._("invoiced at least once"),
        ]
        return self.env._(
            "Customers with an order: %(which)s. Archived ones and those left out by "
            "hand do not count.",
            which=", ".join(parts),
        )

    def _describe_scores(self, company):
        if company._get_crm_setting("crm_rfm_method") == "ranks":
            return self.env._(
                "1 to 5 by rank: each score is a fifth of the compared customers; "
                "equal customers have equal scores."
            )
        return self.env._(
            "1 to 5 by fixed cut-offs. Days since the last order: %(recency)s. "
            "Orders: %(frequency)s. Value: %(monetary)s.",
            recency=company._get_crm_setting("crm_rfm_recency_cutoffs"),
            frequency=company._get_crm_setting("crm_rfm_frequency_cutoffs"),
            monetary=company._get_crm_setting("crm_rfm_monetary_cutoffs"),
        )
