import {registry} from "@web/core/registry";

import {Component} from "@odoo/owl";

import {CellText} from "../cell_text";
import {blockProps} from "../block_props";
import {Drill} from "../drill/drill";

/** A few words beside the title of a tile. */
export class NoteBlock extends Component {
    static template = "crm_dashboards.NoteBlock";
    static components = {CellText, Drill};
    static props = blockProps;
}

registry.category("crm_dashboards.blocks").add("note", NoteBlock);
