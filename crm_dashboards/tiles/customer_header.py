from odoo import api, models
from odoo.exceptions import UserError, ValidationError

from ..models.dashboard_scope import check_payload


class CrmDashboardTile(models.Model):
    """Header of the Customer Dashboard, and what its buttons do."""

    _inherit = "crm.dashboard.tile"

    @api.model
    @api.readonly
    def get_dashboard(self, dashboard, scope=None):
        """Add the customer, its buttons and the toggle; see the base method."""
        if dashboard != "customer":
            return super().get_dashboard(dashboard, scope)
        self._check_dashboard_access()
        scope = {**self._get_saved_choices(), **check_payload(self.env, scope or {})}
        result = super().get_dashboard(dashboard, scope)
        parsed = self._parse_dashboard_scope(dashboard, scope)
        asked = self.env["res.partner"].browse(scope["customer_id"])
        return {
            **result,
            "scopes": [],
            "empty": False,
            "notice": self._get_customer_notice(self._get_customer(parsed)),
            "scope": {**result["scope"], "customer_id": parsed.customer_id},
            "customer": self._get_customer_header(asked, parsed),
            "toggle": self._get_all_sales_toggle(parsed),
            "actions": self._get_customer_buttons(asked),
        }

    @api.model
    def _get_saved_choices(self):
        """Return the tabs and the toggle as the user left them at any customer."""
        saved = self.env["crm.dashboard.tile.preference"]._get_settings("customer")
        scope = saved.get("scope", {})
        return {key: scope[key] for key in ("tabs", "all_sales") if key in scope}

    @api.model
    def _get_customer_header(self, asked, scope):
        customer = self._get_customer(scope)
        metric = self._get_customer_metric(scope)
        notice = False
        if asked != customer:
            notice = self.env._(
                "%(contact)s belongs to %(company)s: these are the figures of the "
                "company.",
                contact=asked.name or asked.display_name,
                company=customer.display_name,
            )
        return {
            "id": customer.id,
            "name": customer.display_name,
            "kind": customer.crm_dashboard_kind,
            "notice": notice,
            "badge": metric._get_badge() if metric else False,
            "phone": customer.phone,
            "email": customer.email,
        }

    @api.model
    def _get_all_sales_toggle(self, scope):
        """Return the toggle *Show all sales*, False for those it is not for."""
        if not self._sees_all_sales():
            return False
        words = self.env._(
            "All sales: %(companies)s",
            companies=", ".join(self._get_own_companies().sudo().mapped("name")),
        )
        # The toggle is switched on without asking for the header again.
        matched = self._parse_scope(
            {"customer_id": scope.customer_id, "all_sales": True}
        )
        partners = self._with_scope(matched)._get_customer_entities(matched)
        if len(partners) > 1:
            words = self.env._(
                "%(companies)s. Same customer by VAT number: %(partners)s",
                companies=words,
                partners=", ".join(partners.mapped("display_name")),
            )
        return {
            "label": self.env._("Show all sales"),
            "active": scope.all_sales,
            "hint": words,
        }

    @api.model
    def _get_customer_buttons(self, partner):
        """Return the buttons of the header that this user may use."""
        buttons = []
        if partner.phone:
            href = f"tel:{partner.phone}"
            buttons.append(
                self._make_button("call", self.env._("Call"), "fa-phone", href)
            )
        if partner.email:
            href = f"mailto:{partner.email}"
            buttons.append(
                self._make_button("mail", self.env._("Mail"), "fa-envelope", href)
            )
        if self.env["sale.order"].has_access("create"):
            buttons.append(
                self._make_button(
                    "new_quotation", self.env._("New quotation"), "fa-file-text-o"
                )
            )
            buttons.append(
                self._make_button(
                    "repeat_last_order", self.env._("Repeat last order"), "fa-repeat"
                )
            )
        if partner.has_access("write"):
            buttons.append(
                self._make_button(
                    "log_engagement", self.env._("Log engagement"), "fa-pencil-square-o"
                )
            )
            buttons.append(
                self._make_button(
                    "schedule", self.env._("Schedule"), "fa-calendar-plus-o"
                )
            )
        customer = partner.commercial_partner_id
        if customer._crm_appoints() and self._get_customer_notice(customer):
            buttons.append(
                self._make_button(
                    "confirm_account_manager",
                    self.env._("Confirm account manager"),
                    "fa-check",
                )
            )
        return buttons

    @api.model
    def _make_button(self, key, label, icon, href=False):
        return {"key": key, "label": label, "icon": icon, "href": href}

    @api.model
    def run_customer_action(self, customer_id, key):
        """Do what a button of the header says, or return the action behind it.

        :param int customer_id: the partner whose dashboard it is, maybe a contact
        :param str key: one of the keys of ``actions`` in :meth:`get_dashboard`
        :return: dict, an action
        :raise ValidationError: no such button for this user
        """
        self._check_dashboard_access()
        self._parse_dashboard_scope("customer", {"customer_id": customer_id})
        partner = self.env["res.partner"].browse(customer_id)
        keys = [button["key"] for button in self._get_customer_buttons(partner)]
        if key not in keys:
            raise ValidationError(self.env._("This cannot be done here."))
        return getattr(self, f"_customer_action_{key}")(partner)

    @api.model
    def _customer_action_new_quotation(self, partner):
        """Open an empty quotation for the customer."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Quotation"),
            "res_model": "sale.order",
            "views": [(False, "form")],
            "context": {"default_partner_id": partner.id},
        }

    @api.model
    def _customer_action_repeat_last_order(self, partner):
        """Copy the customer's last confirmed order as a new quotation."""
        scope = self._parse_scope({"customer_id": partner.id})
        order = self.env["sale.order"].search(
            self.env["sale.order"]._get_confirmed_domain(self.env.company)
            & self._get_customer_domain(scope),
            order="date_order DESC, id DESC",
            limit=1,
        )
        if not order:
            raise UserError(
                self.env._("There is no order of this customer that you may read.")
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Quotation"),
            "res_model": "sale.order",
            "res_id": order.copy().id,
            "views": [(False, "form")],
        }

    @api.model
    def _customer_action_log_engagement(self, partner):
        """Open the dialog that logs an engagement with the customer."""
        return self.env["crm.log.engagement"]._get_action(partner)

    @api.model
    def _customer_action_schedule(self, partner):
        """Open Odoo's own dialog for an activity with the customer."""
        return partner._get_schedule_action()

    @api.model
    def _customer_action_confirm_account_manager(self, partner):
        """Let the account manager know the figures; show what that has changed."""
        partner.action_confirm_account_manager()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    @api.model
    def refresh_customer(self, customer_id):
        """Make one customer's stored figures anew.

        While the nightly job or another refresh is at it, nothing is stored: it will
        bring the same figures.

        :param int customer_id: a partner, maybe a contact of the customer
        :return: ``{stored, message}``
        :raise ValidationError: no customer
        """
        self._check_dashboard_access()
        scope = self._parse_dashboard_scope("customer", {"customer_id": customer_id})
        customer = self._get_customer(scope)
        refresh = self.env["crm.metric.refresh"].sudo()
        stored = refresh._refresh_customer(self.env.company, customer)
        words = self.env._(
            "The nightly job is at work: its figures follow in a moment."
        )
        return {"stored": stored, "message": False if stored else words}
