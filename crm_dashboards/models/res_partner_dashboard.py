from odoo import api, fields, models
from odoo.tools import SQL

from .crm_customer_metric import READER_GROUPS


class ResPartner(models.Model):
    """Who has a Customer Dashboard."""

    _inherit = "res.partner"

    crm_dashboard_kind = fields.Selection(
        [("customer", "Customer"), ("prospect", "Prospect")],
        compute="_compute_crm_dashboard_kind",
        compute_sudo=True,
        groups=READER_GROUPS,
        help="Customers have ordered or were invoiced, prospects have a quotation or "
        "an opportunity. Empty for everybody else.",
    )

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

    def action_open_crm_dashboard(self):
        """Open the Customer Dashboard as a page of its own."""
        self.ensure_one()
        action = self.env["ir.actions.client"]._for_xml_id(
            "crm_dashboards.crm_dashboard_action_customer"
        )
        return {**action, "context": {"active_id": self.id}}

    def _get_schedule_action(self):
        """Return Odoo's own dialog for an activity with these partners."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Schedule Activity"),
            "res_model": "mail.activity.schedule",
            "views": [(False, "form")],
            "target": "new",
            "context": {"active_model": "res.partner", "active_ids": self.ids},
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
