# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.tools import SQL

from ..analytics.what_followed import FEWEST_ALERTS


class CrmFollowedMonthMixin(models.AbstractModel):
    """What followed of a month, in numbers that the night counts.

    Customers, and who is in charge of them, are left out on purpose. All customers
    count, so that those may read it who may see everybody's figures.
    """

    _name = "crm.followed.month.mixin"
    _description = "What Followed of a Month"
    _rec_name = "month"
    _order = "month DESC, id"

    _counted_field = ""  # name of the field with the number of what is compared

    company_id = fields.Many2one(
        "res.company", required=True, ondelete="cascade", index=True, readonly=True
    )
    month = fields.Date(required=True, readonly=True, help="Its first day.")
    ordered_count = fields.Integer("Ordered in Time", readonly=True)
    ordered_share = fields.Float(
        "Share That Ordered",
        readonly=True,
        aggregator="avg",
        help="Of at least 50; of fewer, it would be chance.",
    )

    def _read_group_select(self, aggregate_spec, query):
        """Make the share of a group from its numbers, not from the shares of months."""
        if aggregate_spec != "ordered_share:avg":
            return super()._read_group_select(aggregate_spec, query)
        counted, ordered = (
            SQL("SUM(%s)", self._field_to_sql(self._table, name, query))
            for name in (self._counted_field, "ordered_count")
        )
        return SQL(
            "CASE WHEN %(counted)s >= %(fewest)s"
            " THEN %(ordered)s::float8 / %(counted)s END",
            counted=counted,
            ordered=ordered,
            fewest=FEWEST_ALERTS,
        )

    def _store_counts(self, company, keys, counts):
        """Write what is not stored yet; of ``self`` stays what is counted again.

        :param keys: names of the fields that tell one row of a company from the others
        :param counts: {values of ``keys``: (number, how many of them ordered)}
        """
        counts = dict(counts)
        for row in self:
            found = counts.pop(tuple(row[name] for name in keys), (0, 0))
            values = self._make_values(*found)
            if not found[0]:
                row.unlink()
            elif any(row[name] != value for name, value in values.items()):
                row.write(values)
        self.create(
            [
                {
                    "company_id": company.id,
                    **dict(zip(keys, key, strict=True)),
                    **self._make_values(*found),
                }
                for key, found in counts.items()
            ]
        )

    def _make_values(self, counted, ordered):
        return {
            self._counted_field: counted,
            "ordered_count": ordered,
            "ordered_share": ordered / counted if counted >= FEWEST_ALERTS else None,
        }
