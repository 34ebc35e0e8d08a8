# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Which number of which tile is which aggregate of the report behind it.

The one place that knows. An addon with a tile of its own has such a table in its own
tests; a tile without an entry fails them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from .search_view import SearchView
from .tile_view import COUNT

ORDERS = "crm_base_net_value:sum"
BOUGHT = "order_value:sum"
RISK = "value_at_risk:sum"
EXPECTED = "expected_order_value:sum"
PROJECTED = "projected_value:sum"
DUE = "amount_residual:sum"


@dataclass(frozen=True)
class TileCheck:
    """How a tile is compared with its report.

    Attributes
    ----------
    compare : callable
        Takes the TileView of a tile that has something to show.
    no_report : str
        Why there is no See More behind it; its workbook is compared all the same.
    no_workbook : str
        Why the report has no Excel export.
    wider_report : str
        Why there may be records behind an empty tile.
    """

    compare: Callable
    no_report: str = ""
    no_workbook: str = ""
    wider_report: str = ""


def compare_orders(view):
    """The ring is this month as a share of the last one."""
    now, before = view.get_blocks("figure")[0]["figures"][:2]
    compare_month(view)
    now, before = now["cell"]["value"], before["cell"]["value"]
    rings = [ring["center"]["cell"]["value"] for ring in view.get_blocks("chart")]
    view.case.assertEqual(rings, [now / before] if before > 0 else [])


def compare_month(view):
    view.compare_drills(money=ORDERS, projection=PROJECTED)
    now = view.get_blocks("figure")[0]["figures"][0]
    view.compare_see_more({ORDERS: now["cell"]["value"]})


def compare_months(view):
    view.compare_drills(money=ORDERS)
    (chart,) = view.get_blocks("chart")
    values = [point["value"] for point in chart["points"]]
    view.case.assertEqual(len(values), 12)
    report = view.compare_see_more({ORDERS: sum(values)})
    groups = report.model.formatted_read_group(
        list(report.get_domain()), report.get_group_by(), [ORDERS]
    )
    view.case.assertEqual(
        [round(float(group[ORDERS]), 2) for group in groups if group[ORDERS]],
        [round(value, 2) for value in values if value],
    )


def compare_twelve_months(view):
    compare_months(view)
    (chart,) = view.get_blocks("chart")
    note, _numbers = view.get_note()
    total = view.format(sum(point["value"] for point in chart["points"]))
    view.case.assertTrue(note["text"].startswith(total))


def compare_close_rate(view):
    view.compare_drills(count=COUNT)
    (ring,) = view.get_blocks("chart")
    total = sum(point["cell"]["value"] for point in ring["points"])
    rate = ring["center"]["cell"]["value"]
    report = view.compare_see_more({COUNT: total, "crm_close_rate:avg": rate})
    view.compare_rows(report, "expected_revenue", total)


def compare_rfm(view):
    view.compare_drills(count=COUNT, money=BOUGHT)
    (grid,) = view.get_blocks("grid")
    cells = [area["cells"] for area in grid["areas"]]
    number = sum(each["count"]["value"] for each in cells)
    value = sum(each["value"]["value"] for each in cells)
    view.compare_note(number)
    view.compare_see_more({COUNT: number, BOUGHT: value})


def compare_missing_orders(view):
    headline, at_risk = view.get_blocks("figure")[0]["figures"]
    number = headline["cell"]["value"]
    view.compare_drills(count=COUNT)
    report = view.compare_see_more({COUNT: number})
    expected = report.aggregate(EXPECTED)[EXPECTED]
    view.case.assertIn(view.format(expected), headline["label"])
    view.case.assertEqual(at_risk["cell"]["value"], report.aggregate(RISK)[RISK])
    view.compare_rows(report, "expected_order_value", number)


def compare_trend(view):
    view.compare_drills(count=COUNT)
    (ring,) = view.get_blocks("chart")
    counts = {
        point["drill"]["value"]: point["cell"]["value"] for point in ring["points"]
    }
    total = ring["center"]["cell"]["value"]
    view.case.assertEqual(total, sum(counts.values()))
    report = view.compare_see_more({COUNT: counts.get(view.get_tab()["key"], total)})
    view.compare_rows(report, "trend_change")
    for row in view.get_rows():
        metric = report.model.browse(row["id"])
        view.case.assertEqual(row["cell_note"], view.format(metric.trend_difference))


def compare_needs_engagement(view):
    _note, numbers = view.get_note()
    view.compare_note(numbers[0])
    report = view.compare_see_more({COUNT: numbers[0]})
    view.compare_rows(report, "days_since_engagement", numbers[0])


def compare_who_next(view):
    """What a tab counts is in the report; a place is for whom nothing is at stake."""
    tab = view.get_tab()["key"]
    field = "overdue_value" if tab == "cash" else "stake"
    report = view.open_list()
    records = report.search()
    if tab != "done":
        to_call = records.filtered(lambda turn: turn[field] > 0)
        total = sum(to_call.mapped(field))
        note, numbers = view.get_note() if to_call else (None, ())
        if note:
            view.case.assertEqual(numbers[0], len(to_call))
            view.case.assertIn(view.format(total), note["text"])
            view.compare_report(
                note["drill"], {COUNT: len(to_call), f"{field}:sum": total}
            )
        view.compare_see_more({f"{field}:sum": total})
        view.case.assertLessEqual(len(view.get_rows()), 7)
    for row in view.get_rows():
        turn = records.browse(row["id"])
        if tab != "done":
            view.case.assertIn(turn, records)
        found = row["cell"]["value"] if row["cell"] else 0
        view.assert_same(turn[field], found, row["title"])
        words = " · ".join(chip["text"] for chip in row["chips"])
        view.case.assertEqual(turn.reasons, words)
        view.compare_record(row["drill"])


def compare_moves(view):
    view.compare_drills(count=COUNT)
    view.case.assertEqual(
        sum(figure.value for figure in view.figures),
        sum(view.get_note()[1]),
        "Each move has one cause.",
    )
    _note, (up, down) = view.get_note()
    report = view.compare_see_more({COUNT: up + down})
    groups = dict(
        report.model._read_group(report.get_domain(), ["direction"], ["__count"])
    )
    view.case.assertEqual((groups.get("up", 0), groups.get("down", 0)), (up, down))
    view.compare_rows(report, "date", up + down)


def compare_due(view):
    view.compare_drills(money=DUE)
    total = view.get_blocks("figure")[0]["figures"][0]
    report = view.compare_see_more({DUE: total["cell"]["value"]})
    charges = report.search().filtered(lambda line: line.age != "credit")
    days = [each.value for each in view.figures if each.cell["unit"] == "date"]
    view.case.assertEqual(days, [str(day) for day in charges[:1].mapped("date_due")])


def compare_activities(view):
    view.compare_drills(count=COUNT)
    (share,) = view.get_blocks("share")
    view.compare_see_more(
        {COUNT: sum(item["cell"]["value"] for item in share["items"])}
    )


def compare_products(view):
    """A product is worth the mean of the days on which it was ordered."""
    rows = view.get_rows()
    for row in rows:
        lines = view.open_list(row["drill"]).search()
        view.case.assertEqual(lines.product_id.ids, [row["id"]])
        days = {moment.date() for moment in lines.mapped("crm_order_date")}
        view.compare_report(row["drill"], {ORDERS: row["cell"]["value"] * len(days)})
    note, numbers = view.get_note()
    view.case.assertEqual(numbers[0], len(rows))
    total = view.format(sum(row["cell"]["value"] for row in rows))
    view.case.assertTrue(note["text"].endswith(total))
    view.compare_see_more({})


def compare_timeline(view):
    view.compare_events()


def find_metric(view):
    return view.env["crm.customer.metric"].search(
        [
            ("partner_id", "=", view.scope["customer_id"]),
            ("company_id", "=", view.env.company.id),
        ]
    )


def compare_at_a_glance(view):
    """Stored figures, the month's orders and the ledger, in one line of figures."""
    metric = find_metric(view)
    figures = {figure.label: figure.value for figure in view.figures}
    due = figures.pop("Due", None)
    if due is not None:
        lines = view.env["crm.due.line"].sudo()
        lines = lines.search(
            [
                ("partner_id", "=", view.scope["customer_id"]),
                ("company_id", "=", view.env.company.id),
            ]
        )
        view.case.assertAlmostEqual(due, sum(lines.mapped("amount_residual")))
    figures.pop("Next order", None)
    for label, value in figures.items():
        if label.startswith("12 months"):
            view.case.assertAlmostEqual(value, metric.trend_this_year)
        else:
            view.case.assertAlmostEqual(value, sum_month(view))


def compare_next_order(view):
    """The stored figures that the report of missing orders lists, too."""
    metric = find_metric(view)
    figure, *month = view.figures
    if month:
        compare_projection(view, month)
    day = metric.expected_order_date or metric.last_order_date
    if figure.cell["unit"] == "date":
        view.case.assertEqual(figure.value, str(day))
    else:
        view.case.assertIn(str(metric.days_overdue), figure.value)
    if metric.expected_order_value:
        words = view.format(metric.expected_order_value)
        view.case.assertIn(words, figure.label)


def compare_projection(view, lines):
    """What the month has reached is of all orders of the customer, whoever looks.

    Like all stored figures it is of the current company and in its time zone.
    """
    so_far, rest, whole = (line.value for line in lines[:3])
    view.case.assertAlmostEqual(so_far, sum_month(view))
    view.case.assertAlmostEqual(so_far + rest, whole)


def sum_month(view):
    """Return what all orders of the customer's month come to, whoever looks."""
    env = view.env
    env = env(context={**env.context, "tz": env.company.sudo().crm_figures_tz})
    scope = {"customer_id": view.scope["customer_id"]}
    action = env["crm.dashboard.tile"].open_report("customer_sales_trend", scope)
    month = SearchView(env, action)
    orders = month.model.sudo().search(month.get_domain())
    return sum(orders.mapped("crm_base_net_value"))


COPY = "The list is a copy for who opened it; the tile's own sheet has its lines."

CORE_CHECKS = {
    "orders": TileCheck(compare_orders),
    "twelve_months": TileCheck(compare_twelve_months),
    "close_rate": TileCheck(compare_close_rate),
    "rfm": TileCheck(compare_rfm),
    "missing_orders": TileCheck(compare_missing_orders),
    "customer_trend": TileCheck(compare_trend),
    "needs_engagement": TileCheck(compare_needs_engagement),
    "moved_this_week": TileCheck(compare_moves),
    "who_next": TileCheck(
        compare_who_next, wider_report="It lists whom nothing is at stake with, too."
    ),
    "customer_at_a_glance": TileCheck(
        compare_at_a_glance, no_report="Each figure has a tile with a report."
    ),
    "customer_sales_trend": TileCheck(compare_month),
    "customer_months": TileCheck(compare_months),
    "customer_products": TileCheck(
        compare_products, wider_report="It lists what was ordered in time, too."
    ),
    "customer_due_amount": TileCheck(compare_due),
    "customer_activities": TileCheck(compare_activities),
    "customer_events": TileCheck(compare_timeline, no_workbook=COPY),
    "customer_upcoming": TileCheck(compare_timeline, no_workbook=COPY),
    "customer_next_order": TileCheck(
        compare_next_order, no_report="It is about a single record."
    ),
}
