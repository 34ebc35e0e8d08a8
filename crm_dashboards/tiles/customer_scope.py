from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..models.crm_customer_match import MANUFACTURER


class CrmDashboardTile(models.Model):
    """What the tiles of one customer are about."""

    _inherit = "crm.dashboard.tile"

    @api.model
    def _get_customer(self, scope):
        """Return the customer of ``scope``, a commercial entity."""
        return self.env["res.partner"].browse(scope.customer_id)

    @api.model
    def _check_figures_access(self, customers):
        """Make sure that the user may know the stored figures of ``customers``.

        Record rules alone cannot tell the user's own customer without figures from
        another's.

        :raise AccessError: neither everybody's figures nor these customers'
        """
        if not self._sees_all() and customers.user_id != self.env.user:
            raise AccessError(
                self.env._("You have no access to the figures of this customer.")
            )

    @api.model
    def _get_customer_metric(self, scope):
        """Return the stored figures of the customer that the user may read, or none."""
        return self.env["crm.customer.metric"].search(
            Domain("company_id", "=", self.env.company.id)
            & Domain("partner_id", "=", scope.customer_id)
        )

    @api.model
    def _sees_all_sales(self):
        """Whether the toggle *Show all sales* is for this user."""
        return (
            self.env.user.has_group(MANUFACTURER) and len(self._get_own_companies()) > 1
        )

    @api.model
    def _get_own_companies(self):
        """Return the companies the user may access, the current one first."""
        return self.env.company | self.env.user.company_ids

    @api.model
    def _get_customer_entities(self, scope):
        """Return the partners whose sales count: with *Show all sales* all the same."""
        customer = self._get_customer(scope)
        return customer._get_same_customers() if scope.all_sales else customer

    @api.model
    def _get_customer_domain(self, scope, partner_field="partner_id"):
        """Return the domain of the documents of the customer of ``scope``.

        :param partner_field: name of the field with the document's partner
        """
        if not scope.customer_id:
            return Domain.TRUE
        entities = self._get_customer_entities(scope)
        return Domain(f"{partner_field}.commercial_partner_id", "in", entities.ids)

    @api.model
    def _with_scope(self, scope):
        """Return the model in the companies of ``scope``, always as the user."""
        if scope.customer_id and scope.all_sales:
            companies = self._get_own_companies()
            return self.with_context(allowed_company_ids=companies.ids)
        return super()._with_scope(scope)
