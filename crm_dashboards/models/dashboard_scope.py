"""Whose customers a dashboard is about, as it comes from the browser."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from odoo.exceptions import ValidationError
from odoo.fields import Domain

MAX_BYTES = 4096
MAX_ID = 2**31 - 1
MANAGERS = ("me", "team", "all", "none")
KEYS = {"account_manager", "customer_id", "all_sales", "tabs"}


@dataclass(frozen=True)
class Scope:
    """What a dashboard shows.

    Attributes
    ----------
    account_manager : str or int
        ``me``, ``team``, ``all``, ``none`` (unassigned customers) or a user's id.
    customer_id : int or None
        Commercial entity of the Customer Dashboard.
    all_sales : bool
        The user's other companies, too.
    tabs : dict of str
        Chosen tab of each tile that has some.
    entity_ids : tuple of int
        Partners that are the customer: its commercial entity, and with all sales those
        of the same VAT number, too.
    """

    account_manager: str | int = "all"
    customer_id: int | None = None
    all_sales: bool = False
    tabs: Mapping[str, str] = field(default_factory=dict)
    entity_ids: tuple[int, ...] = ()

    def get_domain(self, env, manager_field):
        """Return the domain that keeps the documents of this scope.

        :param manager_field: name of the field with the customer's account manager
        """
        if self.account_manager == "all" or self.customer_id:
            return Domain.TRUE
        if self.account_manager == "team":
            return Domain(f"{manager_field}.is_my_team_member", "=", True)
        managers = {"me": env.uid, "none": False}
        manager = managers.get(self.account_manager, self.account_manager)
        return Domain(manager_field, "=", manager)


def parse_scope(env, values, sees_all):
    """Check what the browser sent and return it as a Scope.

    :param values: dict with any of KEYS, or None
    :param sees_all: whether the user may look at other account managers' customers;
        otherwise the scope is "me" whatever was sent
    :raise ValidationError: unknown key, wrong type or more than 4 kB
    """
    values = check_payload(env, {} if values is None else values)
    unknown = set(values) - KEYS
    if unknown:
        raise ValidationError(
            env._(
                "Unknown part of the scope: %(names)s", names=", ".join(sorted(unknown))
            )
        )
    manager = values.get("account_manager")
    if manager is None:
        manager = get_default_manager(env, sees_all)
    if not (manager in MANAGERS if isinstance(manager, str) else is_id(manager)):
        raise ValidationError(env._("There is no such account manager."))
    customer_id = values.get("customer_id") or None
    if customer_id is not None and not is_id(customer_id):
        raise ValidationError(env._("There is no such customer."))
    tabs = values.get("tabs") or {}
    if not isinstance(tabs, dict) or not all(
        isinstance(text, str) for item in tabs.items() for text in item
    ):
        raise ValidationError(env._("The chosen tabs are not readable."))
    all_sales = values.get("all_sales") or False
    if not isinstance(all_sales, bool):
        raise ValidationError(env._("“All sales” is either on or off."))
    return Scope(manager if sees_all else "me", customer_id, all_sales, tabs)


def get_default_manager(env, sees_all):
    """Return the scope to begin with: one's own customers, if one has any."""
    if not sees_all:
        return "me"
    own = env["res.partner"].search_count([("user_id", "=", env.uid)], limit=1)
    return "me" if own else "all"


def check_payload(env, values):
    """Return ``values`` if it is a small dict.

    :raise ValidationError: no dict, or more than 4 kB
    """
    try:
        size = len(json.dumps(values))
    except (TypeError, ValueError):
        size = MAX_BYTES + 1
    if not isinstance(values, dict) or size > MAX_BYTES:
        raise ValidationError(env._("The request is not readable."))
    return values


def is_id(value):
    """Whether ``value``, from the browser, can be the id of a record."""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return is_number and 0 < value <= MAX_ID
