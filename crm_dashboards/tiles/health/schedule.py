# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from .. import blocks
from ..words import join_words
from .storage import ADDONS

_lt = LazyTranslate(__name__)

# How often, by Odoo's unit: once in it, and once in some of them.
EVERY = {
    "minutes": (_lt("every minute"), _lt("every %(number)s minutes")),
    "hours": (_lt("every hour"), _lt("every %(number)s hours")),
    "days": (_lt("every day"), _lt("every %(number)s days")),
    "weeks": (_lt("every week"), _lt("every %(number)s weeks")),
    "months": (_lt("every month"), _lt("every %(number)s months")),
}


class CrmTileHealthSchedule(models.AbstractModel):
    """What runs by itself, and when: every scheduled action of these addons."""

    _name = "crm.tile.health_schedule"
    _inherit = "crm.tile.health.mixin"
    _description = "Tile: Runs by Itself"
    _purpose = _lt("What runs or is sent by itself, and when.")

    def _get_content(self, scope):
        rows = tuple(self._make_row(scope, cron) for cron in self._get_crons())
        words = self.env._("Times are of the zone of figures.")
        return self._ready(blocks.Rows(rows), blocks.Text(words))

    def _get_crons(self):
        """Return the scheduled actions, archived ones among them."""
        data = self.env["ir.model.data"].sudo()
        found = data.search(
            Domain("model", "=", "ir.cron") & Domain("module", "=like", f"{ADDONS}%")
        )
        crons = self.env["ir.cron"].sudo().with_context(active_test=False)
        return crons.browse(found.mapped("res_id")).exists().sorted("nextcall")

    def _make_row(self, scope, cron):
        one, many = EVERY[cron.interval_type]
        number = cron.interval_number
        every = self.env._(one if number == 1 else many) % {"number": number}
        last = cron.lastcall and self.env._(
            "last %(moment)s", moment=self._format_moment(scope, cron.lastcall)
        )
        return blocks.Row(
            id=cron.id,
            title=cron.name,
            subtitle=join_words(every, last),
            cell=blocks.words(
                self._format_moment(scope, cron.nextcall)
                if cron.active
                else self.env._("switched off")
            ),
            tone=False if cron.active else "negative",
            drill=blocks.Drill("cron", cron.id),
        )

    def _open(self, scope, drill):
        """Open a scheduled action."""
        _key, value = self._check_drill(
            drill, cron=lambda each: each in self._get_crons().ids
        )
        return self._open_record("ir.cron", value)
