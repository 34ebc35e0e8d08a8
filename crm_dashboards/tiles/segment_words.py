# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Who the customers of a segment are, and what to do with them."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

# {segment: (who they are, what to do)}
SEGMENT_WORDS = {
    "champions": (
        _lt("Ordered lately, often and for much."),
        _lt("Thank them, and ask what else they need."),
    ),
    "loyal": (
        _lt("Order again and again, and for a good deal."),
        _lt("Stay in touch, and show what goes with what they buy."),
    ),
    "potential_loyalist": (
        _lt("Ordered lately, and more than once."),
        _lt("Propose the next order before they look elsewhere."),
    ),
    "promising": (
        _lt("Ordered once, some months ago."),
        _lt("Ask how the first order went, and propose a second."),
    ),
    "new": (
        _lt("Ordered for the first time, and lately."),
        _lt("Welcome them with a call while the order is fresh."),
    ),
    "needs_attention": (
        _lt("Ordered a fair amount, but not lately."),
        _lt("Call with a reason: something new, or a price that ends."),
    ),
    "about_to_sleep": (
        _lt("Ordered little, and less and less lately."),
        _lt("Write to all, and call the larger ones."),
    ),
    "hibernating": (
        _lt("Ordered little, and long ago."),
        _lt("A mailing is enough."),
    ),
    "at_risk": (
        _lt("Ordered often and for much, but not for a while."),
        _lt("Call them before a mailing does."),
    ),
    "dont_lose_them": (
        _lt("Were among the best, and have been silent for longest."),
        _lt("Call today, and ask what has changed."),
    ),
}
