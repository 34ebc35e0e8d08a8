/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {registry} from "@web/core/registry";

import {Component} from "@odoo/owl";

import {CellText} from "../cell_text.esm";
import {blockProps} from "../block_props.esm";
import {Drill} from "../drill/drill.esm";

/** A few words beside the title of a tile. */
export class NoteBlock extends Component {
    static template = "crm_dashboards.NoteBlock";
    static components = {CellText, Drill};
    static props = blockProps;
}

registry.category("crm_dashboards.blocks").add("note", NoteBlock);
