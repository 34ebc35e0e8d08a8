/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {registry} from "@web/core/registry";

import {Component} from "@odoo/owl";

import {Sparkline} from "../../core/sparkline.esm";
import {blockProps} from "../block_props.esm";
import {CellText} from "../cell_text.esm";
import {Direction} from "../direction.esm";
import {Drill} from "../drill/drill.esm";

/** A few figures side by side, each with what it is and a remark. */
export class StripBlock extends Component {
    static template = "crm_dashboards.StripBlock";
    static components = {CellText, Direction, Drill, Sparkline};
    static props = blockProps;

    toneClass(tone) {
        return tone ? `o_crm_dashboards_tone_${tone}` : "";
    }
}

registry.category("crm_dashboards.blocks").add("strip", StripBlock);
