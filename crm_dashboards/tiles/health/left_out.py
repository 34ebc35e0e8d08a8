# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from .. import blocks
from ..leads import get_settings_link
from ..words import format_count

_lt = LazyTranslate(__name__)

NEVER_ORDERED = "never_ordered"


class CrmTileHealthLeftOut(models.AbstractModel):
    """Customers that are not compared with the others, by reason."""

    _name = "crm.tile.health_left_out"
    _inherit = "crm.tile.health.mixin"
    _description = "Tile: Left Out"
    _purpose = _lt("Which customers are left out of the segments, and why.")

    def _get_content(self, scope):
        metric = self.env["crm.customer.metric"].sudo()
        counts = {
            reason or NEVER_ORDERED: number
            for reason, number in metric._read_group(
                self._get_domain(scope), ["left_out_reason"], ["__count"]
            )
        }
        if not counts:
            return self._empty(
                self.env._("No customer is left out of the comparison."),
                links=get_settings_link(self.env),
            )
        rows = [
            blocks.Row(
                id=place,
                title=title,
                subtitle=advice,
                cell=blocks.count(counts.get(reason, 0)),
                drill=blocks.Drill("reason", reason) if reason in counts else False,
            )
            for place, (reason, (title, advice)) in enumerate(
                self._get_reasons().items(), start=1
            )
        ]
        total = format_count(self.env, sum(counts.values()))
        return self._ready(
            blocks.Note(
                self.env._("%(count)s in all · Settings", count=total),
                blocks.Drill("settings"),
            ),
            blocks.Rows(tuple(rows)),
        )

    def _get_reasons(self):
        """Return {reason: (what it is called, what can be done)}."""
        admit = self.env._("the settings can admit them")
        return {
            "individual": (self.env._("Individuals"), admit),
            "never_invoiced": (self.env._("Never invoiced"), admit),
            NEVER_ORDERED: (
                self.env._("Invoiced, but never ordered"),
                self.env._("they come in with their first confirmed order"),
            ),
            "excluded": (
                self.env._("Left out by hand"),
                self.env._("a box on the customer's form"),
            ),
        }

    def _get_domain(self, scope):
        metric = self.env["crm.customer.metric"]
        here = Domain("company_id", "=", scope.company.id)
        return here & metric._get_left_out_domain()

    def _open(self, scope, drill):
        """Open the customers left out for a reason."""
        reasons = self._get_reasons()
        key, value = self._check_drill(drill, reason=lambda each: each in reasons)
        domain = self._get_domain(scope)
        if key:
            reason = False if value == NEVER_ORDERED else value
            domain &= Domain("left_out_reason", "=", reason)
        title = reasons[value][0] if key else self.env._("Left Out")
        return self._open_list(title, "crm.customer.metric", domain)
