from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.misc import format_datetime, format_time

from .figures_period import get_viewer_zone


class CrmDashboardTile(models.Model):
    """What a dashboard says above its tiles."""

    _inherit = "crm.dashboard.tile"

    @api.model
    def _get_refresh(self):
        return (
            self.env["crm.metric.refresh"]
            .sudo()
            .search([("company_id", "=", self.env.company.id)])
        )

    @api.model
    def _get_as_of(self):
        """Say of when the stored figures are, naming their zone if it is another."""
        as_of = self._get_refresh().as_of
        zone = self.env.company.sudo().crm_figures_tz or "UTC"
        viewer_zone = get_viewer_zone(self.env).zone
        if not as_of:
            label = self.env._("Segments not computed yet")
            return {"date": False, "label": label, "zone": False}
        day = format_datetime(self.env, as_of, tz=zone, dt_format="d MMM yyyy")
        time = format_time(self.env, as_of, tz=zone, time_format="short")
        return {
            "date": fields.Datetime.to_string(as_of),
            "label": self.env._("Segments as of %(moment)s", moment=f"{day}, {time}"),
            "zone": False if zone == viewer_zone else zone,
        }

    @api.model
    def _get_notice(self):
        """Say how many account managers wait for confirmation, False if none."""
        partner = self.env["res.partner"]
        domain = partner._crm_get_waiting_domain()
        if partner._crm_appoints():
            count = partner.search_count(domain)
            one = self.env._(
                "The account manager of 1 customer waits for your confirmation. Filter "
                "Contacts by “Account Manager to Confirm”."
            )
            many = self.env._(
                "The account managers of %(count)s customers wait for your "
                "confirmation. Filter Contacts by “Account Manager to Confirm”.",
                count=count,
            )
        else:
            mine = Domain("user_id", "=", self.env.uid)
            count = not self._sees_all() and partner.search_count(domain & mine)
            one = self.env._(
                "Your appointment as account manager of 1 customer waits for "
                "confirmation: its figures follow then."
            )
            many = self.env._(
                "Your appointment as account manager of %(count)s customers waits for "
                "confirmation: their figures follow then.",
                count=count,
            )
        if not count:
            return False
        return one if count == 1 else many

    @api.model
    def _get_customer_notice(self, customer):
        """Say that the account manager of ``customer`` waits, False if not.

        To whom it is of use: the account manager, and those who can confirm.
        """
        if not customer.filtered_domain(customer._crm_get_waiting_domain()):
            return False
        if customer._crm_appoints():
            return self.env._(
                "%(manager)s waits for confirmation as account manager.",
                manager=customer.user_id.sudo().name,
            )
        if self._sees_all() or customer.user_id != self.env.user:
            return False
        return self._get_own_waiting_words()

    @api.model
    def _get_own_waiting_words(self):
        return self.env._(
            "Your appointment as account manager waits for confirmation: figures of "
            "this customer follow then."
        )

    @api.model
    def _get_invitation(self):
        """Invite to the next step in a database without orders, instead of zeros."""
        order = self.env["sale.order"]
        if (
            self._get_refresh().customer_count
            or not order.has_access("read")
            or order.search_count(
                order._get_confirmed_domain(self.env.company), limit=1
            )
        ):
            return False
        invitation = {
            "title": self.env._("Your customers will show up here"),
            "message": self.env._(
                "Confirm a first quotation: orders, segments and trends of your "
                "customers follow from your orders."
            ),
            "action_label": False,
            "action": False,
        }
        if order.has_access("create"):
            invitation.update(
                action_label=self.env._("New quotation"),
                action=self.env["ir.actions.act_window"]._for_xml_id(
                    "sale.action_quotations_with_onboarding"
                ),
            )
        return invitation
