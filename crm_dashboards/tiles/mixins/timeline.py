# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dataclasses import replace

from odoo import SUPERUSER_ID, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...nightly.periods import get_day_start
from .. import blocks

# model: word by which a click on one of its events names it
DRILL_KEYS = {
    "res.partner": "contact",
    "crm.lead": "opportunity",
    "sale.order": "order",
    "account.move": "invoice",
    "account.payment": "payment",
    "calendar.event": "meeting",
    "mail.activity": "activity",
}
INVOICE_TYPES = ("out_invoice", "out_refund", "out_receipt")


class CrmTileTimelineMixin(models.AbstractModel):
    """A customer's documents, and events on and around them as a timeline.

    Everything is looked up as the user, with the record rules of each model.
    """

    _name = "crm.tile.timeline.mixin"
    _inherit = "crm.tile"
    _description = "Tile With a Timeline"

    _adds_up_companies = True

    # ------------------------------------------------------------------
    # Documents of a customer
    # ------------------------------------------------------------------

    def _get_event_keys(self):
        """Return {model: key of a drill}; an addon adds the models of its events."""
        return dict(DRILL_KEYS)

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

    def _get_document_domain(self, scope, partner_field):
        """Return the domain of the customer's documents in the companies of ``scope``.

        :param str partner_field: the document's customer or contact; "id" for contacts
        """
        if partner_field == "id":
            # A branch uses the contacts of the company that it is a branch of.
            usable = self.env["res.partner"]._check_company_domain(scope.companies)
            customer = Domain("commercial_partner_id", "in", scope.entities.ids)
            return customer & Domain(usable)
        path = f"{partner_field}.commercial_partner_id"
        return Domain(path, "in", scope.entities.ids) & Domain(
            "company_id", "in", [*scope.companies.ids, False]
        )

    def _get_invoice_domain(self, scope):
        return (
            Domain("commercial_partner_id", "in", scope.entities.ids)
            & Domain("move_type", "in", INVOICE_TYPES)
            & Domain("company_id", "in", scope.companies.ids)
        )

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
    # Lines and what they open
    # ------------------------------------------------------------------

    def _make_timeline(self, events, **parts):
        """Return the block that draws ``events``."""
        keys = self._get_event_keys()
        lines = tuple(event.to_line(keys[event.record._name]) for event in events)
        return blocks.Timeline(lines, **parts)

    def _tell_companies(self, events, scope):
        """Name the company of each event in another company than the current one."""
        if not scope.all_sales:
            return events
        ids = {}
        for event in events:
            ids.setdefault(event.record._name, set()).add(event.record.id)
        names = {
            (model, record.id): record.company_id.name
            for model, record_ids in ids.items()
            if "company_id" in self.env[model]._fields
            # As superuser: of a record that the user may read, the name alone.
            for record in self.env[model].sudo().browse(record_ids)
            if record.company_id - self.env.company
        }
        return [
            replace(
                event,
                people=(
                    *event.people,
                    names.get((event.record._name, event.record.id), ""),
                ),
            )
            for event in events
        ]

    def _get_moment(self, scope, day):
        """Return the UTC moment at which ``day`` begins for who looks."""
        return get_day_start(scope.zone, day)

    def _name_user(self, user):
        """Return who did it, nobody for OdooBot."""
        return "" if user.id == SUPERUSER_ID else user.sudo().name

    def _check_event_drill(self, drill, **allowed):
        """Check a click on a timeline; see :meth:`_check_drill`."""
        keys = dict.fromkeys(self._get_event_keys().values(), self._is_row_id)
        return self._check_drill(drill, **keys, **allowed)

    def _open_event_record(self, key, record_id):
        """Return the action that opens the record behind an event, if the user may."""
        models_by_key = {key: model for model, key in self._get_event_keys().items()}
        return self._open_record(models_by_key[key], record_id)
