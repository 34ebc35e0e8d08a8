# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
from contextlib import contextmanager
from datetime import timedelta
from random import Random
from unittest.mock import patch

from odoo import fields
from odoo.fields import Domain
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from ..analytics.who_next import LINE, ORDER, TIER, Act, Reason, take_turns
from ..models import customer_acts
from ..tiles.reasons.crm_reason import ALONE, NEVER, TOGETHER
from .common import NOW, DashboardCase

CUSTOMERS = 300
KINDS = {
    "missing_order": ORDER,
    "open_quotation": ORDER,
    "leaving_line": LINE,
    "bonus": TIER,
    "overdue_payment": "",
    "needs_engagement": "",
}


def get_way(reason):
    """Return how sums count it: see ``_counts`` of crm.reason."""
    if reason.kind == "needs_engagement":
        return NEVER
    is_alone = reason.kind in ("missing_order", "overdue_payment")
    return ALONE if is_alone and reason.is_shown and not reason.ends else TOGETHER


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestTurns(DashboardCase):
    """PostgreSQL has the turns of many customers as the rules of Python have them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.random = Random(7)
        cls.customers = (
            cls.env["res.partner"]
            .create(
                [
                    {"name": f"Customer {place}", "is_company": True}
                    for place in range(CUSTOMERS)
                ]
            )
            .ids
        )
        cls.today = cls.env["crm.metric.refresh"]._get_figures_today(cls.company)
        cls.now = fields.Datetime.now()

    def _choose_day(self, first, last):
        return self.today + timedelta(self.random.randint(first, last))

    def _choose_moment(self):
        days = self.random.choice((20, 20, 20, 0.5))  # some of today
        return self.now - timedelta(days * self.random.random())

    def _make_reasons(self):
        choose = self.random.choice
        return [
            Reason(
                customer,
                kind,
                stake=self.random.randint(1, 90000) / 100 if part else 0.0,
                part=part,
                since=choose((None, self._choose_moment())),
                ends=choose((None, self._choose_day(-2, 12))),
                is_shown=choose((True, True, False)),
                facts={"number": self.random.randint(1, 9)},
            )
            for customer in self.customers
            for kind, part in KINDS.items()
            if choose((True, False, False))
        ]

    def _make_acts(self):
        return {
            customer: [self._make_act() for _act in range(self.random.randint(0, 3))]
            for customer in self.customers
        }

    def _make_act(self):
        kind = self.random.choice(("activity", "snooze", "quotation", "campaign"))
        until = self.random.choice((None, self._choose_day(-3, 9)))
        facts, rests = {"type_id": None}, kind != "campaign"
        return Act(kind, self._choose_moment(), until, facts, rests)

    def _get_reasons_sql(self, reasons):
        rows = [
            SQL(
                "(%s, %s, %s::float8, %s, %s::int4, %s::numeric, %s::timestamp,"
                " NULL::date, %s::date, %s::jsonb)",
                each.kind,
                each.part,
                each.stake,
                each.is_shown,
                each.customer,
                each.stake or each.facts["number"],
                each.since,
                each.ends,
                json.dumps(each.facts),
            )
            for each in reasons
        ]
        return SQL(
            "SELECT * FROM (VALUES %s) reason (kind, part, stake, is_shown, partner_id,"
            " value, since, since_day, ends, facts)",
            SQL(", ").join(rows),
        )

    def _get_acts_sql(self, acts):
        rows = [
            SQL(
                "(%s, %s, %s::timestamp, %s::date, NULL::int4)",
                customer,
                act.kind,
                act.moment,
                act.until,
            )
            for customer, theirs in acts.items()
            for act in theirs
        ]
        return SQL("VALUES %s", SQL(", ").join(rows))

    @contextmanager
    def _let_there_be(self, reasons, acts):
        """Gives the model of the turns that these reasons and acts make."""

        def get_reasons_query(_self, way=None):
            return self._get_reasons_sql(
                [each for each in reasons if way in (None, get_way(each))]
            )

        with (
            patch.object(
                type(self.env["crm.reason"]), "_get_reasons_query", get_reasons_query
            ),
            patch.object(
                customer_acts,
                "_get_activities_sql",
                lambda _env, _today: self._get_acts_sql(acts),
            ),
        ):
            yield self.env["crm.who.next"].sudo()

    def _read_turns(self, reasons, acts):
        with self._let_there_be(reasons, acts) as model:
            turns = model.search([])
            turns.mapped("stake")
        return turns

    def test_sums_are_those_of_the_list(self):
        """Whom nothing but silence makes a customer to call is not asked for."""
        reasons, acts = self._make_reasons(), self._make_acts()
        turns = self._read_turns(reasons, acts)
        resting = turns.filtered("is_resting")
        with_stake = (turns - resting).filtered("stake")
        done = turns.filtered("is_done_today")
        with self._let_there_be(reasons, acts) as model:
            found = model._sum_up(Domain.TRUE, 7)
        self.assertLess(len(with_stake), len(turns - resting))
        self.assertTrue(done)
        self.assertEqual(found["to_call"], len(with_stake))
        self.assertAlmostEqual(found["stake"], sum(with_stake.mapped("stake")), 2)
        self.assertEqual(found["by_stake"], with_stake.ids[:7])
        owing = (turns - resting).filtered("overdue_value")
        self.assertEqual(found["owing"], len(owing))
        self.assertEqual(found["overdue"], sum(owing.mapped("overdue_value")))
        self.assertEqual(
            found["by_overdue"],
            owing.sorted(lambda turn: (-turn.overdue_value, turn.id)).ids[:7],
        )
        self.assertEqual(found["done"], len(done))
        self.assertEqual(
            found["by_done"],
            done.sorted(lambda turn: turn.id).sorted("acted_at", reverse=True).ids[:7],
        )

    def test_as_in_python(self):
        reasons, acts = self._make_reasons(), self._make_acts()
        expected = take_turns(reasons, acts, self.today)
        self.assertGreater(len(expected), 200)
        self.assertGreater(sum(bool(turn.rest) for turn in expected), 20)
        self.assertGreater(
            sum(bool(turn.acts) and not turn.rest for turn in expected), 20
        )
        turns = self._read_turns(reasons, acts)
        self.assertEqual(turns.ids, [turn.customer for turn in expected])
        for turn, wanted in zip(turns, expected, strict=True):
            self.assertAlmostEqual(turn.stake, wanted.stake, places=2)
            self.assertEqual(turn.ends_on, wanted.ends or False)
            self.assertEqual(turn.is_resting, wanted.rest is not None)
            rest = wanted.rest
            self.assertEqual(turn.acted_at, rest.moment if rest else False)
            self.assertEqual(turn.rest_until, rest.last_day if rest else False)
            self.assertEqual(
                [(each["kind"], each["facts"]) for each in turn.reason_facts],
                [(each.kind, each.facts) for each in wanted.reasons],
            )
            self.assertEqual(
                turn.kinds.split(),
                [each.kind for each in wanted.reasons if each.is_shown],
            )
            self.assertEqual(
                [(act["kind"], act["until"]) for act in turn.act_facts or ()],
                [(act.kind, act.until and str(act.until)) for act in wanted.acts],
            )
