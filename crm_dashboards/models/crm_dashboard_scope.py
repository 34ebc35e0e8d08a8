from dataclasses import replace

from odoo import api, models
from odoo.exceptions import AccessError, ValidationError

from .dashboard_scope import get_default_manager, parse_scope


class CrmDashboardTile(models.Model):
    """Whose figures a dashboard shows."""

    _inherit = "crm.dashboard.tile"

    @api.model
    def _parse_scope(self, values):
        scope = parse_scope(self.env, values, self._sees_all())
        if scope.customer_id:
            customer = self.env["res.partner"].browse(scope.customer_id).exists()
            if not customer:
                raise ValidationError(self.env._("There is no such customer."))
            entity = customer.sudo().commercial_partner_id.sudo(False)
            if not (customer | entity).has_access("read"):
                raise AccessError(
                    self.env._(
                        "You have no access to this customer. It may belong to "
                        "another company."
                    )
                )
            customer = entity
            scope = replace(
                scope,
                customer_id=customer.id,
                all_sales=scope.all_sales and self._sees_all_sales(),
            )
        return scope

    @api.model
    def _parse_dashboard_scope(self, dashboard, values):
        """Return the Scope of ``dashboard``, see :meth:`_parse_scope`.

        :raise ValidationError: the customer's dashboard, and no customer
        """
        scope = self._parse_scope(values)
        if dashboard == "customer" and not scope.customer_id:
            raise ValidationError(self.env._("Please choose a customer."))
        return scope

    @api.model
    def _sees_all_sales(self):
        """Whether a customer's sales in other companies are for this user."""
        return False

    @api.model
    def _with_scope(self, scope):
        """Return the model in the companies that ``scope`` is about."""
        return self

    @api.model
    def _get_saved_scope(self, saved):
        """Return the scope a user saved, without what is not there any more."""
        scope = dict(saved.get("scope", {}))
        manager = scope.get("account_manager")
        if (
            isinstance(manager, int)
            and not self.env["res.users"].browse(manager).exists()
        ):
            scope.pop("account_manager")
        return scope

    @api.model
    def _get_scope_choices(self, scope):
        own = [{"value": "me", "label": self.env._("My customers")}]
        if not self._sees_all():
            return own
        managers = self._get_account_managers()
        if isinstance(scope.account_manager, int):
            managers |= self.env["res.users"].browse(scope.account_manager).exists()
        return (
            own
            + [
                {"value": "team", "label": self.env._("My team")},
                {"value": "all", "label": self.env._("Everyone")},
                {"value": "none", "label": self.env._("Unassigned")},
            ]
            + [
                {"value": manager.id, "label": manager.sudo().name}
                for manager in managers.sorted(lambda user: user.sudo().name)
            ]
        )

    @api.model
    def _get_account_managers(self):
        """Return the users who are account manager of a customer with figures."""
        groups = self.env["crm.customer.metric"]._read_group(
            [("company_id", "=", self.env.company.id), ("user_id", "!=", False)],
            ["user_id"],
        )
        return self.env["res.users"].union(*(user for (user,) in groups))

    @api.model
    def _get_default_manager(self):
        return get_default_manager(self.env, self._sees_all())
