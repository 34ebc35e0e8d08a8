from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools.safe_eval import safe_eval


class CrmDashboardTile(models.Model):
    """What a click on a tile opens."""

    _inherit = "crm.dashboard.tile"

    @api.model
    def _get_report_action(self, action, domain=Domain.TRUE, **context):
        """Return ``action`` (record or XML id) with a fixed domain and facets.

        :param domain: only company or customer; what a user may take away is a
            ``search_default_*`` of ``context``, which replace those of ``action``
        """
        xmlid = (
            action
            if isinstance(action, str)
            else action.sudo().get_external_id()[action.id]
        )
        values = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        values["domain"] = list(domain)
        own = safe_eval(values["context"], {"uid": self.env.uid})
        kept = {
            key: value
            for key, value in own.items()
            if not key.startswith("search_default_")
        }
        values["context"] = {**kept, **context}
        return values

    @api.model
    def _get_manager_facets(self, scope, manager_field="account_manager_id"):
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

    @api.model
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
            and key in allowed
            and allowed[key](value)
        )
        if not declared:
            raise ValidationError(self.env._("This part of the tile cannot be opened."))
        return key, value
