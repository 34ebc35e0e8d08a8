# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ...models.date_words import WHOLE_DAY, format_moment
from ...models.rpc import check_context
from ...nightly.periods import get_figures_zone, get_viewer_zone, get_zone_today
from ...tiles.blocks import words
from .book import TEXT_STAYS_TEXT, Book


class ReportCrmDashboardsWorkbook(models.AbstractModel):
    """What all workbooks share: who gets one, its name, and the lines on top."""

    _name = "report.crm_dashboards.workbook"
    _inherit = "report.report_xlsx.abstract"
    _description = "Workbook"

    @api.private
    def create_xlsx_report(self, docids, data):
        # The route of reports is open to whoever is logged in.
        check_context(self.env)
        self.env.user._check_crm_workbook_access()
        return super().create_xlsx_report(docids, data)

    @api.private
    def get_workbook_options(self):
        # Rows go to disk at once: 100 000 of them fit in any worker. So a sheet is
        # written from top to bottom, and what was written is not there any more.
        options = {**TEXT_STAYS_TEXT, "constant_memory": True}
        return {**super().get_workbook_options(), **options}

    @api.private
    def generate_xlsx_report(self, workbook, data, objs):
        workbook.set_properties(
            {
                "title": self._get_title(data),
                "author": self.env.user.name,
                "company": self.env.company.name,
            }
        )
        self._fill_workbook(Book(workbook, self.env), data)

    def _fill_workbook(self, book, data):
        """Add the sheets.

        :param data: dict, as the action had it or as someone made it up
        """
        raise NotImplementedError

    def _get_title(self, data):
        """Return the title of the workbook."""
        raise NotImplementedError

    def _get_file_name(self, data):
        """Return the name under which the workbook is saved."""
        today = get_zone_today(get_viewer_zone(self.env))
        return f"{self._get_title(data)} {today}.xlsx"

    def _get_top(
        self,
        scope,
        filters=(),
        rates="",
        is_stored=True,
        scope_label="",
        companies=(),
        period="",
    ):
        """Return the lines below a sheet's title.

        :param str scope: whose figures these are; empty where that says nothing
        :param str scope_label: what ``scope`` names, if not the scope of a dashboard
        :param filters: list of str
        :param str rates: currency rates in use, in words
        :param is_stored: with figures of the night
        :param companies: res.company, whose figures these are if not the current one's
        :param str period: which days count, and with which they are compared
        :return: list of (label, cell)
        """
        company = self.env.company
        currency = company.currency_id
        lines = [(self.env._("Company"), company.display_name)]
        if companies and companies != company:
            names = ", ".join(companies.mapped("display_name"))
            lines.append((self.env._("Figures of"), names))
        lines.append((self.env._("Currency"), f"{currency.name} ({currency.symbol})"))
        if rates:
            lines.append((self.env._("Rates"), rates))
        if scope:
            lines.append((scope_label or self.env._("Scope"), scope))
        if period:
            lines.append((self.env._("Period shown"), period))
        if filters:
            lines.append((self.env._("Filters"), " · ".join(filters)))
        if is_stored:
            lines.append((self.env._("Segments as of"), self._get_as_of()))
        lines.append((self.env._("Made"), self._get_made()))
        return [(label, words(text)) for label, text in lines]

    def _get_as_of(self):
        """Say of when the figures of the night are, in the zone they follow."""
        as_of = self.env["crm.metric.refresh"]._get_last(self.env.company).as_of
        if not as_of:
            return self.env._("not computed yet")
        zone = get_figures_zone(self.env.company).name
        return self._describe_moment(as_of, zone)

    def _get_made(self):
        """Say when and by whom the workbook was made."""
        now = self._describe_moment(
            fields.Datetime.now(), get_viewer_zone(self.env).name
        )
        return self.env._("%(moment)s by %(user)s", moment=now, user=self.env.user.name)

    def _describe_moment(self, moment, zone):
        """Return a UTC moment in words of ``zone``, naming it."""
        text = format_moment(self.env, moment, zone, WHOLE_DAY)
        return f"{text} ({zone})"
