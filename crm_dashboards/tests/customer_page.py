# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""A customer's page, and whether what it says in several places is the same.

Nothing here knows a figure: each place is read as a person reads it, and compared with
the other places that speak of the same thing.
"""

import re
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from ..models.date_words import format_day, format_month
from ..tiles.words import format_ago, format_amount, format_share

DIRECTIONS = {
    "ahead of": "up",
    "behind": "down",
    "Growing": "up",
    "Up": "up",
    "Declining": "down",
    "Down": "down",
}
RHYTHM = re.compile(
    r"Orders every (?P<usual>\d+) days, "
    r"(half of the gaps between (?P<low>\d+) and (?P<high>\d+)"
    r"|at least half of the gaps just as long); the last was (?P<ago>.*?)\."
)
MOVED = re.compile(r"On (?P<day>[^.]*?) there are no orders as a rule")
VALUES = re.compile(r"came to (?P<least>.*) to (?P<most>.*), (?P<mean>.*) on average")


def read_amount(words):
    """Return the number of an amount in words."""
    return float(re.sub(r"[^\d.-]", "", words))


class CustomerPage:
    """The tiles of one customer as a user sees them, with all that stands on them."""

    def __init__(self, case, env, customer):
        self.case = case
        self.env = env
        self.customer = customer.with_env(env)
        self.metric = env["crm.customer.metric"].search(
            [("partner_id", "=", customer.id), ("company_id", "=", env.company.id)]
        )
        tiles = env["crm.dashboard.tile"]
        scope = {"customer_id": customer.id}
        self.tiles = tiles.get_tiles("customer", False, scope)
        self.reads_all = env.user._reads_all_crm_orders()

    def check(self):
        """Compare every two places that speak of the same thing."""
        for code, tile in self.tiles.items():
            self.case.assertIn(tile["state"], ("ready", "empty"), code)
        self.check_month()
        self.check_projection()
        self.check_year()
        self.check_next_order()
        self.check_rhythm()
        self.check_badge()
        self.check_dues()

    # ------------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------------

    def is_ready(self, code):
        return code in self.tiles and self.tiles[code]["state"] == "ready"

    def get_words(self, code):
        if not self.is_ready(code):
            return ""
        return " ".join(self.case._get_words(self.tiles[code]))

    def get_lines(self, code):
        """Return the lines of the figures of a tile by the end of their labels."""
        if not self.is_ready(code):
            return []
        return [
            line
            for block in self.case._get_blocks(self.tiles[code], "figure")
            for line in block["figures"]
        ]

    def get_line(self, code, words):
        """Return the line whose label has ``words``, None where there is none."""
        lines = [line for line in self.get_lines(code) if words in line["label"]]
        self.case.assertLessEqual(len(lines), 1, words)
        return lines[0] if lines else None

    def format(self, value):
        return format_amount(value, self.env.company.currency_id)

    @property
    def summary(self):
        return self.get_words("customer_sales_trend")

    @property
    def today(self):
        return self.env["crm.metric.refresh"]._get_figures_today(self.env.company)

    @property
    def month_name(self):
        return format_month(self.env, self.today)

    # ------------------------------------------------------------------
    # The month and the year
    # ------------------------------------------------------------------

    def check_month(self):
        """Figures, arrow, bar and sentence of this month."""
        so_far = self.get_line("customer_sales_trend", "so far")
        if not so_far:
            return
        now = so_far["cell"]["value"]
        change = self.get_lines("customer_sales_trend")[1]
        if self.is_ready("customer_months"):
            chart = self.case._get_block(self.tiles["customer_months"], "chart")
            self.case.assertEqual(chart["points"][-1]["value"], now)
        if not self.metric:
            self.case.assertNotIn("this month", self.summary)
            return
        self.check_month_sentence(now, change)

    def check_month_sentence(self, now, change):
        said = re.search(r"This month is (.*) (ahead of|behind) the same", self.summary)
        if said:
            share = change["cell"]["value"]
            self.case.assertEqual(change["cell"]["unit"], "percent")
            self.case.assertEqual(said[1], format_share(self.env, abs(share)))
            self.case.assertEqual(DIRECTIONS[said[2]], change["direction"])
        elif "This month is level" in self.summary:
            self.case.assertEqual(change["direction"], "level")
        elif "ordered this month, nothing by now" in self.summary:
            self.case.assertIn(self.format(now), self.summary)
            self.case.assertEqual(change["direction"], "up")
        elif "Nothing ordered this month" in self.summary:
            self.case.assertLessEqual(now, 0)
            self.case.assertEqual(change["direction"], "down")
        else:
            self.case.assertLessEqual(now, 0)

    def check_projection(self):
        """Range, month so far, next order, summary and the contact's field."""
        heading = re.search(r"heading for (.*?)\.( |$)", self.summary)
        _next, *lines = self.get_lines("customer_next_order") or [None]
        if not lines:
            self.case.assertFalse(heading)
            return
        line = self.get_line("customer_next_order", f"{self.month_name} expected")
        point, label = line["cell"]["value"], self.get_words("customer_next_order")
        self.case.assertEqual(point, self.metric.projected_month_value)
        self.case.assertEqual(point, self.customer.crm_projected_month_value)
        if heading:
            self.case.assertEqual(heading[1], self.format(point))
        so_far = lines[0]["cell"]["value"]
        if self.reads_all:
            now = self.get_line("customer_sales_trend", "so far")["cell"]["value"]
            self.case.assertEqual(so_far, now)
        rest = self.get_line("customer_next_order", "still to come")
        if rest:
            whole = so_far + rest["cell"]["value"]
            self.case.assertAlmostEqual(whole, point, 2)
        with_it = self.get_line("customer_next_order", "with the next order")
        due = self.get_due_in_month()
        self.case.assertEqual(bool(with_it), bool(due))
        if with_it:
            self.case.assertAlmostEqual(with_it["cell"]["value"], so_far + due, 2)
        if "Already reached" in label:
            self.case.assertGreater(so_far, point - 1)
            self.case.assertFalse(heading)
        bounds = re.search(r"Likely between (.*?) and (.*?)\.( |$)", label)
        if bounds:
            low, high = map(read_amount, bounds.groups()[:2])
            self.case.assertLess(low, high)
            self.check_bounds(low - 1, point, high + 1)  # both are rounded to units
            if self.metric.expected_order_value:
                reach = so_far + self.get_due_in_month()
                self.check_bounds(low - 1, reach, high + 1)

    def check_bounds(self, low, value, high):
        self.case.assertLessEqual(low, value)
        self.case.assertLessEqual(value, high)

    def get_due_in_month(self):
        """Return what the next order adds to this month, 0 where it comes later."""
        expected = self.metric.expected_order_date
        month_end = self.today.replace(day=1) + relativedelta(months=1)
        in_month = expected and expected < month_end
        lapsed = self.metric.order_state == "lapsed"
        return 0 if lapsed or not in_month else self.metric.expected_order_value

    def check_year(self):
        line = self.get_line("customer_sales_trend", "year on year")
        said = re.search(r"(Growing|Declining|Up|Down) by ([\d.]+ %)", self.summary)
        if not line:
            self.case.assertFalse(said)
            return
        names = {"up": "growing", "level": "static", "down": "declining"}
        self.case.assertIn(names[line["direction"]], line["label"])
        if said:
            self.case.assertEqual(DIRECTIONS[said[1]], line["direction"])
            share = format_share(self.env, abs(line["cell"]["value"]))
            self.case.assertEqual(said[2], share)
        if "Steady" in self.summary:
            self.case.assertEqual(line["direction"], "level")

    # ------------------------------------------------------------------
    # The next order
    # ------------------------------------------------------------------

    def check_next_order(self):
        """Tile, summary, stored figures and the contact's fields."""
        if not self.is_ready("customer_next_order"):
            return
        line = self.get_lines("customer_next_order")[0]
        value, label = line["cell"]["value"], line["label"]
        stored = self.metric.expected_order_date
        self.case.assertEqual(self.customer.crm_expected_order_date, stored)
        if label.startswith("last order"):
            lapsed = "hardly" in label
            self.case.assertEqual(lapsed, "hardly to be expected" in self.summary)
            self.case.assertNotIn("expected around", self.summary)
            return
        day = format_day(self.env, stored)
        if label.startswith("expected, about") or label == "expected":
            self.case.assertEqual(value, str(stored))
            self.case.assertGreaterEqual(stored, self.today)
            self.case.assertIn(f"expected around {day}", self.summary)
            self.case.assertFalse(self.metric.is_overdue)
        else:
            self.check_late(line, day)
        if self.metric.expected_order_value:
            about = self.format(self.metric.expected_order_value)
            self.case.assertIn(f"about {about}", label)

    def check_late(self, line, day):
        days = (self.today - self.metric.expected_order_date).days
        self.case.assertTrue(self.metric.is_overdue)
        self.case.assertEqual(self.metric.days_overdue, days)
        self.case.assertEqual(self.customer.crm_days_overdue, days)
        self.case.assertTrue(line["cell"]["value"].startswith(f"{days} day"))
        self.case.assertIn(f"expected {day}", line["label"])
        missing = line["tone"] == "negative"
        self.case.assertEqual(missing, self.metric.is_missing)
        self.case.assertEqual(missing, "An order is missing" in self.summary)
        if not missing:
            self.case.assertIn(line["cell"]["value"], self.summary)
            return
        if leaves := re.search(r"leaves: .+ %", line["label"]):
            self.case.assertIn(leaves[0], self.summary)

    def check_rhythm(self):
        """The sentence's interval, quartiles, last order and date go together."""
        words = self.get_words("customer_next_order")
        rhythm = RHYTHM.search(words)
        if not rhythm:
            self.case.assertFalse(self.metric.interval_days)
            return
        usual = int(rhythm["usual"])
        if rhythm["low"]:
            self.case.assertLess(int(rhythm["low"]), int(rhythm["high"]))
            self.case.assertLessEqual(int(rhythm["low"]), usual)
            self.case.assertLessEqual(usual, int(rhythm["high"]))
        last = self.metric.last_order_date
        recency = (self.today - last).days
        self.case.assertEqual(rhythm["ago"], format_ago(self.env, recency))
        due, moved = last + timedelta(days=usual), MOVED.search(words)
        expected = self.metric.expected_order_date
        if moved:
            self.case.assertEqual(moved["day"], format_day(self.env, due))
            self.case.assertLess(due, expected)
        elif "hardly" not in str(self.get_lines("customer_next_order")):
            self.case.assertEqual(due, expected)
        said = re.search(r"usually every (\d+) days, the last (\d+) days", self.summary)
        if said:
            self.case.assertEqual((int(said[1]), int(said[2])), (usual, recency))
        if self.metric.is_overdue:
            reason = f"Usually every {usual} days, now {recency}"
            if quiet := self.metric.quiet_days:
                reason += f" · on {quiet} of these days"
                self.case.assertIn(f"On {quiet} of these days", words)
            self.case.assertIn(reason, self.metric.missing_reason)
        values = VALUES.search(words)
        if values:
            least, most, mean = map(read_amount, values.groups())
            self.case.assertLess(least, most)
            self.case.assertLessEqual(least, mean)
            self.case.assertLessEqual(mean, most)
            self.case.assertEqual(
                values["mean"], self.format(self.metric.expected_order_value)
            )

    def check_badge(self):
        """What a hover over the badge says is what the tile says."""
        if not self.metric.segment or not self.is_ready("customer_next_order"):
            return
        (row,) = self.case._get_block(self.tiles["customer_next_order"], "rows")["rows"]
        tile = self.env["crm.dashboard.tile"]
        hover = tile.get_rfm_explanation(self.metric.id)
        self.case.assertEqual(row["title"], hover["title"])
        self.case.assertEqual(row["subtitle"], hover["move"] or "")
        self.case.assertEqual(row["badge"]["segment"], self.customer.crm_rfm_segment)
        days, orders, value = (line["cell"]["value"] for line in hover["lines"])
        self.case.assertEqual(days, (self.today - self.metric.last_order_date).days)
        self.case.assertEqual(orders, self.customer.crm_order_count)
        self.case.assertEqual(value, self.customer.crm_order_value)

    # ------------------------------------------------------------------
    # Due amounts
    # ------------------------------------------------------------------

    def check_dues(self):
        """Parts, overdue and credits add up to what is due."""
        code = "customer_due_amount"
        total = self.get_line(code, "total due")
        if not total:
            return
        credit = self.get_line(code, "unallocated credits")
        stacks = self.case._get_blocks(self.tiles[code], "stack")
        parts = stacks[0]["parts"] if stacks else []
        charged = sum(part["cell"]["value"] for part in parts)
        taken_off = credit["cell"]["value"] if credit else 0
        self.case.assertAlmostEqual(total["cell"]["value"], charged + taken_off)
        if parts:
            self.case.assertAlmostEqual(sum(part["share"] for part in parts), 1)
            overdue = sum(
                part["cell"]["value"]
                for part in parts
                if part["drill"]["value"].startswith("overdue")
            )
            line = self.get_line(code, "overdue")
            self.case.assertAlmostEqual(line["cell"]["value"], overdue)
