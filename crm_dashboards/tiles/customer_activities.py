from odoo import api, models
from odoo.fields import Domain

from ..models.crm_engagement import KINDS
from . import blocks

# Of the viewer's days, as the report's filter reads the same words.
LAST_12_MONTHS = Domain("date", ">=", "today -12m")


class CrmDashboardTile(models.Model):
    """How often and in which way one was in touch with a customer."""

    _inherit = "crm.dashboard.tile"

    @api.model
    def _get_customer_engagements_domain(self, scope):
        """Return the domain of the engagements with the customer of ``scope``."""
        return Domain("partner_id", "in", list(scope.entity_ids)) & Domain(
            "company_id", "in", [*self._get_companies(scope).ids, False]
        )

    @api.model
    def _tile_customer_activities(self, scope):
        """Engagements of the last 12 months by kind."""
        domain = self._get_customer_engagements_domain(scope) & LAST_12_MONTHS
        counts = dict(
            self.env["crm.engagement"]._read_group(domain, ["kind"], ["__count"])
        )
        total = sum(counts.values())
        if not total:
            return self._empty(
                self.env._("No visit, call, meeting or e-mail in the last 12 months.")
            )
        labels = self._get_kind_labels()
        items = [
            {
                "label": labels[kind],
                "cell": blocks.count(counts[kind]),
                "share": counts[kind] / total,
                "drill": blocks.drill("kind", kind),
            }
            for kind in KINDS
            if counts.get(kind)
        ]
        return self._ready(
            blocks.note(self.env._("last 12 months")),
            {"type": "share", "items": items},
        )

    @api.model
    def _get_kind_labels(self):
        return {
            "visit": self.env._("Visits"),
            "call": self.env._("Calls"),
            "meeting": self.env._("Meetings"),
            "email": self.env._("E-mails"),
            "other": self.env._("Others"),
        }

    @api.model
    def _open_customer_activities(self, scope, drill):
        """Open the engagements of the last 12 months, all or those of one kind."""
        key, value = self._check_drill(
            drill, kind=lambda value: isinstance(value, str) and value in KINDS
        )
        facets = (
            {f"search_default_{value}": 1} if key else {"search_default_by_kind": 1}
        )
        return self._get_report_action(
            "crm_dashboards.crm_engagement_action",
            self._get_customer_engagements_domain(scope),
            search_default_last_12_months=1,
            **self._get_company_context(scope),
            **facets,
        )
