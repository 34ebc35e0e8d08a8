/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {registry} from "@web/core/registry";

import {Component} from "@odoo/owl";

import {formatWholeShare} from "../../core/format_cell.esm";
import {blockProps} from "../block_props.esm";
import {CellText} from "../cell_text.esm";
import {Drill} from "../drill/drill.esm";

/** Parts of a whole, as bars with their percentage. */
export class ShareBlock extends Component {
    static template = "crm_dashboards.ShareBlock";
    static components = {CellText, Drill};
    static props = blockProps;

    percentage(share) {
        return formatWholeShare(share);
    }

    barWidth(share) {
        return `width: ${Math.max(0, Math.min(1, share)) * 100}%`;
    }
}

registry.category("crm_dashboards.blocks").add("share", ShareBlock);
