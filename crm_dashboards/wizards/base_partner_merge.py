# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.tools import SQL

from ..models.customer_documents import get_documents

# table: columns that are unique together with the customer
UNIQUE_PER_CUSTOMER = {
    "crm_customer_metric": ("company_id",),
    "crm_reactivation": ("company_id", "kind", "last_order_date"),
}


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """A merged customer's history becomes that of the customer that is left.

    Foreign keys see to that. Where a unique key is in the way, Odoo would delete all
    rows of the merged customers instead of those that are there twice. And nobody reads
    more by a merge than he may.
    """

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        self.env.flush_all()
        for table, columns in UNIQUE_PER_CUSTOMER.items():
            self._delete_doubles(table, columns, src_partners, dst_partner)
        self._tell_who_changes_hands(src_partners, dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)

    def _tell_who_changes_hands(self, src_partners, dst_partner):
        """See what changes hands before SQL changes it, which passes ``write`` by.

        Figures of the past come along: the rows of a merged partner become those of
        the one that is left, be it a contact of a customer.
        """
        target = dst_partner.sudo()
        self.env["crm.customer.change"]._note(
            target | target.commercial_partner_id, "customer"
        )
        for partner in src_partners.sudo():
            customer = partner.commercial_partner_id
            contacts = partner._crm_get_family().filtered(
                lambda contact, customer=customer: (
                    contact.commercial_partner_id == customer
                )
            )
            contacts._crm_change_hands(
                get_documents(contacts),
                customer,
                target | target.commercial_partner_id,
            )
            if partner.crm_lost_documents:
                target.crm_lost_documents = True

    def _delete_doubles(self, table, columns, src_partners, dst_partner):
        """Keep one of the rows that would be of one customer, its own if there is."""
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM %(table)s WHERE id IN (
                    SELECT id
                      FROM (SELECT id, ROW_NUMBER() OVER (
                                       PARTITION BY %(columns)s
                                       ORDER BY partner_id <> %(kept)s, id) AS place
                              FROM %(table)s
                             WHERE partner_id IN %(merged)s) doubles
                     WHERE place > 1)
                """,
                table=SQL.identifier(table),
                columns=SQL(", ").join(map(SQL.identifier, columns)),
                kept=dst_partner.id,
                merged=(src_partners | dst_partner)._ids,
            )
        )
