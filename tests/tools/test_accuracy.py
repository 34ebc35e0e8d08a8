# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
from pathlib import Path

import numpy as np
import pytest

from crm_dashboards.analytics.history import day_to_date
from tests.analytics.histories import (
    busier_every_week,
    day,
    from_rows,
    generated_rows,
)
from tools.accuracy import (
    alerts,
    could_buy,
    customer_months,
    leaving,
    lost_revenue,
    months,
    next_order,
    risk,
    trend,
    usual_order,
)
from tools.accuracy.__main__ import main, table
from tools.accuracy.estimate import Estimate, drawn_rows, estimate
from tools.accuracy.lines import OrderLines
from tools.accuracy.load import load
from tools.accuracy.protocols import LINE_KEYS, ORDER_KEYS

ORDERS = Path(__file__).parents[3] / "shared/data/online_retail_ii_a.csv"

LINES = ORDERS.with_name("online_retail_lines_a.csv.gz")

# key: lowest and highest value that will do
BARS = {
    ORDERS: {
        "medae_ratio": (0, 0.95),
        "wmae_ratio": (0, 1),
        "false_alarm_k2": (0, 0.18),
        "false_alarm_k3": (0, 0.11),
        "alert_days_k2": (0, 112.2),
        "value_bias": (-0.06, 0.06),
        "value_wmae": (0, 0.56),
        "auc_p": (0.62, 1),
        "brier_p": (0, 0.24),
        "auc_leaves": (0.735, 1),
        "brier_leaves": (0, 0.205),
        "lost_revenue_top10": (0.40, 1),
        "lost_revenue_share": (0.84, 1),
        "wmape_ratio": (0, 0.60),
        "coverage80": (0.75, 0.92),
        "customer_month_wmape": (0, 0.83),
        "customer_month_bias": (-0.10, 0.10),
        "team_month_wmape": (0, 0.12),
        "coverage80_customer": (0.72, 0.88),
        "trend_false": (0, 0.12),
    },
    LINES: {
        "usual_f1": (0.215, 1),
        "usual_quantity": (0, 0.40),
        "could_buy_p5": (0.125, 1),
        "could_buy_new_p5": (0.09, 1),
        "leaving_again90": (0, 0.45),
        "leaving_flagged": (0.015, 1),
        "leaving_top10": (0.40, 1),
        "leaving_fading_share": (0, 0),
    },
    "cdnow": {
        "medae_ratio": (0, 0.80),
        "wmae_ratio": (0, 0.94),
        "false_alarm_k2": (0, 0.30),
        "false_alarm_k3": (0, 0.17),
        "alert_days_k2": (0, 90.6),
        "value_bias": (-0.03, 0.03),
        "value_wmae": (0, 0.53),
        "auc_p": (0.64, 1),
        "brier_p": (0, 0.20),
        "lost_revenue_top10": (0.28, 1),
        "lost_revenue_share": (0.84, 1),
        "wmape_ratio": (0, 0.96),
        "coverage80": (0.75, 1),
        "trend_false": (0, 0.12),
    },
}


def write(path, rows):
    lines = [f"{who},{day_to_date(on)},{cents / 100}" for who, on, cents in rows]
    path.write_text("\n".join(["customer_id,date,amount", *lines]))
    return str(path)


def measured(capsys, *arguments):
    """Figures of the last line, after a run that went well."""
    assert main(list(arguments)) == 0
    return json.loads(capsys.readouterr().out.splitlines()[-1])


def test_the_last_line_is_one_object_with_the_keys_of_the_protocol(tmp_path, capsys):
    file = write(tmp_path / "orders.csv", generated_rows(1))
    figures = measured(capsys, file)
    assert tuple(figures) == ORDER_KEYS
    assert set(figures["class_mape"]) <= {"high", "medium", "low"}
    assert all(isinstance(share, float) for share in figures["segments"].values())
    assert None not in figures.values()


def test_a_history_too_short_for_some_figures_leaves_them_empty(tmp_path, capsys):
    rows = [row for row in generated_rows(1) if row[1] < day("2022-08-01")]
    figures = measured(capsys, write(tmp_path / "orders.csv", rows))
    assert tuple(figures) == ORDER_KEYS
    assert figures["medae_ratio"] is figures["wmape"] is None
    assert figures["class_mape"] == {}
    assert figures["value_bias"] is not None


def test_regular_customers_leave_nothing_to_improve(tmp_path, capsys):
    rows = [(c, day("2022-01-03") + 7 * k, 100) for c in range(9) for k in range(110)]
    figures = measured(capsys, write(tmp_path / "orders.csv", rows))
    assert figures["medae_ratio"] is None  # the mean interval never errs either
    assert figures["false_alarm_k2"] == figures["value_bias"] == 0


def test_lines_that_leave_worked_by_hand():
    # two buy 1 and 2 every ten days; the first leaves 2 out after day 50 and buys it
    # once more on day 190: found on days 120 and 160 before, on 240 and 280 after
    rows = [
        (who, day, product, 1, 100)
        for who in (0, 1)
        for day in range(0, 300, 10)
        for product in (1, 2)
        if who or product == 1 or day <= 50 or day == 190
    ]
    columns = np.array(rows).T
    lines = OrderLines.from_columns(*columns, np.arange(3).astype(str))
    bars, _extra = leaving.measure(lines)
    assert bars["leaving_again90"].value == 0.5
    assert bars["leaving_again90"].count == 4
    # watched are four lines on each of the five days
    assert bars["leaving_flagged"].value == pytest.approx(4 / 20)
    # 6.00 in 120 days are 4.50 in 90 and in 160 days 3.375, of which 1.00 came; 7.00 in
    # 240 days are 2.625 and in 280 days 2.25, of which nothing did
    lost = [3.5, 2.375, 2.625, 2.25]
    assert bars["leaving_top10"].value == pytest.approx(3.5 / sum(lost), abs=1e-3)
    assert bars["leaving_fading_share"].value == 0


def test_proposals_worked_by_hand():
    # twenty customers buy 0 to 14 and half of them 15 to 19; the last one buys these
    # after day 240, and 20 as all do then
    rows = [
        (who, day, product, 1, 100)
        for who in range(21)
        for product in range(21)
        for day in [200 if product < 15 or who < 10 else 300]
        if product < 15 or (product < 20 and (who < 10 or who == 20))
    ]
    rows += [(0, 0, 0, 1, 100)]
    names = np.array([f"Mug {number}" for number in range(21)])
    lines = OrderLines.from_columns(*np.array(rows).T, names, names)
    bars, _extra = could_buy.measure(lines)
    assert bars["could_buy_p5"].value == 1
    assert bars["could_buy_p5"].count == 1
    assert bars["bestseller_p5"].value == 1
    named = np.array([f"Mug {number % 15}" for number in range(21)])
    lines = OrderLines.from_columns(*np.array(rows).T, names, named)
    bars, _extra = could_buy.measure(lines)
    assert bars["could_buy_new_p5"].value == 0, "all are of families bought before"


def test_the_file_may_come_from_the_environment(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("ORDERS", write(tmp_path / "orders.csv", generated_rows(2)))
    assert tuple(measured(capsys)) == ORDER_KEYS


def test_order_lines_have_keys_of_their_own(tmp_path, capsys):
    header = "customer_id,order_id,date,product,name,quantity,price"
    rows = [
        f"A,{order},{day_to_date(day('2024-01-01') + 30 * order)},P{product},,2,1.5"
        for order in range(12)
        for product in range(3)
    ]
    file = tmp_path / "lines.csv"
    file.write_text("\n".join([header, *rows]))
    figures = measured(capsys, str(file))
    usual = dict.fromkeys(LINE_KEYS[:4], 1) | {"usual_quantity": 0}
    # of fewer than five customers nothing is proposed, and none left anything out
    nothing = dict.fromkeys(LINE_KEYS[5:]) | {"leaving_flagged": 0}
    assert figures == usual | nothing
    file.write_text("\n".join([header, "A,1,2024-01-01,P,,-1,5"]))
    assert main([str(file)]) == 1
    assert "above 0" in capsys.readouterr().err


def test_usual_orders_worked_by_hand():
    # products and quantities of each order, a month apart; asked are those from the
    # fifth on, and after day 240 the tenth (day 270), of three lines
    orders = [{1: 4, 2: 2}] * 3 + [{1: 4, 3: 9}, {1: 6, 2: 4}]
    orders += [{1: 4}] * 4 + [{1: 6, 2: 2, 5: 1}]
    rows = [
        (0, 30 * place, product, quantity, 100)
        for place, order in enumerate(orders)
        for product, quantity in order.items()
    ]
    lines = OrderLines.from_columns(*np.array(rows).T, np.arange(6).astype(str))
    bars, extra = usual_order.measure(lines)
    # three are proposed, all there are: 1, 2 and 3. Of the fifth 1 and 2 are right,
    # 4/5, and as the fourth 2/4; of the next four 1 is, 2/4 each, and as the one
    # before 2/3 and three times 1; of the tenth 1 and 2, 4/6, and as the ninth 2/4
    assert bars["usual_f1"].value == pytest.approx(4 / 6)
    assert bars["repeat_f1"].value == pytest.approx(2 / 4)
    assert bars["usual_f1_all"].value == pytest.approx((4 / 5 + 4 / 2 + 4 / 6) / 6)
    assert bars["repeat_f1_all"].value == pytest.approx((1 + 2 / 3 + 3 + 0) / 6)
    # of 8 pieces of 1 and 2 in the tenth: 4 for 6 and the median of 2 2 4, so 2 for 2
    assert bars["usual_quantity"].value == pytest.approx(2 / 8)
    # 4 and 4 the last time
    assert extra["quantity (as the last time)"].value == pytest.approx(4 / 8)
    assert [each.count for each in bars.values()] == [1, 1, 6, 6, 1]


def test_what_cannot_be_measured_is_said(tmp_path, capsys, monkeypatch):
    monkeypatch.delenv("ORDERS", raising=False)
    short = write(tmp_path / "short.csv", [(1, 19_000, 100), (1, 19_179, 100)])
    broken = tmp_path / "broken.csv"
    broken.write_text("customer_id,date,amount\n1,2024-13-01,5\n")
    for arguments, code, said in (
        ([short], 1, "179 days of history"),
        ([str(broken)], 1, "line 2"),
        ([], 2, "usage"),
    ):
        assert main(arguments) == code
        captured = capsys.readouterr()
        assert said in captured.err
        assert captured.out == ""


def test_dates_and_values_worked_by_hand():
    # gaps 10 10 10 40 in the first half, then orders 20 and 30 days apart
    first = day("2023-01-01")
    offsets = [0, 10, 20, 30, 70, 400, 420, 450, 800]
    amounts = [1, 1, 1, 1, 5, 2, 2, 2, 2]
    rows = [
        (1, first + ago, 100 * amount)
        for ago, amount in zip(offsets, amounts, strict=True)
    ]
    bars, extra = next_order.measure(from_rows(rows))
    # the second half begins after day 400; only 420 is followed by an order within
    # 180 days and has 180 days left: a gap of 30, after gaps 10 10 10 40 330 20
    assert extra["next orders"] == 1
    # median 15, six times; the company's median at day 400 is 10 (10 10 10 40 330)
    usual = 14.2  # (15 ** 6 * 10) ** (1 / 7), as it is stored
    mean = 420 / 6
    assert bars["medae_ratio"] == pytest.approx((30 - usual) / (mean - 30))
    assert bars["wmae_ratio"] == bars["medae_ratio"]
    # means before each: 1, 9/5, 11/6, 13/7, 15/8 against 5 2 2 2 2
    means = [1, 9 / 5, 11 / 6, 13 / 7, 15 / 8]
    assert bars["value_bias"] == pytest.approx((sum(means) - 13) / 13)
    missed = 4 + sum(2 - mean for mean in means[1:])
    assert bars["value_wmae"] == pytest.approx(missed / 13)


def test_false_alarms_and_days_to_the_alert_worked_by_hand():
    # 400 days; asked are order-days from the 201st to the 220th
    first = day("2023-01-01")
    ago = {
        # 210 is followed by an order after 25 days
        1: [0, *range(160, 211, 10), 235],
        # 205 by one after 10 days, 215 by none
        2: [0, *range(165, 216, 10)],
    }
    rows = [(who, first + on, 100) for who, days in ago.items() for on in days]
    rows += busier_every_week(9, first, first + 400)
    bars, extra = alerts.measure(from_rows(rows))
    # gaps of 160 (165) and five of 10 each time, and the company's 10 twice: intervals
    # of 10 * 16 ** (1/16) = 11.9 (10 * 16.5 ** (1/16) = 11.9), so that alerts come on
    # the 24th day and not before the 36th; the busy one came back the day after, on all
    # of its twenty days
    false_alarms = bars["false_alarm_k2"]
    assert (false_alarms.value, false_alarms.count) == (1 / 22, 22)
    assert bars["false_alarm_k3"].value == 0
    assert (bars["alert_days_k2"].value, bars["alert_days_k2"].count) == (24, 1)
    # by lateness alone on the twentieth
    assert extra["days to the alert (lateness)"] == 20


def test_an_estimate_is_the_same_in_every_run():
    values = np.arange(40.0)

    def mean(times):
        return float((values * times).sum() / times.sum())

    found = estimate(mean, 40, 40)
    assert (found.value, found.count) == (19.5, 40)
    # 1.96 standard errors of 11.5 / sqrt(40)
    assert found.low == pytest.approx(19.5 - 3.6, abs=0.7)
    assert found.high == pytest.approx(19.5 + 3.6, abs=0.7)
    assert estimate(mean, 40, 40) == found


def test_an_estimate_of_nothing_is_empty():
    assert estimate(lambda _times: None, 0, 5) == Estimate(None, 0)


def test_customers_drawn_twice_count_twice():
    customers = np.array([0, 0, 1, 2])
    rows = drawn_rows(customers, np.array([2, 0, 1]))
    assert rows.tolist() == [0, 0, 1, 1, 3]


def test_each_estimate_is_shown_with_what_it_rests_on():
    lines = list(table({"share": Estimate(0.25, 12, 0.2, 0.3)}, {}))
    assert lines[0].split() == ["share", "0.250", "n", "12", "0.200", "to", "0.300"]


def test_value_at_risk_reaches_a_share_of_perfect_knowledge():
    bars, extra = lost_revenue.measure(from_rows(generated_rows(1)))
    reached, share = bars["lost_revenue_top10"], bars["lost_revenue_share"]
    perfect = extra["lost revenue (known in advance)"]
    assert share.value == pytest.approx(reached.value / perfect)
    assert 0 < reached.value <= perfect <= 1
    assert share.low <= share.value <= share.high <= 1


def test_segments_are_the_share_that_ordered_again():
    # ten customers with one order each; those of even number came back
    cut = day("2024-06-01")
    rows = [(c, cut - 10 * c, 100) for c in range(10)]
    rows += [(c, cut + 1 + 9 * c, 100) for c in range(0, 10, 2)]
    rows += [(99, cut + 90, 100)]
    shares = risk.segments(from_rows(rows))
    # R 5: 0 and 1, R 4: 2 and 3, R 3: 4 and 5, R 2 and 1: the others
    assert shares == {
        "promising": 0.5,
        "new": 0.5,
        "about_to_sleep": 0.5,
        "hibernating": 0.5,
    }


def test_projection_is_measured_from_the_seventh_whole_month_on():
    days = np.arange(day("2023-01-15"), day("2023-10-20"))
    figures, extra = months.measure(from_rows([(1, int(on), 100) for on in days]))
    # whole months: February to September; the seventh and eighth are measured
    assert extra["months"] == 2
    assert figures["wmape"] == pytest.approx(0)
    assert figures["wmape_linear"] == pytest.approx(0)
    assert figures["coverage80"] == 1


def test_customers_months_are_measured_in_the_second_half():
    days = np.arange(day("2023-01-15"), day("2024-02-01"))
    rows = [(who, int(on), 100 * who) for on in days for who in (1, 2)]
    # one that never ordered again, and one that came on 20 January
    rows += [(3, day("2023-01-16"), 100), (4, day("2024-01-20"), 5_000)]
    figures, extra = customer_months.measure(from_rows(rows))
    # from 24 July on: the whole months August to January, on five days each
    assert figures["team_month_wmape"].count == 6 * 5 * 5
    # three customers, and the newcomer at the end of the days 20 and 25
    assert figures["customer_month_wmape"].count == 6 * 5 * 3 + 2
    assert abs(figures["customer_month_bias"].value) < 0.01
    assert figures["customer_month_wmape"].value < 0.01
    assert extra["customer month bias (1 order-days)"].count == 6 * 5 + 2


def test_a_change_thrown_at_random_is_marked_as_chance():
    # 40 transactions of 100 each in both years: |z| = |2k - 40| / sqrt(40) reaches 1.64
    # from 26 of one year on; 1 - P(15 <= k <= 25) of 40 coins = 0.081. The band alone
    # calls all but 20 and 21 : 19 (-9.5 %): 1 - P(k = 20) - P(k = 19) = 0.754
    rows = [
        (c, day("2023-01-01") + 18 * k, 100) for c in range(1_000) for k in range(40)
    ]
    bars, extra = trend.measure(from_rows(rows))
    assert bars["trend_false"].value == pytest.approx(0.081, abs=0.01)
    assert extra["trend_false (without mark)"] == pytest.approx(0.754, abs=0.01)
    assert bars == trend.measure(from_rows(rows[::-1]))[0]


def test_facts_are_no_false_trends():
    # one transaction each: all are new or lost, and there is nothing to judge
    rows = [(c, day("2024-01-01") + c, 100) for c in range(200)]
    assert trend.measure(from_rows(rows))[0] == {"trend_false": Estimate(None, 0)}


@pytest.mark.parametrize("source", BARS, ids=["orders", "order lines", "cdnow"])
def test_known_histories_meet_their_bars(source, capsys):
    if isinstance(source, Path) and not source.exists():
        pytest.skip(f"{source.name} is not beside the repository")
    figures = measured(capsys, str(source))
    for key, (low, high) in BARS[source].items():
        assert low <= figures[key] <= high, key
    if source == ORDERS:
        _bars, extra = customer_months.measure(load(str(source)))
        for order_days in ("1", "2-3", "4+"):
            bias = extra[f"customer month bias ({order_days} order-days)"]
            assert abs(bias.value) < 0.10, order_days
        errors = figures["class_mape"]
        assert errors["high"] < errors["medium"] < errors["low"]
        shares = figures["segments"]
        assert max(shares, key=shares.get) == "champions"
        assert min(shares, key=shares.get) == "hibernating"
    if source == LINES:
        assert figures["could_buy_p5"] >= 2 * figures["bestseller_p5"]
        for part in ("", "_all"):
            assert figures[f"usual_f1{part}"] >= 1.12 * figures[f"repeat_f1{part}"]
