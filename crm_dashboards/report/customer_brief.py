from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools.misc import format_datetime

from odoo.addons.base.models.ir_actions_report import _wkhtml

from ..nightly.periods import get_viewer_zone
from ..tiles import blocks
from .brief_blocks import BriefWriter
from .brief_layout import arrange
from .xlsx.colors import SEGMENT_COLORS

DASHBOARD = "customer"
MOST_QUOTATIONS = 50
# wkhtmltopdf without a patched Qt, as Debian has it, prints everything that smaller.
UNPATCHED_ZOOM = 1.28


class CrmDashboardTile(models.Model):
    _inherit = "crm.dashboard.tile"

    @api.model
    @api.readonly
    def print_brief(self, customer_id):
        """Return the action that prints what one wants to know before a meeting.

        Without wkhtmltopdf, Odoo's client shows the same page in the browser and says
        why.

        :param int customer_id: a partner, maybe a contact of the customer
        :return: dict, an action
        :raise AccessError: neither salesperson nor invoicing nor accounting reader, or
            no access to the partner
        """
        self._check_dashboard_access()
        scope = self._parse_dashboard_scope("customer", {"customer_id": customer_id})
        report = self.env.ref("crm_dashboards.res_partner_action_customer_brief")
        return report.sudo().report_action(self._get_customer(scope).ids, config=False)


class ReportCrmDashboardsCustomerBrief(models.AbstractModel):
    """The Customer Dashboard on one page: the same tiles, drawn for paper."""

    _name = "report.crm_dashboards.customer_brief"
    _description = "Customer Brief"

    @api.model
    def _get_report_values(self, docids, data=None):
        # The route of reports is open to whoever is logged in.
        self.env["crm.dashboard.tile"]._check_dashboard_access()
        if not docids:
            raise ValidationError(self.env._("Please choose a customer."))
        return {
            "doc_ids": docids,
            "doc_model": "res.partner",
            "docs": self.env["res.partner"].browse(docids),
            "briefs": [self._make_brief(customer_id) for customer_id in docids],
            "zoom": self._get_zoom((data or {}).get("report_type")),
        }

    @api.model
    def _get_zoom(self, report_type):
        """Return by what the page has to be enlarged to come out in its size."""
        if report_type == "pdf" and not _wkhtml().is_patched_qt:
            return UNPATCHED_ZOOM
        return 1

    @api.model
    def _make_brief(self, customer_id):
        """Return head, columns and foot of one customer's page."""
        tile = self.env["crm.dashboard.tile"]
        scope = tile._parse_scope({"customer_id": customer_id})
        columns, left_out = arrange(self._make_sections(scope))
        return {
            "head": self._make_head(scope),
            "columns": columns,
            "foot": self._make_foot(left_out),
        }

    @api.model
    def _make_sections(self, scope):
        """Return the sections: the user's tiles in the user's order, and quotations."""
        tile = self.env["crm.dashboard.tile"]
        saved = self.env["crm.dashboard.tile.preference"]._get_settings(DASHBOARD)
        codes = tile._get_visible_tiles(DASHBOARD, saved).sudo().mapped("code")
        results = tile.get_tiles(DASHBOARD, codes, {"customer_id": scope.customer_id})
        drawn = [
            results[code]
            for code in codes
            if code in results and results[code]["state"] == "ready"
        ]
        lists = [
            place
            for place, result in enumerate(drawn)
            if any(block["type"] == "timeline" for block in result["blocks"])
        ]
        place = lists[0] if lists else len(drawn)
        drawn[place:place] = self._get_quotations(scope)
        writer = BriefWriter(self.env)
        return [writer.make_section(result) for result in drawn]

    @api.model
    def _get_quotations(self, scope):
        """Return the open quotations that the user may read, as a tile, or nothing."""
        order = self.env["sale.order"]
        if not order.has_access("read"):
            return []
        tile = self.env["crm.dashboard.tile"]
        domain = (
            Domain("state", "in", ("draft", "sent"))
            & Domain("company_id", "=", self.env.company.id)
            & tile._get_customer_domain(scope)
        )
        orders = order.search(domain, order="create_date desc", limit=MOST_QUOTATIONS)
        if not orders:
            return []
        states = dict(order._fields["state"]._description_selection(self.env))
        rows = [
            {
                "id": each.id,
                "title": each.name,
                "subtitle": self._describe_quotation(each, states),
                "cell": blocks.money(each.amount_untaxed, each.currency_id),
            }
            for each in orders
        ]
        return [
            {
                "title": self.env._("Open Quotations"),
                "blocks": [{"type": "rows", "rows": rows}],
            }
        ]

    @api.model
    def _describe_quotation(self, order, states):
        made = fields.Datetime.context_timestamp(order, order.create_date)
        words = [states[order.state], blocks.format_day(self.env, made)]
        if order.validity_date:
            until = blocks.format_day(self.env, order.validity_date)
            words.append(self.env._("valid until %(date)s", date=until))
        return " · ".join(words)

    @api.model
    def _make_head(self, scope):
        """Return who the customer is, its segment, and why it has it."""
        tile = self.env["crm.dashboard.tile"]
        customer = tile._get_customer(scope)
        metric = tile._get_customer_metric(scope)
        address = customer._display_address(without_company=True)
        manager = customer.user_id.sudo().name or self.env._("Unassigned")
        return {
            "name": customer.display_name,
            "address": ", ".join(filter(None, map(str.strip, address.splitlines()))),
            "contact": " · ".join(filter(None, (customer.phone, customer.email))),
            "manager": self.env._("Account manager: %(name)s", name=manager),
            "company": self.env.company.display_name,
            "badge": self._make_badge(metric),
            "why": self._describe_segment(metric),
        }

    @api.model
    def _make_badge(self, metric):
        badge = metric and metric._get_badge()
        if not badge:
            return False
        fill, color = SEGMENT_COLORS[badge["segment"]]
        return {**badge, "fill": fill, "color": color}

    @api.model
    def _describe_segment(self, metric):
        """Say what the segment rests on, empty where there are no figures."""
        if not metric.last_order_date:
            return ""
        writer = BriefWriter(self.env)
        parts = []
        for line in metric.get_rfm_explanation(metric.id)["lines"]:
            words = f"{line['label']}: {writer.describe(line['cell'])}"
            if line["beaten"] is not False:
                share = {"unit": "percent", "value": line["beaten"]}
                words = self.env._(
                    "%(figure)s (beats %(share)s of customers)",
                    figure=words,
                    share=writer.describe(share),
                )
            parts.append(words)
        return " · ".join(parts)

    @api.model
    def _make_foot(self, left_out):
        """Say when and by whom the page was printed, and what had no room on it."""
        zone = get_viewer_zone(self.env).zone
        moment = format_datetime(
            self.env, fields.Datetime.now(), tz=zone, dt_format="d MMM yyyy HH:mm"
        )
        words = [
            self.env._(
                "Printed %(moment)s (%(zone)s) by %(user)s",
                moment=moment,
                zone=zone,
                user=self.env.user.name,
            ),
            self.env["crm.dashboard.tile"]._get_as_of()["label"],
        ]
        if left_out:
            titles = ", ".join(left_out)
            words.append(self.env._("No room for: %(titles)s", titles=titles))
        return " · ".join(words)
