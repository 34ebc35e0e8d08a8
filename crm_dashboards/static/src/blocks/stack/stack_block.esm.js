/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {registry} from "@web/core/registry";

import {Component} from "@odoo/owl";

import {blockProps} from "../block_props.esm";
import {CellText} from "../cell_text.esm";
import {Drill} from "../drill/drill.esm";

/** Parts of a whole in one bar, told apart by a tone or by a level from good to bad. */
export class StackBlock extends Component {
    static template = "crm_dashboards.StackBlock";
    static components = {CellText, Drill};
    static props = blockProps;

    swatchClass({tone, level}) {
        const name = tone || `level_${level}`;
        return `o_crm_dashboards_swatch_${name}`;
    }

    /** Parts that came to nothing, or to less, take no room. */
    partStyle({share}) {
        return `flex-grow: ${Math.max(0, share)}`;
    }

    isDrawn({share}) {
        return share > 0;
    }
}

registry.category("crm_dashboards.blocks").add("stack", StackBlock);
