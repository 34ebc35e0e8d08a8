# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from .. import blocks
from ..report import Report
from ..words import format_count, format_seconds, join_words
from .summary import CRON

_lt = LazyTranslate(__name__)

NIGHTS = 5
NAMED_PHASES = 4  # the longest ones of a night
TONES = {"failed": "negative"}
PHASE_TONES = ("primary", "positive", "neutral", "muted", "rest")


class CrmTileHealthNights(models.AbstractModel):
    """The last nights: how long each took, and where the time of the last one went."""

    _name = "crm.tile.health_nights"
    _inherit = "crm.tile.health.mixin"
    _description = "Tile: Nights"
    _purpose = _lt(
        "How long the last nights took, and how many customers they computed."
    )

    _report_action = "crm_dashboards.crm_night_action"

    def _get_content(self, scope):
        nights = self.env["crm.night"].search(
            Domain("company_id", "=", scope.company.id), limit=NIGHTS
        )
        run = blocks.Note(self.env._("Run now"), blocks.Drill("run"))
        if not nights:
            words = (
                self.env._("Nights are noted from the coming one on.")
                if scope.refresh.as_of
                else self.env._("No night yet: the first figures follow soon.")
            )
            return self._empty(
                words, links=[blocks.Link(self.env._("Run now"), blocks.Drill("run"))]
            )
        rows = tuple(self._make_row(scope, night) for night in nights)
        return self._ready(run, *self._get_phases(nights), blocks.Rows(rows))

    def _make_row(self, scope, night):
        labels = dict(night._fields["result"]._description_selection(self.env))
        words = self.env._(
            "%(customers)s customers, %(changed)s changed",
            customers=format_count(self.env, night.customer_count),
            changed=format_count(self.env, night.changed_count),
        )
        if night.result == "failed":
            words = night.error or ""
        left_out = night.broken_count and self.env._(
            "records left out: %(count)s", count=night.broken_count
        )
        return blocks.Row(
            id=night.id,
            title=self._format_moment(scope, night.date),
            subtitle=join_words(words, left_out),
            cell=blocks.words(
                format_seconds(self.env, night.duration_seconds)
                if night.result != "failed"
                else False
            ),
            cell_note=labels[night.result],
            tone=TONES.get(night.result, False),
        )

    def _get_phases(self, nights):
        """Return the bar of where the time of the last whole night went."""
        whole = nights.filtered("phase_times")[:1]
        times = sorted(
            whole.phase_times or [], key=lambda phase: phase[1], reverse=True
        )
        total = sum(seconds for _name, seconds in times)
        if not total:
            return []
        parts = [
            (whole._get_phase_label(name), seconds)
            for name, seconds in times[:NAMED_PHASES]
        ]
        rest = sum(seconds for _name, seconds in times[NAMED_PHASES:])
        if rest:
            parts.append((self.env._("Other"), rest))
        return [
            blocks.Stack(
                tuple(
                    blocks.StackPart(
                        label,
                        blocks.words(format_seconds(self.env, seconds)),
                        seconds / total,
                        tone=tone,
                    )
                    for tone, (label, seconds) in zip(PHASE_TONES, parts, strict=False)
                )
            )
        ]

    def _open(self, scope, drill):
        """Open all nights, or have one run now."""
        key, _value = self._check_drill(drill, run=self._is_all)
        if key == "run":
            return self._run()
        return self._get_report_action(
            Domain("company_id", "in", self.env.companies.ids)
        )

    def _run(self):
        """Have the nightly job run as soon as the server gets to it."""
        self.env["crm.night"].check_access("read")  # as the page: for administrators
        self.env.ref(CRON).sudo()._trigger()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "The figures of all companies are being made. Refresh in a moment."
                ),
            },
        }

    def _get_report(self):
        return Report(
            title=self.env._("Nights"),
            action=self._report_action,
            domain=Domain("company_id", "in", self.env.companies.ids),
            group_by="date:month",
            chart="count",
        )
