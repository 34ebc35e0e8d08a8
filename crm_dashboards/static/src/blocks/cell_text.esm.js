/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {Component, xml} from "@odoo/owl";

import {exactHint, formatCell} from "../core/format_cell.esm";
import {cellShape} from "./block_props.esm";

/** A cell as text; the exact value of a rounded one appears on hover. */
export class CellText extends Component {
    static template = xml`
        <span class="o_crm_dashboards_cell" t-att-data-tooltip="hint" t-esc="text"/>`;
    static props = {cell: cellShape};

    get text() {
        return formatCell(this.props.cell);
    }

    get hint() {
        return exactHint(this.props.cell) || undefined;
    }
}
