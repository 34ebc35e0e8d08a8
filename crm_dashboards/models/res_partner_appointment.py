from itertools import chain

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.sql import column_exists, create_column

from .crm_customer_metric import READER_GROUPS

ALL_DOCUMENTS_GROUP = "sales_team.group_sale_salesman_all_leads"
# What gives contacts to another customer, and what changes account managers besides
REARRANGING = {"parent_id", "is_company"}
WATCHED = {"user_id", *REARRANGING}


class ResPartner(models.Model):
    """Who, with own documents only, may know the stored figures of a customer.

    Odoo lets every salesperson make himself any customer's account manager. That alone
    opens nothing: figures are for the *appointed* account manager, a field that follows
    ``user_id`` where a user with all documents or a job of the superuser sets it, or
    where nothing is opened by it. See docs/decisions/0024-appointed-account-manager.md.
    """

    _inherit = "res.partner"

    crm_appointed_user_id = fields.Many2one(
        "res.users",
        "Confirmed Account Manager",
        compute="_compute_crm_appointed_user_id",
        store=True,
        precompute=True,
        index="btree_not_null",
        groups=READER_GROUPS,
        help="May know the figures of the customer with own documents only. Empty "
        "while the appointment waits for confirmation.",
    )
    crm_lost_documents = fields.Boolean(
        groups=fields.NO_ACCESS,
        copy=False,
        help="Contacts with documents went to another customer: figures of the past "
        "tell of documents that are not to be found here any more.",
    )

    # Those who wait are few; the account managers of all have no index.
    _crm_waiting_idx = models.Index(
        "(user_id) WHERE user_id IS NOT NULL AND crm_appointed_user_id IS NULL"
    )

    # Without dependencies: who sets the account manager decides, and at which moment.
    @api.depends()
    def _compute_crm_appointed_user_id(self):
        """Appoint the account manager of a new customer, there is nothing to know.

        The documents of a contact are another customer's.
        """
        appoints = self._crm_appoints()
        for partner in self:
            is_customer = partner.is_company or not partner.parent_id
            partner.crm_appointed_user_id = (
                partner.user_id if appoints or is_customer else False
            )

    def _auto_init(self):
        # Filled beforehand, the column is not computed partner by partner.
        missing = not column_exists(self.env.cr, self._table, "crm_appointed_user_id")
        if missing:
            create_column(self.env.cr, self._table, "crm_appointed_user_id", "int4")
            self.env.cr.execute(
                SQL(
                    "UPDATE res_partner SET crm_appointed_user_id = user_id "
                    "WHERE user_id IS NOT NULL"
                )
            )
        return super()._auto_init()

    @api.model
    def _has_field_access(self, field, operation):
        """Refuse to write the appointed account manager, also to the superuser.

        Code that writes what came from a browser with ``sudo`` is refused as well.
        """
        if operation == "write" and field.name == "crm_appointed_user_id":
            return False
        return super()._has_field_access(field, operation)

    # ------------------------------------------------------------------
    # What changes it
    # ------------------------------------------------------------------

    def write(self, vals):
        if WATCHED.isdisjoint(vals):
            return super().write(vals)
        appoints = "user_id" in vals and self._crm_appoints()
        partners = family = self.sudo()
        documents = {}
        if not REARRANGING.isdisjoint(vals):
            family = partners._crm_get_family()
            # beforehand: accounting has journal items follow a contact to its company
            documents = family._crm_get_documents()
        managers = {partner: partner.user_id for partner in partners}
        customers = {partner: partner.commercial_partner_id for partner in family}
        result = super().write(vals)
        partners.filtered(
            # a contact without account manager takes over the one of its new company
            lambda partner: appoints or partner.user_id != managers[partner]
        )._crm_follow_manager()
        moves = family.grouped(
            lambda partner: (customers[partner], partner.commercial_partner_id)
        )
        for (old, new), contacts in moves.items():
            if old != new:
                contacts._crm_change_hands(documents, old, new)
        return result

    def _crm_follow_manager(self):
        """Appoint the account managers of these partners, as far as that may be."""
        waiting = self.browse()
        if not self._crm_appoints():
            claimed = self.filtered("user_id")
            waiting = claimed - claimed._crm_filter_open_to_manager()
        for manager, partners in (self - waiting).grouped("user_id").items():
            partners._crm_set_appointed(manager)
        waiting._crm_wait()

    def _crm_change_hands(self, documents, old, new):
        """Take note that these contacts go, with their documents, to another customer.

        :param documents: see :meth:`_crm_get_documents`, of these contacts or more
        :param old: the customer that they have been of
        :param new: the partners whose figures are to tell of these documents
        """
        lost = self.filtered("crm_lost_documents")
        if not lost | (self & self.union(*chain.from_iterable(documents.values()))):
            return
        if old not in new:
            old.crm_lost_documents = True
        if self._crm_appoints():
            return
        appointed = new.filtered("crm_appointed_user_id")
        for manager, partners in appointed.grouped("crm_appointed_user_id").items():
            if manager != old.crm_appointed_user_id and (
                lost or self & self._crm_filter_hidden(documents, manager)
            ):
                partners._crm_wait()

    def _crm_wait(self):
        """Have the account managers of these partners wait for confirmation."""
        self._crm_set_appointed(self.env["res.users"])
        # a contact has no figures to wait for
        waiting = self.filtered_domain(self._crm_get_waiting_domain())
        waiting._message_log_batch(
            {
                partner.id: self.env._(
                    "%(manager)s waits for confirmation as account manager: the "
                    "figures of this customer follow then.",
                    manager=partner.user_id.name,
                )
                for partner in waiting
            }
        )

    def _crm_set_appointed(self, manager):
        """Store the appointed account manager, as if it were computed now."""
        field = self._fields["crm_appointed_user_id"]
        with self.env.protecting([field], self):
            self.crm_appointed_user_id = manager

    def action_confirm_account_manager(self):
        """Let the account managers of these partners know their customers' figures.

        :raise AccessError: for users with all documents only
        """
        if not self._crm_appoints():
            raise AccessError(
                self.env._(
                    "Only users who see all documents may confirm an account manager."
                )
            )
        customers = self.commercial_partner_id
        customers.check_access("write")
        waiting = customers.sudo().filtered_domain(self._crm_get_waiting_domain())
        waiting._crm_follow_manager()
        waiting._message_log_batch(
            {
                partner.id: self.env._(
                    "Confirmed %(manager)s as account manager.",
                    manager=partner.user_id.name,
                )
                for partner in waiting
            }
        )

    # ------------------------------------------------------------------
    # Who may
    # ------------------------------------------------------------------

    @api.model
    def _crm_appoints(self):
        """Whether the current user, or job, may appoint account managers."""
        # Of a user without id, as in a call from a payment provider, has_group fails.
        is_job = self.env.uid == SUPERUSER_ID
        return is_job or self.env.user._has_group(ALL_DOCUMENTS_GROUP)

    @api.model
    def _crm_get_waiting_domain(self):
        """Return the domain of customers whose account manager waits."""
        return (
            Domain("user_id", "!=", False)
            & Domain("crm_appointed_user_id", "=", False)
            & (Domain("is_company", "=", True) | Domain("parent_id", "=", False))
        )

    def _crm_filter_open_to_manager(self):
        """Return the customers of which their account manager may read everything.

        No contact is among them: its documents are its customer's. Nor one that has
        lost some, of which its figures tell.
        """
        customers = self.filtered(
            lambda partner: (
                partner.commercial_partner_id == partner
                and not partner.crm_lost_documents
            )
        )
        hidden = self.browse()
        for manager, partners in customers.grouped("user_id").items():
            contacts = self.with_context(active_test=False).search(
                Domain("commercial_partner_id", "in", partners.ids)
            )
            documents = contacts._crm_get_documents()
            hidden |= self._crm_filter_hidden(documents, manager)
        return customers - hidden.commercial_partner_id

    def _crm_get_family(self):
        """Return these partners and all below them, archived ones among them."""
        return self.with_context(active_test=False).search(
            Domain("id", "child_of", self.ids)
        )

    def _crm_get_documents(self):
        """Return what the figures of these contacts tell of.

        Confirmed orders, invoices, and what else is open of receivables.

        :return: {model: {contact: records}}
        """
        of_these = Domain("partner_id", "in", self.ids)
        orders = Domain("state", "=", "sale")
        receivables = (
            Domain("parent_state", "=", "posted")
            & Domain("account_id.account_type", "=", "asset_receivable")
            & (
                Domain("move_id.move_type", "in", ("out_invoice", "out_refund"))
                | Domain("reconciled", "=", False)
            )
        )
        return {
            "sale.order": dict(
                self.env["sale.order"]._read_group(
                    of_these & orders, ["partner_id"], ["id:recordset"]
                )
            ),
            "account.move": dict(
                self.env["account.move.line"]._read_group(
                    of_these & receivables, ["partner_id"], ["move_id:recordset"]
                )
            ),
        }

    @api.model
    def _crm_filter_hidden(self, documents, user):
        """Return the contacts with a document that ``user`` may not read.

        :param documents: see :meth:`_crm_get_documents`; of whatever company
        """
        hidden = self.browse()
        for model, by_contact in documents.items():
            records = self.env[model].with_user(user)
            readable = set()
            if records.has_access("read"):
                records = records.with_context(allowed_company_ids=user.company_ids.ids)
                ids = self.env[model].union(*by_contact.values()).ids
                query = records._search(Domain("id", "in", ids))
                readable = set(query.get_result_ids())
            for contact, its in by_contact.items():
                if not readable.issuperset(its.ids):
                    hidden |= contact
        return hidden
