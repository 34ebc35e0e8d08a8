/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {registry} from "@web/core/registry";

import {Component} from "@odoo/owl";

import {blockProps} from "../block_props.esm";
import {CellText} from "../cell_text.esm";
import {Direction} from "../direction.esm";
import {Drill} from "../drill/drill.esm";

/** One or more figures, each with the words that say what it counts. */
export class FigureBlock extends Component {
    static template = "crm_dashboards.FigureBlock";
    static components = {CellText, Direction, Drill};
    static props = blockProps;

    figureClass({size = "normal", tone}) {
        const toneClass = tone ? `o_crm_dashboards_tone_${tone}` : "";
        return `o_crm_dashboards_figure_${size} ${toneClass}`;
    }
}

registry.category("crm_dashboards.blocks").add("figure", FigureBlock);
