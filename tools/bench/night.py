"""One night: read the orders, compute every figure, store what changed."""

import time
from contextlib import contextmanager
from itertools import pairwise

import numpy as np

from crm_dashboards.analytics.customer_projection import project_customers
from crm_dashboards.analytics.history import OrderHistory
from crm_dashboards.analytics.missing_orders import judge_rhythms
from crm_dashboards.analytics.rfm import OrderFigures, order_figures, score_figures
from crm_dashboards.analytics.rhythm import Rhythms, rhythms
from crm_dashboards.analytics.trend import trends

from .tables import read_orders, store

ROWS_AT_ONCE = 5_000_000  # above that, a company is read in slices of customers


class Night:
    """Runs one night and keeps the seconds of its steps."""

    def __init__(self, cursor, customers, orders, as_of):
        self.cursor = cursor
        self.as_of = as_of
        slices = -(-orders // ROWS_AT_ONCE)
        self.bounds = np.linspace(1, customers + 1, slices + 1).astype(int)
        self.seconds = {}

    def run(self):
        """Do all of it; returns the rows inserted and updated."""
        columns = self.compute()
        with self._timed("store"):
            return store(self.cursor, columns)

    def compute(self):
        """{name: column} of every figure, a row for each customer."""
        parts = [self._read(*bounds) for bounds in pairwise(self.bounds)]
        with self._timed("compute"):
            figures = [order_figures(part, self.as_of) for part in parts]
            segments = score_figures(OrderFigures.concatenate(figures), self.as_of)
            facts = [rhythms(part, self.as_of) for part in parts]
            found = judge_rhythms(Rhythms.concatenate(facts), self.as_of)
            years = [trends(part, self.as_of) for part in parts]
            months = self._months(parts, np.round(found.return_factor, 2))
            ids = np.concatenate([part.customer_ids for part in parts])
            return _columns(ids, segments, found, years, months)

    def _read(self, first, end):
        with self._timed("read"):
            orders = read_orders(self.cursor, int(first), int(end))
        with self._timed("sort"):
            return OrderHistory.from_columns(*orders)

    def _months(self, parts, factor):
        bounds = np.cumsum([0, *(part.customer_count for part in parts)])
        return [
            project_customers(part, self.as_of, factor[first:end])
            for part, (first, end) in zip(parts, pairwise(bounds), strict=True)
        ]

    @contextmanager
    def _timed(self, step):
        started = time.perf_counter()
        yield
        passed = time.perf_counter() - started
        self.seconds[step] = self.seconds.get(step, 0) + passed


def _columns(ids, segments, found, years, months):
    """The figures as they are stored: rounded, so that a quiet night changes few."""
    return {
        "partner_id": ids.astype("i4"),
        **{
            name: getattr(segments, name).astype("i2") for name in ("r", "f", "m", "fm")
        },
        "segment": segments.segment.astype("i2"),
        "first_day": segments.first_day,
        "last_day": segments.last_day,
        "order_count": segments.order_count,
        "value_cents": segments.value_cents,
        "total_count": segments.total_count,
        "interval_days": np.round(found.interval_days, 1),
        "gap_low": found.rhythm.gap_low,
        "gap_high": found.rhythm.gap_high,
        "expected_day": found.expected_day,
        "expected_cents": found.expected_cents,
        "missing": found.missing.astype("i2"),
        "given_up": found.given_up.astype("i2"),
        "silence_probability": found.silence_probability,
        "value_at_risk_cents": found.value_at_risk_cents,
        "trend": np.concatenate([part.trend for part in years]).astype("i2"),
        "this_year": np.concatenate([part.this_year_cents for part in years]),
        "last_year": np.concatenate([part.last_year_cents for part in years]),
        "month_cents": np.concatenate([part.so_far_cents for part in months]),
        "daily_cents": np.concatenate([np.round(part.daily_cents) for part in months]),
    }
