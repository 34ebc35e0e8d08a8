# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.tools import SQL, LazyTranslate

from .. import blocks
from ..words import format_bytes, format_count

_lt = LazyTranslate(__name__)

LARGEST = 6
ADDONS = "crm_dashboards"


class CrmTileHealthStorage(models.AbstractModel):
    """How large the tables of the dashboards are, those of all companies together."""

    _name = "crm.tile.health_storage"
    _inherit = "crm.tile.health.mixin"
    _description = "Tile: Storage"
    _purpose = _lt("How much room the figures take.")

    def _get_content(self, scope):
        sizes = self._read_sizes()
        total = sum(size for _label, _rows, size in sizes)
        rows = tuple(
            blocks.Row(
                id=place,
                title=label,
                subtitle=self.env._(
                    "about %(count)s rows", count=format_count(self.env, count)
                )
                if count
                else "",
                cell=blocks.words(format_bytes(self.env, size)),
            )
            for place, (label, count, size) in enumerate(sizes[:LARGEST], start=1)
        )
        words = self.env._("All companies together, indexes included.")
        return self._ready(
            blocks.Note(format_bytes(self.env, total)),
            blocks.Rows(rows),
            blocks.Text(words),
        )

    def _read_sizes(self):
        """Return [(name, rows as PostgreSQL last counted, bytes)], largest first."""
        labels = {
            model._table: self.env["ir.model"].sudo()._get(model._name).name
            for model in self.env.values()
            if model._auto
            and not (model._abstract or model._transient)
            and (model._original_module or "").startswith(ADDONS)
        }
        rows = self.env.execute_query(
            SQL(
                """
                SELECT relname, GREATEST(reltuples, 0)::int8,
                       pg_total_relation_size(oid)
                  FROM pg_class
                 WHERE oid = ANY(
                       SELECT to_regclass(quote_ident(name))
                         FROM unnest(%s) AS name)
                 ORDER BY 3 DESC, 1
                """,
                list(labels),
            )
        )
        return [(labels[table], count, size) for table, count, size in rows]
