# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import models
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from ...models.date_words import format_day
from .. import blocks
from ..mixins.what_followed import (
    FACETS,
    WHAT_FOLLOWED,
    WHAT_FOLLOWED_CAMPAIGNS,
    describe_campaigns,
    describe_what_followed,
)
from ..words import format_count

_lt = LazyTranslate(__name__)

DAYS = 365


class CrmTileHealthWhatFollowed(models.AbstractModel):
    """What became of the alerts that were recorded in the last year."""

    _name = "crm.tile.health_what_followed"
    _inherit = "crm.tile.health.mixin"
    _description = "Tile: What Followed"
    _purpose = _lt("What customers ordered after an alert.")

    _report_action = WHAT_FOLLOWED

    def _get_content(self, scope):
        alert = self.env["crm.alert"]
        domain = self._get_domain(scope)
        total = alert.search_count(domain)
        if not total:
            reason = self._get_no_alert_reason(scope)
            return self._empty(reason, *self._get_campaigns_texts(scope))
        items = tuple(
            blocks.ShareItem(
                label,
                blocks.count(number),
                number / total,
                blocks.Drill("alerts", key) if number else False,
            )
            for key, (label, condition) in self._get_endings().items()
            for number in [alert.search_count(domain & condition)]
        )
        count = self.env._("%(count)s alerts", count=format_count(self.env, total))
        words = self.env._(
            "Of the alerts of the last 12 months: what followed, whoever did what."
        )
        return self._ready(
            blocks.Note(count, blocks.Drill("alerts", "all")),
            blocks.Share(items),
            blocks.Text(words),
            *self._compare(scope),
            *self._get_campaigns_texts(scope),
        )

    def _compare(self, scope):
        """Return what followed those acted on, beside the others."""
        alert_month = self.env["crm.alert.month"].sudo()  # for whom health is
        found = describe_what_followed(alert_month, scope.company, scope.today)
        return [blocks.Text(words) for words in found]

    def _get_campaigns_texts(self, scope):
        """Return what followed campaigns; the last sentence leads to the report."""
        campaign_month = self.env["crm.reactivation.month"].sudo()
        found = describe_campaigns(campaign_month, scope.company, scope.today)
        link = blocks.Link(self.env._("What followed"), blocks.Drill("campaigns"))
        return [
            blocks.Text(words, link=number == len(found) and link)
            for number, words in enumerate(found, start=1)
        ]

    def _get_domain(self, scope):
        return Domain("company_id", "=", scope.company.id) & Domain(
            "date", ">", scope.today - timedelta(days=DAYS)
        )

    def _get_endings(self):
        """Return {key: (what became of an alert, Domain)}."""
        ordered = Domain("outcome_ids.result", "=", "ordered")
        in_time = Domain("outcome_ids.is_in_time", "=", True)
        return {
            "in_time": (self.env._("Ordered in time"), ordered & in_time),
            "later": (self.env._("Ordered later"), ordered & ~in_time),
            "lapsed": (
                self.env._("Lapsed"),
                Domain("outcome_ids.result", "=", "lapsed"),
            ),
            "open": (self.env._("Still open"), Domain("outcome_ids", "=", False)),
        }

    def _get_no_alert_reason(self, scope):
        since = scope.refresh.recorded_since
        if not since:
            return self.env._("Alerts are recorded from the first night on.")
        return self.env._(
            "No alert since %(day)s, when they began to be recorded.",
            day=format_day(self.env, since),
        )

    def _open(self, scope, drill):
        """Open the comparison, the alerts with an ending, or all of them."""
        if not drill:
            company = Domain("company_id", "=", scope.company.id)
            return self._get_report_action(company, **FACETS)
        endings = self._get_endings()
        key, value = self._check_drill(
            drill,
            alerts=lambda each: each == "all" or each in endings,
            campaigns=self._is_all,
        )
        if key == "campaigns":
            company = Domain("company_id", "=", scope.company.id)
            return self._get_action(
                WHAT_FOLLOWED_CAMPAIGNS,
                company,
                search_default_last_year=1,
                search_default_group_by_share_out=1,
            )
        domain = self._get_domain(scope)
        if value in endings:
            domain &= endings[value][1]
        return self._open_list(self.env._("Alerts"), "crm.alert", domain)
