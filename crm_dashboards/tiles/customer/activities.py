# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from ...models.crm_engagement import KINDS
from .. import blocks
from ..mixins.engagement_terms import get_engagement_terms
from ..report import Report

_lt = LazyTranslate(__name__)

# Of the viewer's days, as the report's filter reads the same words.
LAST_12_MONTHS = Domain("date", ">=", "today -12m")


class CrmTileCustomerActivities(models.AbstractModel):
    """How often and in which way one was in touch with a customer, by kind."""

    _name = "crm.tile.customer_activities"
    _inherit = "crm.tile"
    _description = "Tile: Activities by Type"
    _purpose = _lt("How the customer was spoken to in the last twelve months.")

    _report_action = "crm_dashboards.crm_engagement_action"
    _adds_up_companies = True

    def _get_content(self, scope):
        domain = self._get_engagements_domain(scope) & LAST_12_MONTHS
        counts = dict(
            self.env["crm.engagement"]._read_group(domain, ["kind"], ["__count"])
        )
        total = sum(counts.values())
        if not total:
            return self._empty(
                self.env._("No visit, call, meeting or e-mail in the last 12 months.")
            )
        labels = self._get_kind_labels()
        items = tuple(
            blocks.ShareItem(
                label=labels[kind],
                cell=blocks.count(counts[kind]),
                share=counts[kind] / total,
                drill=blocks.Drill("kind", kind),
            )
            for kind in KINDS
            if counts.get(kind)
        )
        return self._ready(
            blocks.Note(self.env._("last 12 months")), blocks.Share(items)
        )

    def _get_engagements_domain(self, scope):
        """Return the domain of the engagements with the customer of ``scope``."""
        return Domain("partner_id", "in", scope.entities.ids) & Domain(
            "company_id", "in", [*scope.companies.ids, False]
        )

    def _get_kind_labels(self):
        return {
            "visit": self.env._("Visits"),
            "call": self.env._("Calls"),
            "meeting": self.env._("Meetings"),
            "email": self.env._("E-mails"),
            "other": self.env._("Others"),
        }

    # ------------------------------------------------------------------
    # Behind it
    # ------------------------------------------------------------------

    def _open(self, scope, drill):
        """Open the engagements of the last 12 months, all or those of one kind."""
        key, value = self._check_drill(
            drill, kind=lambda value: isinstance(value, str) and value in KINDS
        )
        facets = (
            {f"search_default_{value}": 1} if key else {"search_default_by_kind": 1}
        )
        return self._get_report_action(
            self._get_engagements_domain(scope),
            search_default_last_12_months=1,
            **self._get_company_context(scope),
            **facets,
        )

    def _get_report(self):
        return Report(
            title=self.env._("Engagements"),
            action=self._report_action,
            domain=Domain("company_id", "in", [*self.env.companies.ids, False]),
            group_by="kind",
            chart="count",
            link_field="partner_id",
            reading_note=self.env._("All engagements with each customer"),
            terms=tuple(self._get_terms()),
        )

    def _get_terms(self):
        return get_engagement_terms(self.env)[:1]
