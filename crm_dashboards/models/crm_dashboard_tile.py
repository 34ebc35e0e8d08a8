# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging

import psycopg2
from psycopg2.errors import ReadOnlySqlTransaction

from odoo import api, fields, models
from odoo.exceptions import AccessError, MissingError, ValidationError
from odoo.fields import Domain

from ..tiles.badge import explain_badge
from ..tiles.blocks import Content, to_wire
from ..tiles.customer_search import find_customers
from ..tiles.scope import check_payload, parse_saved_scope, parse_scope
from .appointment_waits import AppointmentWaits
from .plain import is_id, is_text
from .rpc import rpc
from .since_night_sql import Reading

_logger = logging.getLogger(__name__)

MAX_CODES = 50
SIZES = [
    ("3", "Quarter"),
    ("4", "Third"),
    ("6", "Half"),
    ("8", "Two thirds"),
    ("12", "Full"),
]


class CrmDashboardTile(models.Model):
    """A tile's place on a dashboard, and the door through which the browser comes.

    The record says where and for whom a tile stands. All else is said by the model
    ``crm.tile.<code>``: what it shows, what a click opens, what its buttons do. No tile
    is known here by name.
    """

    _name = "crm.dashboard.tile"
    _inherit = ["crm.kept.fields.mixin"]
    _description = "Dashboard Tile"
    _order = "dashboard_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, readonly=True)
    dashboard_id = fields.Many2one(
        "crm.dashboard", required=True, readonly=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    size = fields.Selection(
        SIZES, required=True, default="3", help="Width on a large screen."
    )
    active = fields.Boolean(default=True, help="Nobody sees an archived tile.")
    group_ids = fields.Many2many(
        "res.groups",
        string="Groups",
        help="Only members of one of these groups see the tile; everyone if empty.",
    )

    _code_uniq = models.UniqueIndex("(code)", "Each tile has a code of its own.")

    @api.model_create_multi
    def create(self, vals_list):
        tiles = super().create(vals_list)
        tiles._check_model()
        return tiles

    def write(self, vals):
        renamed = self.filtered(lambda tile: vals.get("code", tile.code) != tile.code)
        result = super().write(vals)
        renamed._check_model()
        return result

    # ------------------------------------------------------------------
    # What the browser calls: dashboards and tiles
    # ------------------------------------------------------------------

    @api.model
    @api.readonly
    @rpc
    def get_dashboard(self, dashboard, scope=None):
        """Return header and layout of a dashboard, without any figure.

        :param str dashboard: its code
        :param scope: dict as for :meth:`get_tiles`; what the user saved if left out, on
            a customer's dashboard except for the customer
        :return: dict ``{company, companies, scope, scopes, periods, as_of, empty,
            notice, reading, setup, offers_start, can_export, documentation_url,
            tiles, hidden_tiles}``, on a customer's dashboard with ``{customer, toggle,
            actions}``, too
        """
        dashboard = self._enter(dashboard)
        scope = {} if scope is None else check_payload(self.env, scope)
        saved = dashboard._get_preference()
        if dashboard.is_of_customer or not scope:
            scope = {**self._get_saved_scope(dashboard, saved), **scope}
        parsed = parse_scope(self._get_reading_env(), scope, dashboard.is_of_customer)
        header = dashboard._get_header(parsed, saved)
        if dashboard.is_of_customer:
            asked = self.env["res.partner"].browse(scope["customer_id"])
            header["scope"]["customer_id"] = parsed.customer_id
            header.update(parsed.env["crm.customer.header"]._get_header(parsed, asked))
        return header

    @api.model
    @api.readonly
    @rpc
    def get_setup(self, dashboard):
        """Return the steps of the first hour, False where they are done or closed.

        :param str dashboard: its code
        """
        self._enter(dashboard)
        return self.env["crm.dashboard.setup"]._get_panel()

    @api.model
    @api.readonly
    @rpc
    def get_tiles(self, dashboard, codes, scope=None):
        """Return the tiles of a dashboard with their figures.

        :param str dashboard: its code
        :param codes: list of tile codes; False for all
        :param scope: dict with any of account_manager (``me``, ``team``, ``all``,
            ``none`` or a user id), customer_id, all_sales, tabs ``{code: tab}``,
            period and comparison (of PERIODS and COMPARISONS in ``tiles/period.py``)
        :return: ``{code: {title, state, message, blocks, tabs}}``; a tile that the
            user may not see is absent
        :raise AccessError: neither salesperson nor invoicing nor accounting reader
        :raise ValidationError: the scope is not readable, or lacks the customer
        """
        dashboard = self._enter(dashboard)
        codes = self._check_codes(codes)
        # Tiles read whole indexes, whose pages lie side by side; their queries are long
        # and different each time: compiling them takes longer than running them.
        self.env.cr.execute("SET LOCAL random_page_cost = 1.1; SET LOCAL jit = off")
        env = self._get_reading_env()
        scope = parse_scope(env, scope, dashboard.is_of_customer).narrow()
        tiles = dashboard._get_allowed_tiles()
        if codes is not None:
            tiles = tiles.filtered(lambda tile: tile.code in codes)
        return {
            tile.code: {"title": tile.name, **to_wire(content)}
            for tile, content in tiles._get_contents(scope)
        }

    @api.model
    @rpc
    def get_written_tiles(self, dashboard, codes, scope=None):
        """Return what :meth:`get_tiles` does, read where it was written.

        For who has just done something: a replica may not know of it yet.
        """
        return self.get_tiles(dashboard, codes, scope)

    @api.model
    @api.readonly
    @rpc
    def explain_tile(self, code):
        """Say what a tile shows, what its words mean and where its figures are from.

        :param str code: code of the tile
        :return: ``{purpose, terms: [{name, meaning}], guide}``
        :raise AccessError: no such tile, or not for this user
        """
        return self._find_tile(code)._get_tile_model(self.env)._explain()

    @api.model
    @rpc
    def open_report(self, code, scope=None, drill=False):
        """Return the action behind a tile's See More or one of its clickable parts.

        :param str code: code of the tile
        :param scope: as for :meth:`get_tiles`
        :param drill: False for See More, else ``{key, value}`` as a block carried it
        :return: dict, an action
        :raise ValidationError: the tile has no such part
        """
        tile, scope = self._enter_tile(code, scope)
        drill = check_payload(self.env, drill or {})
        return tile._get_tile_model(scope.env)._follow(scope, drill)

    @api.model
    @rpc
    def run_row_action(self, code, action, row_id, scope=None):
        """Do what a button of a tile's row says, or return the dialog that asks more.

        :param str code: code of the tile
        :param str action: key of the button, as the row carried it
        :param int row_id: id of the row, as the tile gave it
        :param scope: as for :meth:`get_tiles`
        :return: dict, an action; False where all is done
        :raise AccessError: no such tile, or not for this user
        :raise ValidationError: the tile's rows have no such button
        """
        tile, scope = self._enter_tile(code, scope)
        return tile._get_tile_model(scope.env)._run_row_action(action, row_id, scope)

    @api.model
    @rpc
    def save_preference(self, dashboard, values):
        """Remember the user's scope, order of tiles or hidden tiles of a dashboard.

        :param values: dict with any of ``scope`` (as for :meth:`get_tiles`), ``order``
            and ``hidden`` (lists of tile codes)
        """
        dashboard = self._enter(dashboard)
        values = check_payload(self.env, values)
        if set(values) - {"scope", "order", "hidden"}:
            raise ValidationError(self.env._("The preference is not readable."))
        kept = {}
        if "scope" in values:
            kept["scope"] = self._prepare_saved_scope(dashboard, values["scope"])
        known = set(dashboard._get_allowed_tiles().mapped("code"))
        for key in ("order", "hidden"):
            if key in values:
                codes = self._check_codes(values[key]) or []
                kept[key] = [code for code in codes if code in known]
        preference = self.env["crm.dashboard.tile.preference"]
        preference._update_settings(dashboard.code, kept)
        return True

    @api.model
    @rpc
    def answer_start(self, dashboard, starts):
        """Note whether the user wants to start on a dashboard: it is asked once.

        :param str dashboard: its code
        :param bool starts: as the user answered
        """
        dashboard = self._enter(dashboard)
        saved = dashboard._get_preference()
        if not isinstance(starts, bool) or not dashboard._offers_start(
            self.env.user, saved
        ):
            raise ValidationError(self.env._("This cannot be done here."))
        preference = self.env["crm.dashboard.tile.preference"]
        preference._update_settings(dashboard.code, {"start_answered": True})
        if starts:
            self.env.user.crm_opens_dashboard = True
        return True

    # ------------------------------------------------------------------
    # What the browser calls: one customer
    # ------------------------------------------------------------------

    @api.model
    @api.readonly
    @rpc
    def find_customers(self, dashboard, text):
        """Return the customers and prospects that a text means, of those one may read.

        :param str dashboard: code of the dashboard on which one looks for them
        :param str text: part of a name, e-mail address, reference or VAT number, of the
            customer or of one of its contacts
        :return: list of ``{id, name, details}``
        """
        self._enter(dashboard)
        if not is_text(text):
            raise ValidationError(self.env._("The request is not readable."))
        return find_customers(self.env, text)

    @api.model
    @api.readonly
    @rpc
    def get_rfm_explanation(self, metric_id):
        """Say why a customer has its segment and what would move it up.

        :param int metric_id: id of a crm.customer.metric that the user may read
        :return: ``{title, lines: [{label, cell, percentile_rank}], spark, move}``; the
            rank is the share of the other customers behind this one, False if not
            compared; ``spark`` the months behind its trend, False without one
        """
        self.env.user._check_crm_dashboard_access()
        metric = self.env["crm.customer.metric"]
        metric = metric.browse(metric_id if is_id(metric_id) else ()).exists()
        if not metric:
            raise MissingError(
                self.env._("These figures were made anew. Please refresh.")
            )
        metric.check_access("read")
        explanation = explain_badge(metric)
        lines = tuple(explanation["lines"])
        spark = to_wire(explanation["spark"])
        return {**explanation, "lines": to_wire(lines), "spark": spark}

    @api.model
    @rpc
    def run_customer_action(self, customer_id, key):
        """Do what a button of a customer's header says, or return the action behind it.

        :param int customer_id: the partner whose dashboard it is, maybe a contact
        :param str key: one of the keys of ``actions`` in :meth:`get_dashboard`
        :return: dict, an action
        :raise ValidationError: no such button for this user
        """
        self._enter_customer(customer_id)
        partner = self.env["res.partner"].browse(customer_id)
        return self.env["crm.customer.header"]._press_button(partner, key)

    @api.model
    @rpc
    def refresh_customer(self, customer_id):
        """Make one customer's stored figures anew.

        While the nightly job or another refresh is at it, nothing is stored: it will
        bring the same figures.

        :param int customer_id: a partner, maybe a contact of the customer
        :return: ``{stored, message}``
        :raise ValidationError: no customer
        """
        scope = self._enter_customer(customer_id)
        refresh = self.env["crm.metric.refresh"]
        stored = refresh._refresh_customer(self.env.company, scope.customer)
        words = self.env._(
            "The nightly job is at work: its figures follow in a moment."
        )
        return {"stored": stored, "message": False if stored else words}

    @api.model
    @api.readonly
    @rpc
    def print_brief(self, customer_id):
        """Return the action that prints what one wants to know before a meeting.

        Without wkhtmltopdf, Odoo's client shows the same page in the browser and says
        why.

        :param int customer_id: a partner, maybe a contact of the customer
        :return: dict, an action
        :raise AccessError: neither salesperson nor invoicing nor accounting reader, or
            no access to the partner
        """
        scope = self._enter_customer(customer_id)
        report = self.env.ref("crm_dashboards.res_partner_action_customer_brief")
        return report.sudo().report_action(scope.customer.ids, config=False)

    # ------------------------------------------------------------------
    # What the browser calls: Excel
    # ------------------------------------------------------------------

    @api.model
    @api.readonly
    @rpc
    def export_dashboard(self, dashboard, scope=None):
        """Return the action that downloads a dashboard's workbook.

        :param str dashboard: its code
        :param scope: as for ``get_tiles``
        :return: dict, an action
        :raise AccessError: neither salesperson nor invoicing nor accounting reader, or
            Excel is not for this user
        :raise ValidationError: no such dashboard, or the scope is not readable
        """
        dashboard = self._enter(dashboard)
        parse_scope(self.env, scope, dashboard.is_of_customer)
        return self._get_workbook_action(
            "crm_dashboards.crm_dashboard_tile_action_workbook",
            {"dashboard": dashboard.code, "scope": scope},
        )

    @api.model
    @api.readonly
    @rpc
    def export_report(self, report_code, options=None):
        """Return the action that downloads the workbook of a report's list.

        :param str report_code: code of the tile that says what the report is
        :param options: dict with any of ``domain`` (of the list), ``columns`` (list of
            field names, those shown), ``order_by`` (as in a search), ``group_by`` (list
            of field names, dates with their granularity) and ``facets`` (list of str)
        :return: dict, an action
        :raise AccessError: no access to dashboards or to the report's records, or Excel
            is not for this user
        :raise ValidationError: unknown report, options not readable, or more records
            than a sheet holds
        """
        self.env.user._check_crm_dashboard_access()
        workbook = self.env["report.crm_dashboards.report_workbook"]
        data = {"report_code": report_code, "options": options}
        workbook._check_request(data)
        return self._get_workbook_action(
            "crm_dashboards.crm_dashboard_tile_action_report_workbook", data
        )

    def _get_workbook_action(self, xmlid, data):
        self.env.user._check_crm_workbook_access()
        report = self.env.ref(xmlid).sudo()
        return report.report_action([], data=data, config=False)

    # ------------------------------------------------------------------
    # Who comes in, and to what
    # ------------------------------------------------------------------

    def _get_reading_env(self):
        """Return an environment in which what is asked twice is read once."""
        return self.with_context(**{Reading.KEY: Reading()}).env

    def _enter(self, dashboard):
        """Return the dashboard with this code for those who may see it."""
        self.env.user._check_crm_dashboard_access()
        return self.env["crm.dashboard"]._find(dashboard)

    def _enter_tile(self, code, scope):
        """Return (tile as superuser, Scope) for those who may see the tile."""
        tile = self._find_tile(code)
        return tile, parse_scope(self.env, scope, tile.dashboard_id.is_of_customer)

    def _find_tile(self, code):
        """Return the tile with this code, as superuser, for those who may see it."""
        self.env.user._check_crm_dashboard_access()
        tile = self.browse().sudo()
        if is_text(code):
            tile = tile.search(self._get_allowed_domain() & Domain("code", "=", code))
        dashboard = tile.dashboard_id
        if not tile._is_installed() or not dashboard._get_allowed_id(dashboard.code):
            raise AccessError(self.env._("You have no access to this tile."))
        return tile

    def _enter_customer(self, customer_id):
        """Return the Scope of a customer's dashboard."""
        self.env.user._check_crm_dashboard_access()
        return parse_scope(self.env, {"customer_id": customer_id}, needs_customer=True)

    def _get_saved_scope(self, dashboard, saved):
        """Return the scope a user saved, without what is not there any more.

        :param dict saved: the user's preference of the dashboard
        """
        scope = parse_saved_scope(self.env, saved.get("scope"))
        if dashboard.is_of_customer:
            scope.pop("account_manager", None)
        return scope

    def _prepare_saved_scope(self, dashboard, scope):
        """Return a scope to save: what was sent, beside what was not and still is.

        :param scope: as it comes from the browser
        """
        sent = parse_scope(self.env, scope).to_wire()
        saved = self._get_saved_scope(dashboard, dashboard._get_preference())
        return {
            **saved,
            **{key: value for key, value in sent.items() if key in (scope or {})},
        }

    def _check_codes(self, codes):
        if codes is None or codes is False:
            return None
        if (
            not isinstance(codes, list)
            or len(codes) > MAX_CODES
            or not all(map(is_text, codes))
        ):
            raise ValidationError(self.env._("The list of tiles is not readable."))
        return codes

    # ------------------------------------------------------------------
    # One tile
    # ------------------------------------------------------------------

    def _check_model(self):
        """Make sure that the model of each tile is there.

        Here and not by a constraint: while an addon is updated, the models of those
        that build on it are not loaded yet.

        :raise ValidationError: a tile has none
        """
        for tile in self:
            if tile._get_tile_model(self.env) is None:
                raise ValidationError(
                    self.env._(
                        "There is no model crm.tile.%(code)s: it says what the tile "
                        "“%(name)s” shows.",
                        code=tile.code,
                        name=tile.name,
                    )
                )

    def _get_tile_model(self, env):
        """Return the model of this tile in ``env``, None where it is missing."""
        return env.get(f"crm.tile.{self.code}")

    def _get_allowed_domain(self):
        """Return the domain, for the superuser, of the tiles of the current user.

        Groups are compared in the search, which costs no query of their own.
        """
        groups = self.env.user._get_group_ids()
        of_user = Domain("group_ids", "=", False) | Domain("group_ids", "in", groups)
        return Domain("active", "=", True) & of_user

    def _is_installed(self):
        """Whether there is such a tile, and the addon that fills it."""
        return bool(self) and self._get_tile_model(self.env) is not None

    def _get_layout(self):
        """Return what the browser knows of a tile before its figures come."""
        model = self._get_tile_model(self.env)
        return {
            "code": self.code,
            "name": self.name,
            "size": int(self.size),
            "see_more": bool(model._report_action),
            "follows_period": model._follows_period,
        }

    def _get_contents(self, scope):
        """Return (tile, Content) of these tiles, without those not for the user.

        Tiles only read: one savepoint does for all of them.
        """
        with self.env.cr.savepoint() as savepoint:
            for tile in self:
                tile._announce(scope, savepoint)
            contents = [(tile, tile._get_content(scope, savepoint)) for tile in self]
        return [(tile, content) for tile, content in contents if content]

    def _announce(self, scope, savepoint):
        """Have the tile say what it will read; one that fails reads by itself.

        :param savepoint: as for :meth:`_get_content`
        """
        try:
            self._get_tile_model(scope.env)._announce(scope)
        except (psycopg2.OperationalError, ReadOnlySqlTransaction):
            raise
        except Exception:
            _logger.debug("Tile %s announced nothing", self.code, exc_info=True)
            savepoint.rollback()

    def _get_content(self, scope, savepoint):
        """Return the Content of this tile, None where the user may not see it.

        A failing tile does not touch the others. What Odoo must retry as a whole
        (serialization, a write on a read-only replica) goes up.

        :param savepoint: to which the transaction goes back where the tile fails
        """
        try:
            return self._get_tile_model(scope.env)._get_full_content(scope)
        except (psycopg2.OperationalError, ReadOnlySqlTransaction):
            raise
        except AppointmentWaits as waits:
            return Content("empty", str(waits))
        except AccessError:
            return None
        except Exception:
            _logger.exception("Tile %s failed", self.code)
            savepoint.rollback()
            message = self.env._("This tile could not be computed.")
            return Content("failed", message)
