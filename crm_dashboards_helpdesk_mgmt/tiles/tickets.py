# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.fields import Domain

from odoo.addons.crm_dashboards.tiles import blocks
from odoo.addons.crm_dashboards.tiles.report import Term

OPEN = Domain("closed", "=", False)
LATEST_UPDATE = "crm_date_last_update DESC, id DESC"
HOUR, DAY = 3600, 86400  # seconds


class CrmTileTicketsMixin(models.AbstractModel):
    """Tickets as rows, and the report behind them."""

    _name = "crm.tile.tickets.mixin"
    _inherit = "crm.tile"
    _description = "Tile of Tickets"

    _report_action = (
        "crm_dashboards_helpdesk_mgmt.helpdesk_ticket_action_problems_report"
    )

    def _make_rows(self, domain, limit, with_customer=True):
        """Return the block of the tickets that were updated last."""
        tickets = self.env["helpdesk.ticket"].search(
            domain, order=LATEST_UPDATE, limit=limit
        )
        updaters = tickets._get_last_updaters()
        return blocks.Rows(
            tuple(
                self._make_row(each, updaters[each], with_customer) for each in tickets
            )
        )

    def _get_reading_text(self):
        reading = self._get_problems_reading()
        return [blocks.Text(reading)] if reading else []

    def _get_problems_reading(self):
        """Say which tickets the user may read, empty if all of them."""
        user = self.env.user
        if user.has_group("helpdesk_mgmt.group_helpdesk_user"):
            return ""
        if user.has_group("helpdesk_mgmt.group_helpdesk_user_own"):
            return self.env._("Of the tickets you may read.")
        return self.env._(
            "Only the tickets you follow: you have no access to the helpdesk."
        )

    def _make_row(self, ticket, updater, with_customer=True):
        parts = [ticket.number, ticket.sudo().category_id.name]
        if with_customer:
            # As in any list, who may read the ticket may read its customer's name.
            customer = ticket.sudo().commercial_partner_id.name
            parts.insert(1, customer or ticket.partner_name or ticket.partner_email)
        name = updater.name or self.env._("Somebody unknown")
        return blocks.Row(
            id=ticket.id,
            avatar=blocks.Avatar(updater.user_ids[:1].id, name),
            title=ticket.name,
            subtitle=" · ".join(filter(None, parts)),
            cell=self._get_age_cell(ticket.create_date),
            drill=blocks.Drill("ticket", ticket.id),
        )

    def _get_age_cell(self, moment):
        """Return the time since a UTC moment as a cell, in hours on the first day."""
        seconds = (fields.Datetime.now() - moment).total_seconds()
        if seconds >= DAY:
            return blocks.days(seconds // DAY)
        if seconds >= HOUR:
            return blocks.words(self.env._("%s h", int(seconds // HOUR)))
        return blocks.words(self.env._("< 1 h"))

    def _get_terms(self):
        return [
            Term(
                self.env._("Problem"),
                self.env._("A helpdesk ticket; closed if its stage is."),
            ),
            Term(
                self.env._("Last update"),
                self.env._("The later of the last change and the last comment."),
            ),
        ]
