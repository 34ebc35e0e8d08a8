# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from itertools import chain

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.sql import column_exists, create_column

from ..nightly.account_managers import get_active_user_sql
from .appointment_waits import AppointmentWaits
from .customer_documents import filter_hidden, get_documents
from .figure_selections import READER_GROUPS
from .rpc import rpc
from .sql_field_mixin import sql_field

ALL_DOCUMENTS_GROUP = "sales_team.group_sale_salesman_all_leads"
# What gives contacts to another customer, and what changes account managers besides
REARRANGING = {"parent_id", "is_company"}
# What makes a partner a customer of a company, or one no more
ADMITTING = {
    "active",
    "company_id",
    "crm_exclude_from_figures",
    "customer_rank",
    *REARRANGING,
}
WATCHED = {"user_id", *ADMITTING}
# What makes a partner, or its orders, an account manager's
MANAGED_BY = {"user_id", "crm_appointed_user_id", "commercial_partner_id"}
SHORTEST_VAT = 5  # Odoo's "/" means none


class ResPartner(models.Model):
    """A customer: its figures, its dashboard, and who may know them.

    Odoo lets every salesperson make himself any customer's account manager. That alone
    opens nothing: figures are for the *appointed* account manager, a field that follows
    ``user_id`` where a user with all documents or a job of the superuser sets it, or
    where nothing is opened by it. See docs/decisions/0024-appointed-account-manager.md.
    """

    _name = "res.partner"
    _inherit = ["res.partner", "crm.partner.figures.mixin"]

    crm_account_manager_id = sql_field(
        "crm_account_manager_id",
        fields.Many2one,
        comodel_name="res.users",
        string="Account Manager",
        depends=("user_id",),
        help="The salesperson; nobody where the salesperson is archived.",
    )
    crm_exclude_from_figures = fields.Boolean(
        string="Leave Out of Figures",
        groups=READER_GROUPS,
        copy=False,  # who may not set it may duplicate a customer all the same
        help="Neither ranked in RFM segments nor compared with other customers.",
    )
    # For dependencies only: "is set" of a One2many tells of rows past their rules.
    crm_metric_ids = fields.One2many(
        "crm.customer.metric",
        "partner_id",
        search="_search_crm_metric_ids",
        groups=fields.NO_ACCESS,
    )
    crm_dashboard_kind = fields.Selection(
        [("customer", "Customer"), ("prospect", "Prospect")],
        compute="_compute_crm_dashboard_kind",
        compute_sudo=True,
        groups=READER_GROUPS,
        help="Customers have ordered or were invoiced, prospects have a quotation or "
        "an opportunity. Empty for everybody else.",
    )
    crm_appointed_user_id = fields.Many2one(
        "res.users",
        "Confirmed Account Manager",
        compute="_compute_crm_appointed_user_id",
        store=True,
        precompute=True,
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

    # Odoo has none: with it, the customers of one are found among 200 000 at once.
    _crm_manager_idx = models.Index(
        "(user_id) INCLUDE (id, crm_appointed_user_id, commercial_partner_id)"
        " WHERE user_id IS NOT NULL"
    )
    # The same for those whom record rules let read of their own customers only.
    _crm_appointed_idx = models.Index(
        "(crm_appointed_user_id) INCLUDE (id, commercial_partner_id)"
        " WHERE crm_appointed_user_id IS NOT NULL"
    )
    # Customers of nobody, where they are few.
    _crm_unassigned_idx = models.Index("(id) WHERE user_id IS NULL")
    # Whose contact of a document it is: rows of contacts are as wide as a page of text.
    _crm_customer_idx = models.Index(
        "(id) INCLUDE (commercial_partner_id, user_id, crm_appointed_user_id)"
    )
    # All contacts of some thousand customers, whose orders are looked for.
    _crm_contacts_idx = models.Index("(commercial_partner_id) INCLUDE (id)")
    # Those who wait are few.
    _crm_waiting_idx = models.Index(
        "(user_id) WHERE user_id IS NOT NULL AND crm_appointed_user_id IS NULL"
    )

    def _has_field_access(self, field, operation):
        """Let those leave a customer out of everybody's figures who see everybody's.

        Nobody writes the appointed account manager, the superuser neither: code that
        writes what came from a browser with ``sudo`` is refused as well.
        """
        if operation == "write" and field.name == "crm_appointed_user_id":
            return False
        return super()._has_field_access(field, operation) and (
            operation == "read"
            or field.name != "crm_exclude_from_figures"
            or self.env.su
            or self.env.user.has_group(ALL_DOCUMENTS_GROUP)
        )

    def _check_field_access(self, field, operation):
        if (
            operation == "read"
            and field.name == "crm_appointed_user_id"
            and self
            and not self._origin
        ):
            # precomputing reads it of what is not created yet, whoever creates it
            return None
        if (
            operation == "write"
            and field.name == "crm_exclude_from_figures"
            and not self._has_field_access(field, operation)
        ):
            raise AccessError(
                self.env._(
                    "Only salespeople who see all documents may set “%(field)s”: "
                    "it concerns everybody's figures.",
                    field=field._description_string(self.env),
                )
            )
        return super()._check_field_access(field, operation)

    @api.model
    def default_get(self, fields):
        # everybody may set defaults for himself, past the check of what he may write
        excluded = self._fields["crm_exclude_from_figures"]
        if not self._has_field_access(excluded, "write"):
            fields = [name for name in fields if name != excluded.name]
        return super().default_get(fields)

    def _search_crm_metric_ids(self, operator, value):
        """Refuse: where Odoo searches with all rights, no group is asked for."""
        raise AccessError(self.env._("Figures are found by their own fields only."))

    # ------------------------------------------------------------------
    # Whose customer it is
    # ------------------------------------------------------------------

    def _get_crm_account_manager_id_sql(self, alias, query):
        user = self._field_to_sql(alias, "user_id", query)
        return get_active_user_sql(self.env, user)

    def _search_sql_field(self, name, operator, value):
        if name == "crm_account_manager_id" and operator == "in" and all(value):
            # by the column, which may have an index
            users = self.env["res.users"].sudo().search(Domain("id", "in", value))
            return Domain("user_id", "in", users.ids)
        return super()._search_sql_field(name, operator, value)

    # ------------------------------------------------------------------
    # Customer Dashboard
    # ------------------------------------------------------------------

    @api.depends("commercial_partner_id", "customer_rank")
    def _compute_crm_dashboard_kind(self):
        """Look for the commercial entity's documents, whoever in it they are with."""
        kinds = {}
        entities = self.commercial_partner_id
        if entities.ids:
            self.env.flush_all()
            kinds = dict(self.env.execute_query(self._get_kind_query(entities.ids)))
        for partner in self:
            partner.crm_dashboard_kind = kinds.get(partner.commercial_partner_id.id)

    @rpc(one=True)
    def action_open_crm_dashboard(self):
        """Open the Customer Dashboard as a page of its own."""
        action = self.env["ir.actions.client"]._for_xml_id(
            "crm_dashboards.crm_dashboard_action_customer"
        )
        return {**action, "context": {"active_id": self.id}}

    def _get_crm_address_action(self):
        """Return the dialog with how the partner is reached."""
        view = self.env.ref("crm_dashboards.res_partner_view_form_reach")
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(view.id, "form")],
            "target": "new",
        }

    def _get_kind_query(self, entity_ids):
        return SQL(
            """
            SELECT entity.id,
                   CASE WHEN EXISTS (
                            SELECT FROM sale_order
                              JOIN res_partner contact
                                ON contact.id = sale_order.partner_id
                             WHERE contact.commercial_partner_id = entity.id
                               AND sale_order.state = 'sale')
                          OR EXISTS (
                            SELECT FROM account_move
                             WHERE account_move.commercial_partner_id = entity.id
                               AND account_move.state = 'posted'
                               AND account_move.move_type
                                   IN ('out_invoice', 'out_refund'))
                        THEN 'customer'
                        WHEN EXISTS (
                            SELECT FROM sale_order
                              JOIN res_partner contact
                                ON contact.id = sale_order.partner_id
                             WHERE contact.commercial_partner_id = entity.id
                               AND sale_order.state IN ('draft', 'sent'))
                          OR EXISTS (
                            SELECT FROM crm_lead
                              JOIN res_partner contact
                                ON contact.id = crm_lead.partner_id
                             WHERE contact.commercial_partner_id = entity.id
                               AND crm_lead.type = 'opportunity')
                        THEN 'prospect'
                    END
              FROM res_partner entity
             WHERE entity.id IN %s
               AND entity.id NOT IN (SELECT partner_id FROM res_company)
            """,
            tuple(entity_ids),
        )

    def _has_crm_moved_documents(self):
        """Whether a contact with documents came here from another customer, or left.

        Orders follow their contact, invoices stay with whom was invoiced.
        """
        self.ensure_one()
        # told apart by an index only where it is asked on which side of the customer
        others = SQL(" UNION ALL ").join(
            SQL(
                """
                SELECT FROM account_move invoice
                  JOIN res_partner contact ON contact.id = invoice.partner_id
                 WHERE contact.commercial_partner_id = %s
                   AND invoice.commercial_partner_id %s %s
                   AND invoice.state = 'posted'
                   AND invoice.move_type IN ('out_invoice', 'out_refund')
                """,
                self.id,
                side,
                self.id,
            )
            for side in (SQL("<"), SQL(">"))
        )
        query = SQL("%s LIMIT 1", others)
        lost = self.sudo().crm_lost_documents
        return lost or bool(self.env.execute_query(query))

    # ------------------------------------------------------------------
    # The same customer in the companies of a group of wholesalers
    # ------------------------------------------------------------------

    def _normalize_vat(self, vat):
        return "".join(filter(str.isalnum, vat or "")).upper()

    def _get_same_customers(self):
        """Return the partners that are this customer, for those who see all sales.

        The commercial entity itself, and those of the same VAT number and country that
        the user may read.
        """
        self.ensure_one()
        entity = self.commercial_partner_id
        vat = self._normalize_vat(entity.vat)
        if len(vat) < SHORTEST_VAT:
            return entity
        query = self._search(
            Domain("vat", "!=", False)
            & Domain("parent_id", "=", False)
            & Domain("country_id", "=", entity.country_id.id)
        )
        query.add_where(
            SQL(
                "UPPER(REGEXP_REPLACE(%s, '[^[:alnum:]]', '', 'g')) = %s",
                self._field_to_sql(query.table, "vat", query),
                vat,
            )
        )
        return entity | self.browse(query.get_result_ids())

    # ------------------------------------------------------------------
    # Who may know its figures
    # ------------------------------------------------------------------

    def _check_crm_figures_access(self):
        """Make sure that the user may know the stored figures of these customers.

        Record rules alone cannot tell the user's own customer without figures from
        another's.

        :raise AccessError: neither everybody's figures nor these customers'
        """
        if self._may_know_crm_figures():
            return
        if self._is_managed_by_me("user_id"):
            raise AppointmentWaits(self._get_own_waiting_words())
        raise AccessError(
            self.env._("You have no access to the figures of this customer.")
        )

    def _get_own_waiting_words(self):
        return self.env._(
            "Your appointment as account manager waits for confirmation: figures of "
            "this customer follow then."
        )

    def _may_know_crm_figures(self):
        """Whether the user may know the stored figures of all of these customers."""
        sees_all = self.env.user._sees_all_crm_figures()
        return sees_all or self._is_managed_by_me("crm_appointed_user_id")

    def _is_managed_by_me(self, manager_field):
        """Whether these are customers, and the user is the manager of all of them."""
        own = self.filtered(lambda customer: customer[manager_field] == self.env.user)
        return bool(self) and own == self

    # ------------------------------------------------------------------
    # The appointed account manager
    # ------------------------------------------------------------------

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
            documents = get_documents(family)
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
        if not ADMITTING.isdisjoint(vals):
            entities = self.sudo().union(*chain(*moves))
            self.env["crm.customer.change"]._note(entities, "customer")
        return result

    def _write_multi(self, vals_list):
        """Note whose customers come and go, whatever changes it: all come by here."""
        changed = [
            partner.id
            for partner, vals in zip(self, vals_list, strict=True)
            if not MANAGED_BY.isdisjoint(vals)
        ]
        if not changed:
            return super()._write_multi(vals_list)
        sums = self.env["crm.sums.change"]
        sums._note_managers(changed)  # whose they were
        result = super()._write_multi(vals_list)
        sums._note_managers(changed)
        return result

    def unlink(self):
        """Note that figures of customers go with them; merged ones are deleted, too."""
        result = super().unlink()
        self.env["crm.sums.change"]._note_figures()
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

        :param documents: see ``get_documents``, of these contacts or more
        :param old: the customer that they have been of
        :param new: the partners whose figures are to tell of these documents
        """
        lost = self.filtered("crm_lost_documents")
        if not lost | (self & self.union(*chain.from_iterable(documents.values()))):
            return
        self.env["crm.customer.change"]._note(old | new, "documents")
        if old not in new:
            old.crm_lost_documents = True
        if self._crm_appoints():
            return
        appointed = new.filtered("crm_appointed_user_id")
        for manager, partners in appointed.grouped("crm_appointed_user_id").items():
            if manager != old.crm_appointed_user_id and (
                lost or self & filter_hidden(documents, manager)
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

    @rpc
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

    def _crm_appoints(self):
        """Whether the current user, or job, may appoint account managers."""
        # Of a user without id, as in a call from a payment provider, has_group fails.
        is_job = self.env.uid == SUPERUSER_ID
        return is_job or self.env.user._has_group(ALL_DOCUMENTS_GROUP)

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
            documents = get_documents(contacts)
            hidden |= filter_hidden(documents, manager)
        return customers - hidden.commercial_partner_id

    def _crm_get_family(self):
        """Return these partners and all below them, archived ones among them."""
        return self.with_context(active_test=False).search(
            Domain("id", "child_of", self.ids)
        )
