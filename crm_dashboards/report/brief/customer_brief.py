# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools.misc import formatLang

from odoo.addons.base.models.ir_actions_report import _wkhtml

from ...models.date_words import WHOLE_DAY, format_day, format_moment
from ...models.rpc import check_context
from ...nightly.periods import get_viewer_zone
from ...tiles import blocks
from ...tiles.badge import explain_badge, make_badge
from ...tiles.scope import parse_scope
from ...usual_order.purchases import Purchases
from ..workbook.colors import SEGMENT_COLORS
from .brief_blocks import BriefWriter
from .brief_layout import arrange

DASHBOARD = "customer"
# Places on the page, among those of the tiles.
CONTACTS, QUOTATIONS, TALKS, USUAL_ORDER = 20, 40, 50, 60
MOST_CONTACTS = 12
MOST_QUOTATIONS = 50
MOST_TALKS = 3
# wkhtmltopdf without a patched Qt, as Debian has it, prints everything that smaller.
UNPATCHED_ZOOM = 1.28


class ReportCrmDashboardsCustomerBrief(models.AbstractModel):
    """The Customer Dashboard on one page: the same tiles, drawn for paper."""

    _name = "report.crm_dashboards.customer_brief"
    _description = "Customer Brief"

    def _get_report_values(self, docids, data=None):
        # The route of reports is open to whoever is logged in.
        check_context(self.env)
        self.env.user._check_crm_dashboard_access()
        if not docids:
            raise ValidationError(self.env._("Please choose a customer."))
        return {
            "doc_ids": docids,
            "doc_model": "res.partner",
            "docs": self.env["res.partner"].browse(docids),
            "briefs": [self._make_brief(customer_id) for customer_id in docids],
            "zoom": self._get_zoom((data or {}).get("report_type")),
        }

    def _get_zoom(self, report_type):
        """Return by what the page has to be enlarged to come out in its size."""
        if report_type == "pdf" and not _wkhtml().is_patched_qt:
            return UNPATCHED_ZOOM
        return 1

    def _make_brief(self, customer_id):
        """Return head, columns and foot of one customer's page."""
        scope = parse_scope(self.env, {"customer_id": customer_id}, needs_customer=True)
        columns, left_out = arrange(self._make_sections(scope))
        return {
            "head": self._make_head(scope),
            "columns": columns,
            "foot": self._make_foot(scope, left_out),
        }

    def _make_sections(self, scope):
        """Return the sections, what matters most at a meeting first.

        They are the user's tiles, and what no tile of the dashboard has.
        """
        tiles = self.env["crm.dashboard"]._find(DASHBOARD)._get_visible_tiles()
        drawn = [
            (tile._get_tile_model(self.env)._print_place, tile.name, content.blocks)
            for tile, content in tiles._get_contents(scope)
            if content.state == "ready"
        ]
        for place, make in (
            (CONTACTS, self._get_contacts),
            (QUOTATIONS, self._get_quotations),
            (TALKS, self._get_talks),
            (USUAL_ORDER, self._get_usual_order),
        ):
            drawn += [(place, *section) for section in make(scope)]
        drawn.sort(key=lambda each: each[0])
        writer = BriefWriter(self.env)
        return [writer.make_section(*each) for _place, *each in drawn]

    def _get_contacts(self, scope):
        """Return the people of the customer, as a tile, or nothing."""
        people = self.env["res.partner"].search(
            Domain("parent_id", "=", scope.customer_id)
            & Domain("type", "=", "contact")
            & Domain("is_company", "=", False),
            limit=MOST_CONTACTS,
        )
        facts = tuple(
            blocks.Fact(
                person.name or person.display_name,
                " · ".join(filter(None, (person.function, person.phone, person.email))),
            )
            for person in people
        )
        return [(self.env._("Contacts"), (blocks.Facts(facts),))] if facts else []

    def _get_talks(self, scope):
        """Return the last calls, visits and meetings, as a tile, or nothing."""
        engagement = self.env["crm.engagement"]
        if not engagement.has_access("read"):
            return []
        talks = engagement.search(
            Domain("partner_id", "=", scope.customer_id)
            & Domain("company_id", "in", [scope.company.id, False]),
            limit=MOST_TALKS,
        )
        if not talks:
            return []
        events = tuple(
            blocks.TimelineEvent(
                icon="",
                title=talk.activity_type_id.sudo().name,
                subtitle=talk.user_id.sudo().name or "",
                datetime=fields.Datetime.to_string(talk.date),
                drill=False,
            )
            for talk in talks
        )
        return [(self.env._("Last Talks"), (blocks.Timeline(events),))]

    def _get_usual_order(self, scope):
        """Return what the customer usually orders, as a tile, or nothing."""
        if not self.env["sale.order.line"].has_access("read"):
            return []
        usual, *_others = self.env["crm.usual.order"]._get_sections(
            scope, Purchases(scope)
        )
        if not usual.lines:
            return []
        facts = tuple(
            blocks.Fact(
                f"{self._format_quantity(line.item.quantity)} {line.item.unit.name}",
                line.item.product.display_name,
            )
            for line in usual.lines
        )
        return [(self.env._("Usual Order"), (blocks.Facts(facts),))]

    def _format_quantity(self, quantity):
        """Return a quantity without decimals that say nothing."""
        digits = 0 if quantity == int(quantity) else 2
        return formatLang(self.env, quantity, digits=digits)

    def _get_quotations(self, scope):
        """Return the open quotations that the user may read, as a tile, or nothing."""
        order = self.env["sale.order"]
        if not order.has_access("read"):
            return []
        domain = (
            Domain("state", "in", ("draft", "sent"))
            & Domain("company_id", "=", self.env.company.id)
            & scope.get_customer_domain()
        )
        orders = order.search(domain, order="create_date desc", limit=MOST_QUOTATIONS)
        if not orders:
            return []
        states = dict(order._fields["state"]._description_selection(self.env))
        rows = tuple(
            blocks.Row(
                id=each.id,
                title=each.name,
                subtitle=self._describe_quotation(each, states),
                cell=blocks.money(each.amount_untaxed, each.currency_id),
            )
            for each in orders
        )
        return [(self.env._("Open Quotations"), (blocks.Rows(rows),))]

    def _describe_quotation(self, order, states):
        made = fields.Datetime.context_timestamp(order, order.create_date)
        words = [states[order.state], format_day(self.env, made)]
        if order.validity_date:
            until = format_day(self.env, order.validity_date)
            words.append(self.env._("valid until %(date)s", date=until))
        return " · ".join(words)

    def _make_head(self, scope):
        """Return who the customer is, its segment, and why it has it."""
        customer, metric = scope.customer, scope.metric
        address = customer._display_address(without_company=True)
        manager = customer.crm_account_manager_id.sudo().name or self.env._(
            "Unassigned"
        )
        return {
            "name": customer.display_name,
            "address": ", ".join(filter(None, map(str.strip, address.splitlines()))),
            "contact": " · ".join(filter(None, (customer.phone, customer.email))),
            "manager": self.env._("Account manager: %(name)s", name=manager),
            "company": self.env.company.display_name,
            "badge": self._make_badge(metric),
            "why": self._describe_segment(metric),
        }

    def _make_badge(self, metric):
        badge = make_badge(metric)
        if not badge:
            return False
        fill, color = SEGMENT_COLORS[badge.segment]
        return {
            "short": badge.short,
            "label": badge.label,
            "fill": fill,
            "color": color,
        }

    def _describe_segment(self, metric):
        """Say what the segment rests on, empty where there are no figures."""
        if not metric.last_order_date:
            return ""
        writer = BriefWriter(self.env)
        parts = []
        for line in explain_badge(metric)["lines"]:
            words = f"{line['label']}: {writer.describe(line['cell'])}"
            if line["percentile_rank"] is not False:
                words = self.env._(
                    "%(figure)s (beats %(share)s of customers)",
                    figure=words,
                    share=writer.describe_share(line["percentile_rank"]),
                )
            parts.append(words)
        return " · ".join(parts)

    def _make_foot(self, scope, left_out):
        """Say when and by whom the page was printed, and what had no room on it."""
        zone = get_viewer_zone(self.env).name
        moment = format_moment(self.env, fields.Datetime.now(), zone, WHOLE_DAY)
        words = [
            self.env._(
                "Printed %(moment)s (%(zone)s) by %(user)s",
                moment=moment,
                zone=zone,
                user=self.env.user.name,
            ),
            self.env["crm.dashboard"]._get_as_of(scope)["label"],
        ]
        if left_out:
            titles = ", ".join(left_out)
            words.append(self.env._("No room for: %(titles)s", titles=titles))
        return " · ".join(words)
