from odoo import api, models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Merges nobody into a customer who reads more by it than he may."""

    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """See what changes hands before SQL changes it, which passes ``write`` by.

        Figures of the past come along: the rows of a merged partner become those of
        the one that is left, be it a contact of a customer.
        """
        target = dst_partner.sudo()
        for partner in src_partners.sudo():
            customer = partner.commercial_partner_id
            contacts = partner._crm_get_family().filtered(
                lambda contact, customer=customer: (
                    contact.commercial_partner_id == customer
                )
            )
            contacts._crm_change_hands(
                contacts._crm_get_documents(),
                customer,
                target | target.commercial_partner_id,
            )
            if partner.crm_lost_documents:
                target.crm_lost_documents = True
        return super()._update_foreign_keys(src_partners, dst_partner)
