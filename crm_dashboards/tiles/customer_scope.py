from dataclasses import replace

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..models.appointment_waits import AppointmentWaits
from ..models.crm_customer_match import MANUFACTURER
from . import blocks

# Tiles of figures that are one company's own, whatever is added up elsewhere
ONE_COMPANY_CODES = {
    "customer_projection",
    "customer_next_order",
    "customer_due_amount",
}


class CrmDashboardTile(models.Model):
    """What the tiles of one customer are about."""

    _inherit = "crm.dashboard.tile"

    @api.model
    def _parse_scope(self, values):
        """Find the partners that are the customer, once for all tiles."""
        scope = super()._parse_scope(values)
        if not scope.customer_id:
            return scope
        entities = self._with_scope(scope)._get_customer(scope)
        if scope.all_sales:
            entities = entities._get_same_customers()
        return replace(scope, entity_ids=tuple(entities.ids))

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
        if self._may_know_figures(customers):
            return
        if self._are_own(customers, "user_id"):
            raise AppointmentWaits(self._get_own_waiting_words())
        raise AccessError(
            self.env._("You have no access to the figures of this customer.")
        )

    @api.model
    def _may_know_figures(self, customers):
        """Whether the user may know the stored figures of all of ``customers``."""
        return self._sees_all() or self._are_own(customers, "crm_appointed_user_id")

    @api.model
    def _are_own(self, customers, manager_field):
        """Whether there are customers, and the user is the manager of all of them."""
        own = customers.filtered(
            lambda customer: customer[manager_field] == self.env.user
        )
        return bool(customers) and own == customers

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
        return self.env["res.partner"].browse(scope.entity_ids)

    @api.model
    def _get_customer_domain(self, scope, partner_field="partner_id"):
        """Return the domain of the documents of the customer of ``scope``.

        :param partner_field: name of the field with the document's partner
        """
        if not scope.customer_id:
            return Domain.TRUE
        path = f"{partner_field}.commercial_partner_id"
        return Domain(path, "in", list(scope.entity_ids))

    @api.model
    def _with_scope(self, scope):
        """Return the model in the companies of ``scope``, always as the user."""
        if scope.customer_id and scope.all_sales:
            companies = self._get_own_companies()
            return self.with_context(allowed_company_ids=companies.ids)
        return super()._with_scope(scope)

    def _get_result(self, scope):
        """Say which tiles *Show all sales* does not touch; see the base method."""
        result = super()._get_result(scope)
        if not result or not scope.customer_id or not scope.all_sales:
            return result
        if self.sudo().code in ONE_COMPANY_CODES:
            words = self.env._(
                "Of %(company)s only.", company=self.env.company.sudo().name
            )
            if result["state"] == "ready":
                result["blocks"].append(blocks.text(words))
            elif result["state"] == "empty":
                result["message"] = f"{result['message']} {words}"
        return result
