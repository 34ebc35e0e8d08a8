# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dataclasses import dataclass
from typing import ClassVar

from odoo import models

from odoo.addons.crm_dashboards.tiles.blocks import Text
from odoo.addons.crm_dashboards.tiles.customer.narrative import (
    make_story,
    write_narrative,
)


@dataclass(frozen=True)
class WrittenSummary(Text):
    """A paragraph that the browser may have written anew by a model.

    ``code`` is that of the tile it stands on, ``source_label`` says who wrote it.
    """

    type: ClassVar[str] = "written_summary"
    code: str = ""
    customer_id: int = 0
    source_label: str = ""


class CrmTileCustomerSalesTrend(models.AbstractModel):
    """The summary of a customer's figures, written by a model."""

    _inherit = "crm.tile.customer_sales_trend"

    def _get_summary(self, scope, sales):
        """Have the browser ask for the model's words, once those by rules are drawn."""
        summary = super()._get_summary(scope, sales)
        if not self.env["crm.written.summary"]._get_endpoint():
            return summary
        return [
            WrittenSummary(
                text=block.text,
                tone=block.tone,
                code=self._get_code(),
                customer_id=scope.customer_id,
                source_label=self._get_rules_label(),
            )
            for block in summary
        ]

    def _write_summary(self, scope):
        """Return the written summary, see ``write_summary`` of crm.dashboard.tile."""
        metric = scope.metric
        if not metric:
            return {"text": False, "source_label": False, "generated": False}
        story = make_story(scope, self._sum_period_sales(scope))
        # What is kept is nobody's to read; the figures are read as the user.
        summary = self.env["crm.written.summary"].sudo()
        endpoint = summary._get_endpoint()
        text = endpoint and summary._write_summary(metric, story, endpoint)
        if not text:
            return {
                "text": write_narrative(story, self.env),
                "source_label": self._get_rules_label(),
                "generated": False,
            }
        return {
            "text": text,
            "source_label": self.env._("Written by %(model)s", model=endpoint.model),
            "generated": True,
        }

    def _get_rules_label(self):
        return self.env._("By rules")
