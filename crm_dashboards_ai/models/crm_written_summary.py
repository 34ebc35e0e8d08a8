# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
import os
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, config

from odoo.addons.crm_dashboards.analytics.history import day_number
from odoo.addons.crm_dashboards.analytics.narrative import CustomerStory

from ..writing.answer import Rejected, choose, fill
from ..writing.endpoint import Endpoint, NoAnswer, ask, get_origin
from ..writing.request import fingerprint
from ..writing.slots import count_slots, occupy_slot
from .summary_parameters import ENABLED, MODEL, URL

_logger = logging.getLogger(__name__)

TIME_LIMIT_SECONDS = 10
# How long an endpoint that did not answer is left alone, and what it was asked about
# if its answer was rejected.
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
    endpoint = fields.Char("Asked", readonly=True, help="The model and its address.")
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
        """Return the Endpoint; a key goes only to where it was entered for."""
        key, origin = self.env["ir.config_parameter"]._get_summary_key()
        if origin != get_origin(url):
            key = ""
        return Endpoint(url or "", model or "", key, TIME_LIMIT_SECONDS)

    def _write_summary(self, metric, story, endpoint):
        """Return a model's summary of a customer, with its figures.

        :param metric: crm.customer.metric of the customer, as the user may read it
        :param CustomerStory story: what is known of the customer
        :param Endpoint endpoint: whom to ask
        :return: str, None where the summary by rules has to do: there is nothing to
            write of, the model fails, or too many are asking
        """
        if not story.order_count:
            return None
        question = metric._prepare_summary(endpoint.model, story)
        key = {
            "partner_id": metric.partner_id.id,
            "company_id": metric.company_id.id,
            "lang": self._get_language(),
            "fingerprint": fingerprint(endpoint.url, question.body),
        }
        summary = self._find_kept(key)
        if not summary and not self._is_paused(endpoint):
            answer = self._ask_if_free(endpoint, question, metric.partner_id)
            summary = answer and self.create(
                {**key, "endpoint": endpoint.name, **answer}
            )
        if not summary or not summary.template:
            return None
        return fill(summary.template, question.texts)

    def _find_kept(self, key):
        """Return what was written for ``key``, or rejected a moment ago."""
        outcome = Domain("outcome", "=", "accepted")
        outcome |= Domain("outcome", "=", "rejected") & self._get_recent_domain()
        same = Domain.AND([(name, "=", value)] for name, value in key.items())
        return self.search(same & outcome, limit=1)

    def _ask_if_free(self, endpoint, question, partner):
        """Return what to keep of an answer, ``{outcome, template}``.

        Nothing if another call about the customer is under way, or as many as may be.
        """
        if not self._try_lock(partner):
            return None
        with self._occupy_slot() as is_free:
            return self._ask(endpoint, question) if is_free else None

    def _try_lock(self, partner):
        """Lock a customer until the end of the transaction, if nobody has."""
        query = SQL(
            "SELECT pg_try_advisory_xact_lock(hashtext(%s), %s)",
            self._name,
            partner.id,
        )
        return self.env.execute_query(query)[0][0]

    def _occupy_slot(self):
        return occupy_slot(
            os.path.join(config["data_dir"], "crm_dashboards_ai"),
            count_slots(config["workers"]),
        )

    def _ask(self, endpoint, question):
        try:
            sentences = choose(ask(endpoint, question.body), question.sentences)
        except Rejected as error:
            _logger.info("A written summary was rejected: %s", error.reason)
            return {"outcome": "rejected", "template": False}
        except NoAnswer as error:
            _logger.info("No summary was written: %s", error.reason)
            return {"outcome": "failed", "template": False}
        return {"outcome": "accepted", "template": " ".join(sentences)}

    def _try(self, endpoint):
        """Return what a model writes about made-up figures.

        :raise NoAnswer, Rejected: it does not
        """
        question = self._prepare_sample(endpoint.model)
        with self._occupy_slot() as is_free:
            if not is_free:
                many = count_slots(config["workers"])
                raise NoAnswer("occupied" if many else "no_worker")
            answer = ask(endpoint, question.body)
        return fill(" ".join(choose(answer, question.sentences)), question.texts)

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
        return customer._prepare_summary(model, story)

    def _get_language(self):
        return self.env.lang or "en_US"

    def _is_paused(self, endpoint):
        """Whether an endpoint that failed a moment ago is left alone."""
        failed = Domain("outcome", "=", "failed")
        failed &= Domain("endpoint", "=", endpoint.name) & self._get_recent_domain()
        return bool(self.search_count(failed, limit=1))

    def _get_recent_domain(self):
        return Domain("create_date", ">=", self.env.cr.now() - PAUSE)

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
            "too_long": self.env._("The model wrote too many sentences."),
            "words": self.env._(
                "The model wrote something else than the sentences that it was given."
            ),
            "occupied": self.env._(
                "Other calls are under way; please try again in a moment."
            ),
            "no_worker": self.env._(
                "Odoo runs with a single worker, which a call would keep from "
                "everybody else: no model is asked."
            ),
        }
        return reasons[reason]

    @api.autovacuum
    def _gc_summaries(self):
        """Delete what was written for figures of the past."""
        before = self.env.cr.now() - KEPT
        self.search([("create_date", "<", before)]).unlink()
