from odoo import api, models
from odoo.fields import Domain

from ..analytics.rfm import SEGMENT_GRID, SEGMENT_SHORT, SEGMENTS, SMALLEST_POPULATION
from . import blocks

FEW_CUSTOMERS = 50  # ranks of so few say little


class CrmDashboardTile(models.Model):
    _inherit = "crm.dashboard.tile"

    @api.model
    def _get_metric_domain(self, scope):
        """Return the domain of the customers of ``scope`` with stored figures."""
        return Domain("company_id", "=", self.env.company.id) & scope.get_domain(
            self.env, "user_id"
        )

    @api.model
    def _tile_rfm(self, scope):
        """The ten segments on a grid of recency and frequency-monetary score."""
        metric = self.env["crm.customer.metric"]
        domain = self._get_metric_domain(scope)
        groups = metric._read_group(
            domain & Domain("segment", "!=", False),
            ["segment"],
            ["__count", "order_value:sum"],
        )
        left_out = self._get_left_out_text(domain)
        if not groups:
            return self._empty(
                f"{self._get_no_segments_reason(domain)} {left_out}".rstrip()
            )
        figures = {segment: (number, value) for segment, number, value in groups}
        total = sum(number for number, _value in figures.values())
        words = [left_out] if left_out else []
        if total <= FEW_CUSTOMERS:
            words.append(
                self.env._("With %(count)s customers, ranks say little.", count=total)
            )
        all_customers = (
            self.env._("1 customer")
            if total == 1
            else self.env._(
                "%(count)s customers", count=blocks.format_count(self.env, total)
            )
        )
        return self._ready(
            blocks.note(all_customers, blocks.drill("all")),
            self._get_rfm_grid(figures),
            *([blocks.text(" ".join(words))] if words else []),
        )

    @api.model
    def _get_rfm_grid(self, figures):
        """Return the grid block.

        :param figures: {segment: (customers, value)}
        """
        currency = self.env.company.currency_id
        labels = dict(
            self.env["crm.customer.metric"]
            ._fields["segment"]
            ._description_selection(self.env)
        )
        areas = []
        for segment in SEGMENTS:
            number, value = figures.get(segment, (0, 0.0))
            columns, rows = self._get_segment_place(segment)
            areas.append(
                {
                    "key": segment,
                    "segment": segment,
                    "label": labels[segment],
                    "short": SEGMENT_SHORT[segment],
                    "cells": {
                        "count": blocks.count(number),
                        "value": blocks.money(value, currency),
                    },
                    "column": columns,
                    "row": rows,
                    "drill": blocks.drill("segment", segment),
                }
            )
        return {
            "type": "grid",
            "columns": 5,
            "rows": 5,
            "column_label": self.env._("frequency and value"),
            "row_label": self.env._("recency"),
            "switch": [
                {"key": "count", "label": self.env._("Customers")},
                {"key": "value", "label": self.env._("Value")},
            ],
            "areas": areas,
        }

    @api.model
    def _get_segment_place(self, segment):
        """Return the columns and rows, first and last, that a segment covers."""
        cells = [
            (column, row)
            for row, segments in enumerate(SEGMENT_GRID, start=1)
            for column, name in enumerate(segments, start=1)
            if name == segment
        ]
        columns, rows = zip(*cells, strict=True)
        return [min(columns), max(columns)], [min(rows), max(rows)]

    @api.model
    def _get_left_out_text(self, domain):
        """Say who is left out of the segments and why, empty if nobody is."""
        without_segment = domain & (
            Domain("left_out_reason", "!=", False)
            | Domain("last_order_date", "=", False)
        )
        groups = self.env["crm.customer.metric"]._read_group(
            without_segment, ["left_out_reason"], ["__count"]
        )
        if not groups:
            return ""
        words = {
            False: self.env._("never ordered"),
            "individual": self.env._("individuals"),
            "never_invoiced": self.env._("never invoiced"),
            "excluded": self.env._("left out by hand"),
        }
        parts = [
            self.env._("1 individual")
            if (reason, number) == ("individual", 1)
            else f"{blocks.format_count(self.env, number)} {words[reason]}"
            for reason, number in groups
        ]
        return self.env._("Left out: %(reasons)s.", reasons=", ".join(parts))

    @api.model
    def _get_no_segments_reason(self, domain):
        if not self._get_refresh().as_of:
            return self.env._(
                "Segments are computed each night. The first ones follow soon."
            )
        if self.env["crm.customer.metric"].search_count(
            domain & Domain("left_out_reason", "=", False), limit=1
        ):
            return self.env._(
                "Too few customers to compare: segments need at least %(count)s.",
                count=SMALLEST_POPULATION,
            )
        return self.env._("No customers with an order here.")

    @api.model
    def _open_rfm(self, scope, drill):
        """Open the customers of one segment, or all."""
        _key, value = self._check_drill(
            drill,
            all=lambda value: value is True,
            segment=lambda value: value in SEGMENTS,
        )
        facets = {"search_default_segment": value} if value in SEGMENTS else {}
        return self._get_report_action(
            "crm_dashboards.crm_customer_metric_action_rfm_report",
            Domain("company_id", "=", self.env.company.id),
            search_default_ranked=1,
            **self._get_manager_facets(scope, "user_id"),
            **facets,
        )
