# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain

from odoo.addons.crm_dashboards.tiles.report import Term
from odoo.addons.crm_dashboards.tiles.words import format_share

from ...analytics.leaving import (
    ABSENT_ORDERS,
    ACTIVE_INTERVALS,
    BEFORE_DAYS,
    MIN_ORDER_DAYS,
    MOST_AGAIN,
    RECENT_DAYS,
    SILENT_INTERVALS,
)

LINES_ACTION = "crm_dashboards_products.crm_leaving_line_action_report"


class CrmTileLeavingMixin(models.AbstractModel):
    """Lines that leave quietly: which, their report, and what the words mean."""

    _name = "crm.tile.leaving.mixin"
    _inherit = "crm.tile.alerts.mixin"
    _description = "Tile of Lines That Leave"

    def _get_lines_domain(self, scope):
        """Return the domain of the open lines of ``scope`` that leave quietly."""
        return (
            self.env["crm.leaving.line"]._get_shown_domain(scope.company)
            & scope.get_manager_domain("user_id")
            & scope.get_customer_domain()
        )

    def _open_lines(self, scope, **facets):
        """Return the report of the lines of ``scope`` with ``facets``."""
        return self._get_action(
            LINES_ACTION,
            scope.company._get_crm_figures_domain() & scope.get_customer_domain(),
            **facets,
            **self._get_manager_facets(scope, "user_id"),
        )

    def _describe_absence(self, line):
        """Say how often a line was left out."""
        return self.env._(
            "%(product)s · in none of the last %(count)s orders",
            product=line.product_tmpl_id.name,
            count=line.absent_count,
        )

    def _get_leaving_terms(self):
        return [
            Term(
                self.env._("Leaving quietly"),
                self.env._(
                    "A product that a customer bought on %(days)s days or more, silent "
                    "for %(times)s times its own usual interval and left out of the "
                    "last %(orders)s orders or more, while the customer still orders "
                    "(the last order is at most %(active)s of his intervals ago) and "
                    "others go on buying it. What is seasonal, archived or not for "
                    "sale is left out.",
                    days=MIN_ORDER_DAYS,
                    times=SILENT_INTERVALS,
                    orders=ABSENT_ORDERS,
                    active=ACTIVE_INTERVALS,
                ),
            ),
            *self._get_silence_terms(),
            Term(
                self.env._("Fading for everybody"),
                self.env._(
                    "Of other customers fewer than half as many a day bought the "
                    "product in the last %(recent)s days as in the %(before)s days up "
                    "to this customer's last purchase, or nobody did.",
                    recent=RECENT_DAYS,
                    before=BEFORE_DAYS,
                ),
            ),
            Term(
                self.env._("Value a year"),
                self.env._(
                    "What the line came to in the last 365 days; of a younger line, at "
                    "the same rate for a whole year."
                ),
            ),
        ]

    def _get_silence_terms(self):
        """Say how long a silence it takes where the company's lines come back."""
        refresh = self.env["crm.metric.refresh"]._get_last(self.env.company)
        least = refresh.leaving_least_silence
        if not least:
            return []
        return [
            Term(
                self.env._("Longer silence"),
                self.env._(
                    "More than %(again)s of the lines found before were bought again "
                    "by themselves. Therefore a line must be silent for %(times)s "
                    "times its usual or its mean interval, whichever is longer.",
                    again=format_share(self.env, MOST_AGAIN),
                    times=least,
                ),
            )
        ]

    def _get_fading_domain(self, scope):
        return (
            scope.company._get_crm_figures_domain()
            & Domain("kind", "=", "fading")
            & scope.get_manager_domain("user_id")
            & scope.get_customer_domain()
        )
