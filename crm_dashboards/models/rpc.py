# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Doors: what whoever is logged in may call, with whatever arguments and context."""

import inspect
from functools import wraps

from odoo.exceptions import UserError, ValidationError

from .plain import is_id, is_plain, is_text


def rpc(method=None, *, one=False):
    """Have a public method answer in words whatever it is called with.

    Its arguments are plain values then, without what no database holds; records are
    there, and only one of them with ``one``; language and companies of the context are
    such. Who may call it, and what an argument means, the method itself checks.

    Decorators of ``api`` go on top of this one.

    :param bool one: the method is about one record
    """
    if method is None:
        return lambda method: rpc(method, one=one)
    signature = inspect.signature(method)

    @wraps(method)
    def door(self, *args, **kwargs):
        env = self.env
        check_context(env)
        _check_records(env, self, one)
        try:
            signature.bind(self, *args, **kwargs)
        except TypeError:
            raise ValidationError(env._("The request is not readable.")) from None
        if not is_plain([*args, kwargs]):
            raise ValidationError(env._("The request is not readable."))
        return method(self, *args, **kwargs)

    door.is_door = True
    return door


def check_context(env):
    """Check what a client says of language, zone and companies.

    :raise ValidationError: there is no such language, or another one is no such thing
    """
    safe = env(context={})
    lang = _get(env, "lang", "en_US")
    languages = dict(safe["res.lang"].get_installed())
    if not is_text(lang) or lang not in languages or not is_text(_get(env, "tz", "")):
        safe = safe(context={"lang": safe.user.lang})
        raise ValidationError(safe._("There is no such language or time zone."))
    companies = _get(env, "allowed_company_ids", [])
    if not isinstance(companies, list | tuple) or not all(map(is_id, companies)):
        raise ValidationError(env._("There are no such companies."))


def _get(env, key, default):
    """Return a value of the context as it was sent; ``default`` for none."""
    value = env.context.get(key)
    return default if value is None or value is False or value == "" else value


def _check_records(env, records, one):
    if not all(is_id(record_id) for record_id in records._ids):
        raise ValidationError(env._("The request is not readable."))
    if one and len(set(records._ids)) != 1 or len(set(records._ids)) < len(records):
        raise ValidationError(env._("Please choose one record."))
    if records.exists() != records:
        raise UserError(
            env._("This is not there any more. Please refresh and try again.")
        )
