# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import email_normalize_all

from odoo.addons.crm_dashboards.models.rpc import rpc

MAILERS = "mass_mailing.group_mass_mailing_user"


class CrmReactivationWizard(models.TransientModel):
    _inherit = "crm.reactivation.wizard"

    _makes = (
        *("mail.activity", "crm.lead", "mailing.subscription", "mailing.contact"),
        "crm.reactivation",
    )

    mailing_list_id = fields.Many2one(
        "mailing.list",
        groups=MAILERS,
        help="A customer that is on it already is not added again.",
    )

    @api.model
    def _get_kinds(self):
        """Leave mailing lists to those who may fill them."""
        kinds = super()._get_kinds()
        if self.env.user.has_group(MAILERS):
            return kinds
        return [kind for kind in kinds if kind[0] != "mailing_list"]

    @api.depends("mailing_list_id")
    def _compute_message(self):
        return super()._compute_message()

    def _get_obstacles(self):
        """Leave out whom no mail can reach, or may: they are not in the campaign."""
        obstacles = super()._get_obstacles()
        if self.kind != "mailing_list":
            return obstacles
        refusing = self._get_refusing(self.metric_ids.partner_id)
        return {
            **obstacles,
            self.env._("Left out, without an e-mail address: %(customers)s."): (
                lambda metric: not _get_addresses(metric.partner_id)
            ),
            self.env._("Left out, having opted out of mailings: %(customers)s."): (
                lambda metric: _get_addresses(metric.partner_id) <= refusing
            ),
        }

    def _get_refusing(self, partners):
        """Return the addresses that opted out of the list, or of all mailings.

        An address may belong to several contacts. One of them that opted out speaks
        for all: Odoo sends to the address as soon as another one is subscribed.
        """
        addresses = set().union(*map(_get_addresses, partners))
        opted_out = self._find_subscriptions(addresses).filtered("opt_out")
        blocked = self.env["mail.blacklist"].search(
            Domain("email", "in", list(addresses))
        )
        return {
            *opted_out.contact_id.mapped("email_normalized"),
            *blocked.mapped("email"),
        }

    def _find_subscriptions(self, addresses):
        """Return the subscriptions of ``addresses`` to the list, of all contacts."""
        return self.env["mailing.subscription"].search(
            Domain("list_id", "=", self.mailing_list_id.id)
            & Domain("contact_id.email_normalized", "in", list(addresses))
        )

    @rpc(one=True)
    def action_confirm(self):
        """Ask for a list before anything is noted."""
        if self.kind == "mailing_list" and not self.mailing_list_id:
            raise UserError(self.env._("Please choose a mailing list."))
        return super().action_confirm()

    def _start_mailing_list(self, metrics):
        """Put all addresses of each customer on the list that are not on it.

        A contact of the address is used if there is one.
        """
        contact = created = self.env["mailing.contact"]
        subscriptions = self.env["mailing.subscription"]
        partners = metrics.partner_id
        refusing = self._get_refusing(partners)
        for partner in partners:
            for email in _get_addresses(partner) - refusing:
                if self._find_subscriptions({email}):
                    continue
                known = contact.search(Domain("email_normalized", "=", email), limit=1)
                if not known:
                    known = contact.create(
                        {"name": partner.display_name, "email": email}
                    )
                    created += known
                subscriptions += subscriptions.create(
                    {"contact_id": known.id, "list_id": self.mailing_list_id.id}
                )
        return [subscriptions, created]


def _get_addresses(partner):
    """Return the e-mail addresses of a partner, whose field may hold several."""
    return set(email_normalize_all(partner.email))
