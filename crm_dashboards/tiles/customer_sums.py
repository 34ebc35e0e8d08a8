# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What tiles count and add up of the same customers, in one pass over their figures."""

from decimal import Decimal

from ..models.since_night_sql import Reading
from ..nightly.kept_sums import read_customer_sums, read_kept_customers
from ..nightly.manager_sums import read_kept_of_user


class CustomerSums:
    """Counts and sums of the customers of a scope in one company, by KEYS.

    All tiles of a page say beforehand what they want; the first that reads has it read
    for all of them. Of everybody, and of one's own where one may read no others, it is
    taken from the night, see ``nightly.kept_sums``, which knows what sums are, too.
    """

    def __init__(self, scope, company):
        self._metric = scope.env["crm.customer.metric"]
        self._domain = company._get_crm_figures_domain()
        self._domain &= scope.get_manager_domain("user_id")
        self._wanted, self._known = {}, set()
        self._rows = ()
        if company == scope.company and (kept := _read_kept(scope)):
            self._rows = kept
            self._known = {name for row in self._rows for name in row}

    def want(self, sums):
        """Have these sums read with the others.

        :param sums: {name: function}
        """
        self._wanted.update(sums)

    def group(self, sums, key=None):
        """Return what these sums come to for each value of a key.

        :param str key: one of KEYS; all in one if left out
        :return: {value, False for none: {"count": number, name: Decimal}}
        """
        names = ("count", *sums)
        groups = {}
        for row in self._get_rows(sums):
            value = (row[key] or False) if key else None
            group = groups.setdefault(value, dict.fromkeys(names, Decimal()))
            for name in names:
                group[name] += Decimal(row[name] or 0)
        return groups

    def add_up(self, sums):
        """Return what these sums come to: {"count": number, name: Decimal}."""
        nothing = dict.fromkeys(("count", *sums), Decimal())
        return self.group(sums).get(None, nothing)

    def _get_rows(self, sums):
        names = {"count", *sums}
        if not names <= self._known:
            self.want(sums)
            self._rows = read_customer_sums(self._metric, self._domain, self._wanted)
            self._known = {"count", *self._wanted}
        return self._rows


def _read_kept(scope):
    """Return what the night kept of the customers of a scope, nothing of a part."""
    if scope.is_of_everybody:
        return Reading.remember(scope.env, read_kept_customers)
    if scope.is_of_user:
        return Reading.remember(scope.env, read_kept_of_user).customers
    return None
