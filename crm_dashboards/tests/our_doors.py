# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What of these addons can be reached from outside, as the registry has it.

Nothing is listed here: a new model, method or route is found by itself.
"""

OURS = "crm_dashboards"


def is_ours(module):
    """Whether an addon is one of these."""
    return (module or "").startswith(OURS)


def get_our_models(env):
    """Return the names of the models that these addons bring, abstract ones, too."""
    return [
        name
        for name, model in sorted(env.registry.items())
        if is_ours(model._original_module)
    ]


def get_our_methods(env):
    """Return [(model, method)] that these addons let be called from outside.

    Odoo's own methods that they extend are Odoo's.
    """
    found = []
    for model_name, model in sorted(env.registry.items()):
        for name in dir(model):
            if name.startswith("_") or not callable(getattr(model, name, None)):
                continue
            owners = [each for each in model.mro() if name in vars(each)]
            is_private = any(
                getattr(vars(each)[name], "_api_private", False) for each in owners
            )
            if not is_private and all(is_ours(get_addon(each)) for each in owners):
                found.append((model_name, name))
    return found


def get_our_routes(env):
    """Return the paths of the routes that these addons have a hand in."""
    paths = set()
    for rule in env["ir.http"].routing_map().iter_rules():
        method = rule.endpoint.func
        for owner in type(method.__self__).mro():
            if is_ours(get_addon(owner)) and method.__name__ in vars(owner):
                paths.add(rule.rule)
    return sorted(paths)


def get_addon(member):
    """Return the addon that a class or function stands in, empty if in none."""
    parts = member.__module__.split(".")
    return parts[2] if parts[:2] == ["odoo", "addons"] else ""
