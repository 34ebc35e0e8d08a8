# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..tiles.words import format_seconds

KEPT_DAYS = 400


class CrmNight(models.Model):
    """A run of the nightly job over one company: how long it took and how it ended.

    Rows are only added, and kept a little longer than a year.
    """

    _name = "crm.night"
    _description = "Night"
    _rec_name = "date"
    _order = "id DESC"
    _log_access = False

    company_id = fields.Many2one(
        "res.company", required=True, ondelete="cascade", readonly=True, index=True
    )
    date = fields.Datetime("Night", required=True, readonly=True)
    result = fields.Selection(
        [("done", "Done"), ("retried", "Done at a later try"), ("failed", "Failed")],
        required=True,
        readonly=True,
    )
    duration_seconds = fields.Float(
        "Duration (s)", readonly=True, digits=(16, 2), aggregator="avg"
    )
    phase_times = fields.Json(
        readonly=True, help="Name and seconds of each phase, in their order."
    )
    phases = fields.Char("Where It Went", compute="_compute_phases")
    customer_count = fields.Integer("Customers", readonly=True, aggregator=None)
    changed_count = fields.Integer("Changed", readonly=True)
    broken_count = fields.Integer("Records Left Out", readonly=True, aggregator=None)
    unrated_order_count = fields.Integer(
        "Orders Without a Rate", readonly=True, aggregator=None
    )
    error = fields.Char(readonly=True)

    @api.depends("phase_times")
    def _compute_phases(self):
        for night in self:
            night.phases = ", ".join(
                self.env._(
                    "%(phase)s %(time)s",
                    phase=self._get_phase_label(name),
                    time=format_seconds(self.env, seconds),
                )
                for name, seconds in night.phase_times or []
            )

    def _get_phase_label(self, name):
        """Return what a phase is called, also one whose addon gives it no label."""
        return self._get_phase_labels().get(name) or name.replace("_", " ").capitalize()

    def _get_phase_labels(self):
        """Return {name of a phase: what it does}; an addon adds its own."""
        return {
            "figures": self.env._("Figures"),
            "engagements": self.env._("Engagements"),
            "broken": self.env._("Broken records"),
            "backtest": self.env._("Back-tests"),
            "assignment": self.env._("New customers"),
            "account_managers": self.env._("Account managers"),
            "alerts": self.env._("Alerts"),
            "what_followed": self.env._("What followed"),
            "campaigns": self.env._("Campaigns"),
            "quotations": self.env._("Quotations"),
            "month_end": self.env._("Month end"),
            "quotation_chance": self.env._("Chance of quotations"),
            "sums": self.env._("Sums"),
        }

    def _get_last(self, company):
        """Return the last run of a company, or none."""
        return self.search(Domain("company_id", "=", company.id), limit=1)

    @api.autovacuum
    def _gc_nights(self):
        oldest = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        self.search(Domain("date", "<", oldest)).unlink()
