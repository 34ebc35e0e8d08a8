# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dataclasses import replace

from odoo import models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools.safe_eval import safe_eval

from ..models.plain import is_id
from ..models.record_action import open_record
from .blocks import Content, Note, Reading, Text
from .leads import lead_on, open_lead
from .report import Term, keep_first

GUIDE_URL = "/crm_dashboards/static/guide/index.html"
ROW_COUNT = 5  # of a tile's list
ROW_ACTION = "_row_action_"


class CrmTile(models.AbstractModel):
    """What every tile can do. Each is a model ``crm.tile.<code>`` on top of this one.

    The record of ``crm.dashboard.tile`` says where and for whom a tile stands, its
    model all the rest: what it shows, what a click opens, what a button of a row does,
    what its words mean. Nothing here is public: whoever is logged in could call it.
    """

    _name = "crm.tile"
    _description = "Tile"

    # What the tile shows, in one sentence.
    _purpose = ""
    # Its place on a printed page: the lower, the less it may be left out.
    _print_place = 100
    # XML id of the window action behind See More; without one the tile has no report.
    _report_action = ""
    # Whether it shows figures that the night has stored.
    _has_stored_figures = False
    # Whether money of the user's other companies is added, where that is asked for.
    _adds_up_companies = False
    # Whether it is about customers who ordered, and about nobody else.
    _is_of_buyers = False
    # Whether it shows what happened in the period of the page; it reads scope.period.
    _follows_period = False
    # Whether it shows the customers of the chosen account manager.
    _follows_scope = True

    # ------------------------------------------------------------------
    # What a tile says
    # ------------------------------------------------------------------

    def _get_content(self, scope):
        """Return what the tile shows.

        :param Scope scope:
        :return: Content, see :meth:`_ready` and :meth:`_empty`
        :raise AccessError: the tile is not for this user
        """
        raise NotImplementedError

    def _get_customer_sums(self, scope):
        """Return what the tile counts and adds up of the customers of ``scope``.

        Asked of all tiles before the first of them is read, see ``CustomerSums``.

        :return: {company: {name: function}}
        """
        return {}

    def _announce(self, scope):
        """Say what the tile will read, before the first one of the page is read."""
        for company, sums in self._get_customer_sums(scope).items():
            scope.sum_customers(company).want(sums)

    def _ready(self, *blocks, tabs=()):
        """Return the content of a tile that has something to show."""
        return Content("ready", blocks=blocks, tabs=tuple(tabs))

    def _empty(self, message, *blocks, tabs=(), links=()):
        """Return the content of a tile that says why it has nothing to show.

        :param links: Links to where there is something, with a drill of the tile or
            of :mod:`~.leads`
        """
        return Content("empty", message, blocks, tuple(tabs), tuple(links))

    def _get_full_content(self, scope):
        """Return the content, with what is to be known of all of it."""
        content = self._get_content(scope)
        if content.state == "empty" and self._follows_scope:
            if scope.search:
                content = self._name_search(content, scope)
            else:
                content = lead_on(content, scope, self._is_of_buyers)
        for block in self._get_reservations(scope):
            content = self._add_reservation(content, block)
        return content

    def _name_search(self, content, scope):
        """Return an empty tile's content that says among whom there is nothing."""
        message = self.env._(
            "Of the customers with “%(text)s”: %(message)s",
            text=scope.search,
            message=content.message,
        )
        return replace(content, message=message, links=())

    def _get_reservations(self, scope):
        """Return blocks of the sentences under which all holds that the tile shows."""
        found = []
        if scope.customer_id and scope.all_sales and not self._adds_up_companies:
            words = self.env._("Of %(company)s only.", company=scope.company.name)
            found.append(Note(words))
        if self._has_stored_figures and scope.company._awaits_crm_figures():
            words = self.env._(
                "The company's currency was changed: figures of the night before "
                "are left out until they are made anew."
            )
            found.append(Text(words))
        return found

    def _add_reservation(self, content, block):
        """Return ``content`` with a sentence, a note above all of it."""
        if content.state == "empty":
            return replace(content, message=f"{content.message} {block.text}")
        parts = [content.blocks, (block,)]
        if isinstance(block, Note):
            parts.reverse()
        return replace(content, blocks=(*parts[0], *parts[1]))

    def _get_all_orders_text(self):
        """Say that stored figures are of all orders, where not all may be read."""
        if self.env.user._reads_all_crm_orders():
            return []
        return [Reading(self.env._("From all orders of the customer."))]

    def _get_code(self):
        """Return the code of the tile, by which its record knows it."""
        return self._name.removeprefix("crm.tile.")

    def _get_tab(self, scope, known, default):
        """Return the chosen tab of this tile if it is one of ``known``."""
        tab = scope.tabs.get(self._get_code())
        return tab if tab in known else default

    def _get_purpose(self):
        """Return in one sentence what the tile shows."""
        return self.env._(self._purpose)

    def _get_terms(self):
        """Return the terms that are explained, beside the tile and in its workbook.

        :return: list of Term
        """
        return []

    def _explain(self):
        """Return what the tile shows, what its words mean and where it is from.

        The segments explain themselves where they are drawn.

        :return: dict ``{purpose, terms: [{name, meaning}], guide}``
        """
        terms = keep_first(self._get_terms())
        if not any(term.is_source for term in terms):
            terms.append(self._get_live_term())
        terms.sort(key=lambda term: term.is_source)
        return {
            "purpose": self._get_purpose(),
            "terms": [
                {"name": term.name, "meaning": term.meaning}
                for term in terms
                if not term.segment
            ],
            "guide": f"{GUIDE_URL}#{self._get_code()}",
        }

    def _get_live_term(self):
        """Say where figures come from that are made when one looks."""
        return Term(
            self.env._("Live figures"),
            self.env._(
                "Made at the moment that is named on top, from the records you may "
                "read."
            ),
            is_source=True,
        )

    # ------------------------------------------------------------------
    # What a click opens
    # ------------------------------------------------------------------

    def _follow(self, scope, drill):
        """Return the action behind a click: of the tile, or where an empty one leads.

        :param drill: as for :meth:`_open`
        """
        action = open_lead(self.env, drill)
        return action or self._keep_search(self._open(scope, drill), scope)

    def _keep_search(self, action, scope):
        """Return a report's action for the customers that are looked for, by name."""
        is_list = action["type"] == "ir.actions.act_window" and not action.get("res_id")
        if not scope.search or not is_list:
            return action
        if "partner_id" not in self.env[action["res_model"]]._fields:
            return action
        domain = Domain(action.get("domain") or []) & scope.search_domain
        name = f"{action['name']} – “{scope.search}”"
        return {**action, "name": name, "display_name": name, "domain": list(domain)}

    def _open(self, scope, drill):
        """Return the action behind See More or a part of the tile that was clicked.

        :param drill: {} for See More, else {key, value} as a block carried it
        :raise ValidationError: the tile has no such part
        """
        self._check_drill(drill)
        if not self._report_action:
            raise ValidationError(self.env._("There is no report behind this tile."))
        return self._get_report_action()

    def _get_report_action(self, domain=Domain.TRUE, **context):
        """Return the report's action with a fixed domain and facets.

        :param domain: only company or customer; what a user may take away is a
            ``search_default_*`` of ``context``, which replace those of the action
        """
        return self._get_action(self._report_action, domain, **context)

    def _get_action(self, action, domain=Domain.TRUE, **context):
        """Return the action of an XML id; see :meth:`_get_report_action`."""
        values = self.env["ir.actions.act_window"]._for_xml_id(action)
        values["domain"] = list(domain)
        own = safe_eval(values["context"], {"uid": self.env.uid})
        kept = {
            key: value
            for key, value in own.items()
            if not key.startswith("search_default_")
        }
        values["context"] = {**kept, **context}
        return values

    def _get_report(self):
        """Return the Report behind See More, None where it has no workbook of ours."""
        return None

    def _get_manager_facets(self, scope, manager_field="crm_account_manager_id"):
        """Return the facets of a report that keep the customers of ``scope``.

        :param manager_field: name of the report's field with the account manager
        """
        manager = scope.account_manager
        if scope.customer_id:
            return {}
        if isinstance(manager, int):
            return {f"search_default_{manager_field}": manager}
        names = {
            "me": "my_customers",
            "team": "my_team_customers",
            "none": "unassigned_customers",
        }
        if manager in names:
            return {f"search_default_{names[manager]}": 1}
        return {}

    def _get_company_context(self, scope):
        """Return what makes a report read the companies of ``scope``."""
        if scope.customer_id and scope.all_sales:
            return {"allowed_company_ids": scope.companies.ids}
        return {}

    def _check_drill(self, drill, **allowed):
        """Check what a click sent back against what the tile declared.

        :param allowed: {key: callable that says whether a value is one of its own}
        :return: (key, value); (None, None) for See More
        :raise ValidationError: unknown key or value
        """
        if not drill:
            return None, None
        key, value = drill.get("key"), drill.get("value")
        declared = (
            set(drill) == {"key", "value"}
            and isinstance(key, str)
            and isinstance(value, str | int)
            and key in allowed
            and allowed[key](value)
        )
        if not declared:
            raise ValidationError(self.env._("This part of the tile cannot be opened."))
        return key, value

    def _is_row_id(self, value):
        return is_id(value)

    def _is_readable(self, model, value):
        """Whether ``value`` is the id of a record that the user may read."""
        record = self.env[model].browse(value if is_id(value) else ()).exists()
        return bool(record) and record.has_access("read")

    def _is_all(self, value):
        return value is True

    def _open_record(self, model, record_id):
        """Return the action that opens the record behind a row, if the user may."""
        return open_record(self.env[model].browse(record_id))

    # ------------------------------------------------------------------
    # What a button of a row does
    # ------------------------------------------------------------------

    def _run_row_action(self, key, row_id, scope):
        """Do what a row's button says: the tile's ``_row_action_<key>``.

        :return: dict, an action; False where all is done
        :raise ValidationError: the tile's rows have no such button
        """
        method = isinstance(key, str) and getattr(self, f"{ROW_ACTION}{key}", None)
        if not method or not is_id(row_id):
            raise ValidationError(self.env._("This cannot be done with the row."))
        return method(row_id, scope) or False

    # ------------------------------------------------------------------
    # Words of several tiles
    # ------------------------------------------------------------------

    def _get_scope_term(self):
        return Term(
            self.env._("Account manager"),
            self.env._(
                "The salesperson of the customer, whoever took the order. Customers "
                "without one, or whose salesperson is archived, are unassigned."
            ),
        )
