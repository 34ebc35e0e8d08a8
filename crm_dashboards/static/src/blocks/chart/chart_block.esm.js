/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

import {Component, xml} from "@odoo/owl";

import {BarChart} from "../../chart/bar_chart.esm";
import {Doughnut} from "../../chart/doughnut.esm";
import {blockProps} from "../block_props.esm";

const CHARTS = {bar: BarChart, doughnut: Doughnut};

/**
 * @param {{series?: string[]}} block
 * @returns {{label: string, swatch: string}[]} names of two series, nothing of one
 */
export function getSeriesLegend({series}) {
    if (!series?.length) {
        return [];
    }
    const [label, previous] = series;
    return [
        {label, swatch: "bar"},
        {label: previous, swatch: "previous"},
    ];
}

/** A chart of the kind that the block asks for. */
export class ChartBlock extends Component {
    static template = xml`
        <t
            t-if="Chart"
            t-component="Chart"
            block="props.block"
            onDrill="props.onDrill"
        />`;
    static props = blockProps;

    static getHint({kind}) {
        return kind === "bar" ? _t("drag to zoom") : "";
    }

    /** Two rows of bars need words that tell them apart. */
    static getLegend(block) {
        return block.kind === "bar" ? getSeriesLegend(block) : [];
    }

    get Chart() {
        return CHARTS[this.props.block.kind];
    }
}

registry.category("crm_dashboards.blocks").add("chart", ChartBlock);
