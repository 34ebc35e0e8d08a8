# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The RFM segment of a customer: its badge, and why the customer has it."""

from ..analytics.history import day_to_date
from ..analytics.rfm import SEGMENT_SHORT
from ..analytics.rfm_moves import percentile_ranks, what_moves_up
from ..models.date_words import format_day
from . import blocks
from .mixins.trend import make_sparklines
from .words import format_amount, format_least_amount


def make_segment_badge(env, segment, metric_id=False):
    """Return the badge of a segment, False without one.

    :param str segment: code
    :param metric_id: id of the figures that explain it
    """
    if not segment:
        return False
    field = env["crm.customer.metric"]._fields["segment"]
    labels = dict(field._description_selection(env))
    return blocks.Badge(segment, SEGMENT_SHORT[segment], labels[segment], metric_id)


def make_badge(metric):
    """Return the badge of a customer for a row, False without a segment."""
    return make_segment_badge(metric.env, metric.segment, metric.id)


def explain_badge(metric):
    """Say why a customer has its segment and what would move it up.

    :param metric: crm.customer.metric that the user may read
    :return: ``{title, lines: [{label, cell, percentile_rank}], spark, move}``; the
        rank is the share of the other customers behind this one, False if not
        compared; ``spark`` the months behind its trend, False without one
    """
    env = metric.env
    population, row = metric._read_population()
    ranks = (None,) * 3
    if row is not None:
        ranks = percentile_ranks(population.figures, row)
    recency = blocks.words(env._("no order yet"))
    if metric.last_order_date:
        recency = blocks.days(metric._get_recency_days())
    values = (
        (env._("Days since last order"), recency),
        (env._("Orders"), blocks.count(metric.order_count)),
        (env._("Value"), blocks.money(metric.order_value, metric.currency_id)),
    )
    return {
        "title": get_badge_title(metric),
        "lines": [
            {
                "label": label,
                "cell": cell,
                "percentile_rank": False if share is None else share,
            }
            for (label, cell), share in zip(values, ranks, strict=True)
        ],
        "spark": make_sparklines(metric).get(metric.id, False),
        "move": describe_move(
            metric, lambda: env["crm.metric.refresh"]._read_customer_history(metric)
        ),
    }


def get_badge_title(metric):
    """Return the name of a customer's segment, or why it has none."""
    return metric._get_segment_label() or metric._get_left_out_label()


def describe_move(metric, read_history):
    """Say which orders now would move a customer up, False if it is not compared.

    :param metric: as for :func:`explain_badge`
    :param read_history: returns (OrderHistory, FigureSettings) of the customer
    """
    env = metric.env
    population, row = metric._read_population()
    if row is None:
        return False
    history, settings = read_history()
    orders = history.positive()
    usual_cents = int(orders.cents[-12:].min()) if len(orders.cents) else 1
    moves = what_moves_up(
        population.figures,
        row,
        settings.as_of,
        metric.segment,
        cutoffs=settings.cutoffs,
        usual_cents=usual_cents,
        own_orders=(history.day, history.cents),
        window_months=settings.window_months,
        ranking=population.ranking,
    )
    if not moves:
        return env._("No single order would move this customer up now.")
    first, *larger = moves
    sentences = [
        _say_least_order(metric, first, usual_cents),
        *(_say_larger_order(metric, move) for move in larger),
    ]
    last_days = [move.last_day for move in moves if move.last_day is not None]
    if last_days:
        day = format_day(env, day_to_date(min(last_days)))
        sentences.append(env._("That holds until %(date)s.", date=day))
    return " ".join(sentences)


def _say_least_order(metric, move, usual_cents):
    """Return what the smallest orders reach; any order is told with a usual one."""
    words = _get_move_words(metric, move)
    if not move.any_order:
        return metric.env._(
            "An order of at least %(value)s now would make it %(segment)s.", **words
        )
    words["value"] = _format_cents(metric, usual_cents)
    return metric.env._(
        "Any order now, such as one of %(value)s, would make it %(segment)s.", **words
    )


def _say_larger_order(metric, move):
    return metric.env._(
        "One of at least %(value)s would make it %(segment)s.",
        **_get_move_words(metric, move),
    )


def _get_move_words(metric, move):
    labels = dict(metric._fields["segment"]._description_selection(metric.env))
    return {
        "value": _format_cents(metric, move.value_cents, format_least_amount),
        "segment": labels[move.segment],
    }


def _format_cents(metric, cents, format_money=format_amount):
    currency = metric.currency_id
    return format_money(cents / 10**currency.decimal_places, currency)
