# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What followed, in numbers by month as the night counts them."""

from .missing_order_common import MissingOrderCase


class FollowedCase(MissingOrderCase):
    """Of one model; the clock stands at 21 November."""

    month_model = ""  # inherits crm.followed.month.mixin
    month_keys = ()  # names of the fields that tell one row from the others

    def _get_counts(self, company=None):
        """Return {values of the keys: (number, how many ordered)} after a night."""
        self._refresh(company)
        self.env.invalidate_all()
        rows = self.env[self.month_model].search(
            [("company_id", "=", (company or self.company).id)]
        )
        return {
            tuple(row[name] for name in self.month_keys): (
                row[row._counted_field],
                row.ordered_count,
            )
            for row in rows
        }
