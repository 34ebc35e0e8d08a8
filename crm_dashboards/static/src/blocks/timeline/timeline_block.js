import {registry} from "@web/core/registry";

import {Component} from "@odoo/owl";

import {blockProps} from "../block_props";
import {CellText} from "../cell_text";
import {Drill} from "../drill/drill";

/** Things that happened or will happen, one below the other. */
export class TimelineBlock extends Component {
    static template = "crm_dashboards.TimelineBlock";
    static components = {CellText, Drill};
    static props = blockProps;

    moment({datetime}) {
        return {value: datetime, unit: "datetime"};
    }
}

registry.category("crm_dashboards.blocks").add("timeline", TimelineBlock);
