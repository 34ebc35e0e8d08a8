from odoo import fields, models
from odoo.tools import SQL

from .record_action import open_record

KINDS = {
    "visit": "Visit",
    "call": "Call",
    "meeting": "Meeting",
    "email": "E-mail",
    "other": "Other",
}


class CrmEngagement(models.Model):
    """Engagements in the few kinds that one counts."""

    _inherit = "crm.engagement"
    _depends = {"mail.activity.type": ["category"]}

    kind = fields.Selection(list(KINDS.items()), readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT engagement.*,
                   CASE WHEN type.id = %(visit)s THEN 'visit'
                        WHEN type.category = 'phonecall' THEN 'call'
                        WHEN type.category = 'meeting' THEN 'meeting'
                        WHEN type.id = %(email)s THEN 'email'
                        ELSE 'other' END AS kind
              FROM (%(engagements)s) engagement
              JOIN mail_activity_type type ON type.id = engagement.activity_type_id
            """,
            visit=self._get_type_id("crm_dashboards.mail_activity_type_visit"),
            email=self._get_type_id("mail.mail_activity_data_email"),
            engagements=super()._table_query,
        )

    def action_open_document(self):
        """Open what the engagement was noted on, if the user may read it."""
        self.ensure_one()
        return open_record(self.env[self.res_model].browse(self.res_id))
