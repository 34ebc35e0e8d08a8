# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.exceptions import ValidationError

from ..badge import make_badge
from ..blocks import to_wire

BUTTON = "_button_"


class CrmCustomerHeader(models.AbstractModel):
    """What stands above the tiles of a customer, and what its buttons do.

    An addon adds a button by ``_get_buttons`` and a method ``_button_<key>(partner)``.
    """

    _name = "crm.customer.header"
    _description = "Header of the Customer Dashboard"

    def _get_header(self, scope, asked):
        """Return the customer, its buttons and the toggle.

        :param asked: res.partner whose dashboard was asked for, maybe a contact
        """
        return {
            "notice": self._get_notice(scope.customer),
            "customer": self._get_customer(scope, asked),
            "toggle": self._get_all_sales_toggle(scope),
            "actions": self._get_buttons(asked),
        }

    def _get_customer(self, scope, asked):
        customer = scope.customer
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
            "badge": to_wire(make_badge(scope.metric)),
            "phone": customer.phone,
            "email": customer.email,
        }

    def _get_notice(self, customer):
        """Say that the account manager of ``customer`` waits, False if not.

        To whom it is of use: the account manager, and those who can confirm.
        """
        user = self.env.user
        if not customer.filtered_domain(customer._crm_get_waiting_domain()):
            return False
        if customer._crm_appoints():
            return self.env._(
                "%(manager)s waits for confirmation as account manager.",
                manager=customer.user_id.sudo().name,
            )
        if user._sees_all_crm_figures() or customer.user_id != user:
            return False
        return customer._get_own_waiting_words()

    def _get_all_sales_toggle(self, scope):
        """Return the toggle *Show all sales*, False for those it is not for."""
        user = self.env.user
        if not user._sees_crm_all_sales():
            return False
        companies = user._get_crm_own_companies()
        words = self.env._(
            "All sales: %(companies)s",
            companies=", ".join(companies.sudo().mapped("name")),
        )
        # The toggle is switched on without asking for the header again.
        customer = scope.customer.with_context(allowed_company_ids=companies.ids)
        partners = customer._get_same_customers()
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

    # ------------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------------

    def _get_buttons(self, partner):
        """Return the buttons of the header that this user may use."""
        buttons = []
        phone = self._find_phone(partner)
        if phone:
            label = self.env._("Call")
            call = self._make_button("call", label, "fa-phone", f"tel:{phone}")
            buttons.append({**call, "detail": phone})
        if partner.email:
            href = f"mailto:{partner.email}"
            buttons.append(
                self._make_button("mail", self.env._("Mail"), "fa-envelope", href)
            )
        if not phone and partner.has_access("write"):
            buttons.append(
                self._make_button("add_phone", self.env._("Add phone"), "fa-phone")
            )
        if self.env["sale.order"].has_access("create"):
            buttons.append(
                self._make_button(
                    "new_quotation", self.env._("New quotation"), "fa-file-text-o"
                )
            )
            buttons.append(
                self._make_button(
                    "usual_order", self.env._("Usual order"), "fa-shopping-basket"
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
        if customer._crm_appoints() and self._get_notice(customer):
            buttons.append(
                self._make_button(
                    "confirm_account_manager",
                    self.env._("Confirm account manager"),
                    "fa-check",
                )
            )
        return buttons

    def _find_phone(self, partner):
        """Return the number to call: of the partner, a person of it, or its company."""
        if partner.phone:
            return partner.phone
        people = partner.child_ids.filtered(lambda child: child.type == "contact")
        others = people + partner.commercial_partner_id
        return next(filter(None, others.mapped("phone")), False)

    def _make_button(self, key, label, icon, href=False):
        return {
            "key": key,
            "label": label,
            "detail": False,
            "icon": icon,
            "href": href,
        }

    def _press_button(self, partner, key):
        """Do what a button says, or return the action behind it.

        :param partner: res.partner whose dashboard it is, maybe a contact
        :param str key: one of the keys of the buttons
        :raise ValidationError: no such button for this user
        """
        for button in self._get_buttons(partner):
            if button["key"] == key:
                if button["href"]:
                    url = button["href"]
                    return {"type": "ir.actions.act_url", "url": url, "target": "self"}
                return getattr(self, f"{BUTTON}{key}")(partner)
        raise ValidationError(self.env._("This cannot be done here."))

    def _button_add_phone(self, partner):
        """Open the address of the customer, to note how it is reached."""
        return partner._get_crm_address_action()

    def _button_new_quotation(self, partner):
        """Open an empty quotation for the customer."""
        return make_quotation_action(partner)

    def _button_usual_order(self, partner):
        """Open the dialogue that proposes what the customer usually orders."""
        return self.env["crm.usual.order"]._get_action(partner)

    def _button_log_engagement(self, partner):
        """Open the dialog that logs an engagement with the customer."""
        return self.env["crm.log.engagement"]._get_action(partner)

    def _button_schedule(self, partner):
        """Ask when the customer is to be called."""
        return self.env["crm.call.wizard"]._get_action(partner, "plan")

    def _button_confirm_account_manager(self, partner):
        """Let the account manager know the figures; show what that has changed."""
        partner.action_confirm_account_manager()
        return {"type": "ir.actions.client", "tag": "soft_reload"}


def make_quotation_action(partner, **context):
    """Return the action that opens a new quotation for a customer.

    :param context: defaults besides the customer
    """
    return {
        "type": "ir.actions.act_window",
        "name": partner.env._("New Quotation"),
        "res_model": "sale.order",
        "views": [(False, "form")],
        "context": {"default_partner_id": partner.id, **context},
    }
