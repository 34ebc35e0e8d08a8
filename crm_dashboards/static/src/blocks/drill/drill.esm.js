/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {Component} from "@odoo/owl";

import {hasDrill} from "../block_props.esm";

/** Its content, as a button when something lies behind it, else as plain text. */
export class Drill extends Component {
    static template = "crm_dashboards.Drill";
    static props = {
        class: {type: String, optional: true},
        drill: {optional: true},
        label: {type: String, optional: true},
        onDrill: Function,
        slots: Object,
        style: {type: String, optional: true},
    };

    get isButton() {
        return hasDrill(this.props.drill);
    }
}
