import {registry} from "@web/core/registry";

import {Component} from "@odoo/owl";

import {blockProps} from "@crm_dashboards/blocks/block_props";
import {TextBlock} from "@crm_dashboards/blocks/text/text_block";

import {WrittenSummary} from "./written_summary";

/** A paragraph; a written summary is one that also says who wrote it. */
export class SummaryOrText extends Component {
    static template = "crm_dashboards_ai.SummaryOrText";
    static components = {TextBlock, WrittenSummary};
    static props = blockProps;
}

registry.category("crm_dashboards.blocks").add("text", SummaryOrText, {force: true});
