from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .customer_event import Event, tell

# model: word by which a click on one of its events names it
DRILL_KEYS = {
    "res.partner": "contact",
    "crm.lead": "opportunity",
    "sale.order": "order",
    "account.move": "invoice",
    "account.payment": "payment",
    "calendar.event": "meeting",
}
INVOICE_TYPES = ("out_invoice", "out_refund", "out_receipt")


class CrmDashboardTile(models.Model):
    """Documents of a customer: what was noted on them, and those that are events.

    Everything is looked up as the user, with the record rules of each model.
    """

    _inherit = "crm.dashboard.tile"

    @api.model
    def _get_event_keys(self):
        """Return {model: key of a drill}; an addon adds the models of its events."""
        return dict(DRILL_KEYS)

    @api.model
    def _get_event_documents(self, scope):
        """Return the documents whose chatter and activities are about the customer.

        An addon adds the domain of its own model.

        :return: {model: Domain}
        """
        columns = self.env["crm.engagement"]._get_engagement_documents()
        domains = {
            model: self._get_document_domain(scope, column)
            for model, column in columns.items()
        }
        domains["account.move"] = self._get_invoice_domain(scope)
        return domains

    @api.model
    def _get_document_domain(self, scope, partner_field):
        """Return the domain of the customer's documents in the companies of ``scope``.

        :param str partner_field: the document's customer or contact; "id" for contacts
        """
        path = "commercial_partner_id"
        if partner_field != "id":
            path = f"{partner_field}.{path}"
        return Domain(path, "in", list(scope.entity_ids)) & Domain(
            "company_id", "in", [*self._get_companies(scope).ids, False]
        )

    @api.model
    def _get_invoice_domain(self, scope):
        return (
            Domain("commercial_partner_id", "in", list(scope.entity_ids))
            & Domain("move_type", "in", INVOICE_TYPES)
            & Domain("company_id", "in", self._get_companies(scope).ids)
        )

    @api.model
    def _search_latest(self, table, columns, scope, condition, order, limit):
        """Return the ids of the first rows about the documents of the customer.

        Each model's rows are looked up by themselves, for which there is an index.

        :param str table: of rows that belong to documents
        :param columns: names of its columns with model and id of the document
        :param SQL condition: on ``item``, a row
        :param SQL order: of ``item``
        """
        model_column, id_column = (SQL.identifier("item", name) for name in columns)
        selects = []
        for model, domain in self._get_event_documents(scope).items():
            documents = self.env[model].with_context(active_test=False)
            if not documents.has_access("read"):
                continue
            selects.append(
                SQL(
                    """
                    (SELECT item.* FROM %(table)s item
                      WHERE %(model_column)s = %(model)s
                        AND %(id_column)s IN %(documents)s
                        AND %(condition)s
                      ORDER BY %(order)s
                      LIMIT %(limit)s)
                    """,
                    table=SQL.identifier(table),
                    model_column=model_column,
                    model=model,
                    id_column=id_column,
                    documents=documents._search(domain).subselect(),
                    condition=condition,
                    order=order,
                    limit=limit,
                )
            )
        if not selects:
            return []
        query = SQL(
            "SELECT item.id FROM (%(selects)s) item ORDER BY %(order)s LIMIT %(limit)s",
            selects=SQL(" UNION ALL ").join(selects),
            order=order,
            limit=limit,
        )
        return [row[0] for row in self.env.execute_query(query)]

    @api.model
    def _name_documents(self, items, model_field, id_field, scope):
        """Return the name of the document of each item, empty for the customer.

        :param items: records of whose documents the user may read
        :return: {item: str}
        """
        documents = {}
        for item in items:
            ids = documents.setdefault(item[model_field], set())
            ids.add(item[id_field])
        names = {("res.partner", scope.customer_id): ""}
        for model, ids in documents.items():
            for document in self.env[model].browse(ids):
                key = (model, document.id)
                names.setdefault(key, document[document._rec_name])
        return {item: names[item[model_field], item[id_field]] for item in items}

    # ------------------------------------------------------------------
    # Documents that are events themselves
    # ------------------------------------------------------------------

    @api.model
    def _get_order_events(self, scope, limit):
        """Confirmed orders, when they were."""
        domain = self._get_document_domain(scope, "partner_id")
        domain &= Domain("state", "=", "sale")
        domain &= Domain("date_order", "<=", fields.Datetime.now())
        orders = self.env["sale.order"].search(
            domain, order="date_order DESC, id DESC", limit=limit
        )
        return [
            Event(
                moment=order.date_order,
                record=order,
                kind=self.env._("Order"),
                text=self._tell_amount(
                    self.env._("Order %s", order.name),
                    order.amount_total,
                    order.currency_id,
                ),
                icon="fa-shopping-cart",
                people=(self._name_user(order.user_id or order.create_uid),),
            )
            for order in orders
        ]

    @api.model
    def _get_invoice_events(self, scope, limit):
        """Posted invoices and credit notes, on their day."""
        today = self._get_viewer_today()
        domain = self._get_invoice_domain(scope)
        domain &= Domain("state", "=", "posted") & Domain("invoice_date", "<=", today)
        invoices = self.env["account.move"].search(
            domain, order="invoice_date DESC, id DESC", limit=limit
        )
        return [self._get_invoice_event(invoice) for invoice in invoices]

    @api.model
    def _get_invoice_event(self, invoice):
        kind, name = self.env._("Invoice"), self.env._("Invoice %s", invoice.name)
        if invoice.move_type == "out_refund":
            kind = self.env._("Credit Note")
            name = self.env._("Credit note %s", invoice.name)
        return Event(
            moment=self._get_moment(invoice.invoice_date),
            day=invoice.invoice_date,
            record=invoice,
            kind=kind,
            text=self._tell_amount(name, invoice.amount_total, invoice.currency_id),
            icon="fa-file-text-o",
            people=(self._name_user(invoice.invoice_user_id or invoice.create_uid),),
        )

    @api.model
    def _get_payment_events(self, scope, limit):
        """Payments from and to the customer, on their day."""
        today = self._get_viewer_today()
        domain = self._get_document_domain(scope, "partner_id")
        domain &= Domain("state", "in", ("in_process", "paid"))
        domain &= Domain("partner_type", "=", "customer") & Domain("date", "<=", today)
        payments = self.env["account.payment"].search(
            domain, order="date DESC, id DESC", limit=limit
        )
        words = {
            "inbound": self.env._("Payment received"),
            "outbound": self.env._("Payment sent"),
        }
        return [
            Event(
                moment=self._get_moment(payment.date),
                day=payment.date,
                record=payment,
                kind=self.env._("Payment"),
                text=self._tell_amount(
                    words[payment.payment_type], payment.amount, payment.currency_id
                ),
                icon="fa-money",
                people=(self._name_user(payment.create_uid),),
            )
            for payment in payments
        ]

    @api.model
    def _tell_amount(self, words, amount, currency):
        return tell(words, currency.format(amount))

    @api.model
    def _name_user(self, user):
        """Return who did it, nobody for OdooBot."""
        return "" if user.id == SUPERUSER_ID else user.sudo().name
