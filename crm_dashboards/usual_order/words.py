# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What is said of a product in the usual order."""

from datetime import timedelta

from odoo.tools.misc import formatLang

from ..models.date_words import format_day
from ..tiles.words import join_words


def describe_bought(env, bought, order_count):
    """Say how usual a product is, when it was bought last, and how many."""
    return join_words(
        _describe_share(env, bought.recent, order_count),
        env._(
            "last %(date)s, %(quantity)s %(unit)s",
            date=format_day(env, bought.last_day),
            quantity=format_quantity(env, bought.last_quantity),
            unit=bought.last_unit.name,
        ),
        _describe_range(env, bought),
    )


def _describe_share(env, recent, order_count):
    if order_count == 1:
        return env._("in the only order")
    if not recent:
        return env._("in none of the last %(orders)s orders", orders=order_count)
    return env._(
        "in %(count)s of the last %(orders)s orders", count=recent, orders=order_count
    )


def _describe_range(env, bought):
    if bought.low is None or bought.low == bought.high:
        return ""
    return env._(
        "usually %(low)s to %(high)s",
        low=format_quantity(env, bought.low),
        high=format_quantity(env, bought.high),
    )


def describe_due(env, day, today):
    """Say when a product is due, and whether it is late: (words, bool); None."""
    if day is None:
        return None
    if day == today:
        return env._("due today"), False
    if day == today + timedelta(days=1):
        return env._("due tomorrow"), False
    date = format_day(env, day)
    if day < today:
        return env._("due since %(date)s", date=date), True
    return env._("due %(date)s", date=date), False


def format_quantity(env, quantity):
    """A quantity without zeros that say nothing."""
    digits = env["decimal.precision"].precision_get("Product Unit")
    number = formatLang(env, quantity, digits=digits)
    point = env["res.lang"]._get_data(code=env.lang or "en_US").decimal_point
    if digits and point in number:
        number = number.rstrip("0").rstrip(point)
    return number
