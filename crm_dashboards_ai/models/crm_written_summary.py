# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.crm_dashboards.analytics.history import day_number
from odoo.addons.crm_dashboards.analytics.narrative import CustomerStory

from ..writing.answer import Rejected, check, fill
from ..writing.endpoint import Endpoint, NoAnswer, ask
from ..writing.request import fingerprint
from .summary_parameters import ENABLED, KEY, MODEL, URL

_logger = logging.getLogger(__name__)

TIME_LIMIT_SECONDS = 10
# How long nobody is kept waiting for an endpoint that did not answer.
PAUSE = timedelta(minutes=5)
# Figures change every day, with the days since the last order at the latest.
KEPT = timedelta(days=7)


class CrmWrittenSummary(models.Model):
    """What a model has written, or that it has not, for one state of the figures.

    Insert-only, so that two who look at the same customer never wait for each other.
    Templates are kept, not figures; only code reads them, past the entry check of
    the dashboards and with figures that the user may read.
    """

    _name = "crm.written.summary"
    _description = "Written Summary"
    _order = "id DESC"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, ondelete="cascade", readonly=True
    )
    lang = fields.Char("Language", required=True, readonly=True)
    fingerprint = fields.Char(
        required=True, readonly=True, help="Tells one request from another."
    )
    outcome = fields.Selection(
        [("accepted", "Accepted"), ("rejected", "Rejected"), ("failed", "Failed")],
        required=True,
        readonly=True,
    )
    template = fields.Text(readonly=True, help="Sentences with placeholders.")

    _request_idx = models.Index("(partner_id, company_id, lang, fingerprint)")
    _failed_idx = models.Index("(create_date) WHERE outcome = 'failed'")

    def _get_endpoint(self):
        """Return the Endpoint that is set up, None while the summary is off."""
        parameters = self.env["ir.config_parameter"].sudo()
        url, model = parameters.get_param(URL), parameters.get_param(MODEL)
        if not (parameters.get_param(ENABLED) and url and model):
            return None
        return self._make_endpoint(url, model)

    def _make_endpoint(self, url, model):
        key = self.env["ir.config_parameter"].sudo().get_param(KEY)
        return Endpoint(url or "", model or "", key or "", TIME_LIMIT_SECONDS)

    def _write_summary(self, metric, story, endpoint):
        """Return a model's summary of a customer, with its figures.

        :param metric: crm.customer.metric of the customer, as the user may read it
        :param CustomerStory story: what is known of the customer
        :param Endpoint endpoint: whom to ask
        :return: str, None where the summary by rules has to do
        """
        if not story.order_count:
            return None
        lang = self._get_language()
        request, figures = metric._prepare_summary(endpoint.model, lang, story)
        key = {
            "partner_id": metric.partner_id.id,
            "company_id": metric.company_id.id,
            "lang": lang,
            "fingerprint": fingerprint(endpoint.url, request),
        }
        domain = [(name, "=", value) for name, value in key.items()]
        summary = self.search([*domain, ("outcome", "!=", "failed")], limit=1)
        if not summary:
            if self._is_paused():
                return None
            answer = self._ask(endpoint, request, figures, lang)
            summary = self.create({**key, **answer})
        return fill(summary.template, figures) if summary.template else None

    def _ask(self, endpoint, request, figures, lang):
        """Return what to keep of an answer, ``{outcome, template}``."""
        try:
            text = check(ask(endpoint, request), figures, lang, endpoint.key)
        except Rejected as error:
            _logger.info("A written summary was rejected: %s", error.reason)
            return {"outcome": "rejected", "template": False}
        except NoAnswer as error:
            _logger.info("No summary was written: %s", error.reason)
            return {"outcome": "failed", "template": False}
        return {"outcome": "accepted", "template": text}

    def _try(self, endpoint):
        """Return what a model writes about made-up figures.

        :raise NoAnswer, Rejected: it does not
        """
        lang = self._get_language()
        request, figures = self._prepare_sample(endpoint.model)
        text = check(ask(endpoint, request), figures, lang, endpoint.key)
        return fill(text, figures)

    def _prepare_sample(self, model):
        """Return what to ask about a made-up customer, see ``_prepare_summary``."""
        customer = self.env["crm.customer.metric"].sudo()
        customer = customer.new({"company_id": self.env.company.id})
        story = CustomerStory(
            order_count=24,
            month_cents=123_400,
            same_days_cents=150_000,
            trend="growing",
            this_year_cents=1_430_000,
            last_year_cents=1_300_000,
            change_share=0.1,
            recency_days=9,
            interval_days=14.0,
            expected_day=day_number(fields.Date.context_today(self)) + 5,
            expected_cents=61_000,
        )
        return customer._prepare_summary(model, self._get_language(), story)

    def _get_language(self):
        return self.env.lang or "en_US"

    def _is_paused(self):
        """Whether an endpoint that failed a moment ago is left alone."""
        since = self.env.cr.now() - PAUSE
        domain = [("outcome", "=", "failed"), ("create_date", ">=", since)]
        return bool(self.search_count(domain, limit=1))

    def _forget_failures(self):
        """Ask again at once, since what failed is mended."""
        self.search([("outcome", "=", "failed")]).unlink()

    def _explain(self, reason):
        """Return in words why there is no summary by a model."""
        reasons = {
            "address": self.env._(
                "The address should look like http://localhost:8080/v1."
            ),
            "slow": self.env._(
                "The model took more than %(seconds)s seconds.",
                seconds=TIME_LIMIT_SECONDS,
            ),
            "unreachable": self.env._("Nothing answers at this address."),
            "redirect": self.env._(
                "The address redirects to another one, which is not followed. Please "
                "enter the final address."
            ),
            "key": self.env._("The key is missing or was refused."),
            "not_found": self.env._(
                "There is no such address or model. The address usually ends in /v1."
            ),
            "busy": self.env._(
                "The endpoint refuses because of too many or unpaid calls."
            ),
            "refused": self.env._(
                "The endpoint refuses the request; is the model's name right?"
            ),
            "failing": self.env._("The endpoint has an error of its own."),
            "too_big": self.env._("The answer was too big to be a summary."),
            "unreadable": self.env._(
                "The answer was not readable; is this the right address?"
            ),
            "empty": self.env._("The model wrote nothing."),
            "too_long": self.env._("The model wrote too much."),
            "secret": self.env._("The answer held the key."),
            "placeholder": self.env._(
                "The model spoke of figures that it was not given."
            ),
            "markup": self.env._(
                "The model wrote markup or links instead of plain text."
            ),
            "number": self.env._(
                "The model wrote a number of its own instead of a placeholder."
            ),
            "no_figure": self.env._("The model did not use any of the figures."),
        }
        return reasons[reason]

    @api.autovacuum
    def _gc_summaries(self):
        """Delete what was written for figures of the past."""
        before = self.env.cr.now() - KEPT
        self.search([("create_date", "<", before)]).unlink()
