# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def name_first(env, names, count):
    """Return the first names of ``count`` records in words: "A, B, C and 4 more"."""
    listed = ", ".join(names)
    more = count - len(names)
    if more <= 0:
        return listed
    return env._("%(names)s and %(count)s more", names=listed, count=more)
