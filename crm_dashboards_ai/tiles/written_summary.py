from odoo import api, models

TILE = "customer_sales_trend"


class CrmDashboardTile(models.Model):
    """The summary of a customer's figures, written by a model."""

    _inherit = "crm.dashboard.tile"

    @api.model
    def _get_summary(self, metric):
        """Have the browser ask for the model's words, once those by rules are drawn."""
        blocks = super()._get_summary(metric)
        if not self.env["crm.written.summary"]._get_endpoint():
            return blocks
        summary = {
            "customer_id": metric.partner_id.id,
            "source_label": self._get_rules_label(),
        }
        return [{**block, "summary": summary} for block in blocks]

    @api.model
    def write_summary(self, customer_id):
        """Return the written summary of a customer, by a model if there is one.

        It may take as long as the model may, so the tiles do not wait for it.

        :param int customer_id: a partner, maybe a contact of the customer
        :return: ``{text, source_label, generated}``; text False for those who may
            not see the customer's stored figures
        """
        self._check_dashboard_access()
        scope = self._parse_dashboard_scope("customer", {"customer_id": customer_id})
        self._get_tile(TILE)
        metric = self._get_customer_metric(scope)
        if not metric:
            return {"text": False, "source_label": False, "generated": False}
        # What is kept is nobody's to read; the figures are read as the user.
        summary = self.env["crm.written.summary"].sudo()
        endpoint = summary._get_endpoint()
        text = endpoint and summary._write_summary(metric, endpoint)
        if not text:
            return {
                "text": metric._get_narrative(),
                "source_label": self._get_rules_label(),
                "generated": False,
            }
        return {
            "text": text,
            "source_label": self.env._("Written by %(model)s", model=endpoint.model),
            "generated": True,
        }

    @api.model
    def _get_rules_label(self):
        return self.env._("By rules")
