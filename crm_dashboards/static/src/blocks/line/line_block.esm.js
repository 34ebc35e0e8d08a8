/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {registry} from "@web/core/registry";

import {Component, xml} from "@odoo/owl";

import {LineChart} from "../../chart/line_chart.esm";
import {blockProps} from "../block_props.esm";
import {getSeriesLegend} from "../chart/chart_block.esm";

/** What something comes to on its way through a period, and through another. */
export class LineBlock extends Component {
    static template = xml`<LineChart block="props.block" onDrill="props.onDrill" />`;
    static components = {LineChart};
    static props = blockProps;

    static getLegend(block) {
        return getSeriesLegend(block);
    }
}

registry.category("crm_dashboards.blocks").add("line", LineBlock);
