# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Whole sentences of how a customer stands and what to do next, by their keys."""


def get_state_words(env, state, is_overdue):
    """Return the sentence of a state, with what is overdue where something is.

    :param state: of :func:`~...analytics.customer_state.order_state`
    """
    return (_get_overdue_words(env) if is_overdue else _get_paid_words(env))[state]


def _get_paid_words(env):
    return {
        "never": env._("No order yet."),
        "first": env._("A new customer: the first order was %(ago)s."),
        "no_rhythm": env._("The last order was %(ago)s; there is no rhythm yet."),
        "on_time": env._("Orders on time."),
        "due_today": env._("The next order is due today."),
        "late": env._("The next order is %(late)s."),
        "seasonal": env._(
            "The next order is %(late)s, as in other years at this time."
        ),
        "missing": env._("An order is missing: %(late)s."),
        "leaves": env._("Probably leaving: no order for %(recency_days)s days."),
        "lapsed": env._(
            "No order for %(recency_days)s days: hardly to be expected any more."
        ),
    }


def _get_overdue_words(env):
    return {
        "never": env._("No order yet, but %(overdue)s is overdue."),
        "first": env._(
            "A new customer: the first order was %(ago)s, and %(overdue)s is overdue."
        ),
        "no_rhythm": env._("The last order was %(ago)s, and %(overdue)s is overdue."),
        "on_time": env._("Orders on time, but %(overdue)s is overdue."),
        "due_today": env._("The next order is due today, but %(overdue)s is overdue."),
        "late": env._("The next order is %(late)s, and %(overdue)s is overdue."),
        "seasonal": env._(
            "The next order is %(late)s, as in other years at this time, and "
            "%(overdue)s is overdue."
        ),
        "missing": env._("An order is missing: %(late)s, and %(overdue)s is overdue."),
        "leaves": env._(
            "Probably leaving: no order for %(recency_days)s days, and %(overdue)s is "
            "overdue."
        ),
        "lapsed": env._(
            "No order for %(recency_days)s days, and %(overdue)s is overdue."
        ),
    }


def get_step_words(env, step):
    """Return the sentence of a step.

    :param step: of :func:`~...analytics.customer_state.next_step`, or "engage_first"
    """
    return {
        "missing": env._(
            "Call %(contact)s about the missing order, then offer the usual order."
        ),
        "missing_and_overdue": env._(
            "Call %(contact)s about the missing order and the overdue %(overdue)s."
        ),
        "overdue": env._("Call %(contact)s about the overdue %(overdue)s."),
        "quotation": env._(
            "Ask %(contact)s about %(quotation)s of %(value)s: it expires on %(day)s."
        ),
        "usual_order": env._("Offer %(contact)s the usual order."),
        "engage": env._("Get in touch with %(contact)s: the last time is long ago."),
        "engage_first": env._("Get in touch with %(contact)s: nobody has been so far."),
    }[step]
