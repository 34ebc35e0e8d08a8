from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

SHORTEST_VAT = 5  # Odoo's "/" means none


class ResPartner(models.Model):
    """The same customer in the companies of a group of wholesalers."""

    _inherit = "res.partner"

    @api.model
    def _normalize_vat(self, vat):
        return "".join(filter(str.isalnum, vat or "")).upper()

    def _get_same_customers(self):
        """Return the partners that are this customer, for those who see all sales.

        The commercial entity itself, and those of the same VAT number and country that
        the user may read.
        """
        self.ensure_one()
        entity = self.commercial_partner_id
        vat = self._normalize_vat(entity.vat)
        if len(vat) < SHORTEST_VAT:
            return entity
        query = self._search(
            Domain("vat", "!=", False)
            & Domain("parent_id", "=", False)
            & Domain("country_id", "=", entity.country_id.id)
        )
        query.add_where(
            SQL(
                "UPPER(REGEXP_REPLACE(%s, '[^[:alnum:]]', '', 'g')) = %s",
                self._field_to_sql(query.table, "vat", query),
                vat,
            )
        )
        return entity | self.browse(query.get_result_ids())

    def _check_crm_figures_access(self):
        """Make sure that the user may know the stored figures of these customers.

        Record rules alone cannot tell the user's own customer without figures from
        another's.

        :raise AccessError: neither everybody's figures nor these customers'
        """
        if not self._may_know_crm_figures():
            raise AccessError(
                self.env._("You have no access to the figures of this customer.")
            )

    def _may_know_crm_figures(self):
        """Whether the user may know the stored figures of all of these customers."""
        user = self.env.user
        own = self.filtered(lambda customer: customer.user_id == user)
        return user._sees_all_crm_figures() or bool(self) and own == self
