/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";

import {Component} from "@odoo/owl";

/** Whose customers the dashboard is about. */
export class ScopeMenu extends Component {
    static template = "crm_dashboards.ScopeMenu";
    static components = {Dropdown, DropdownItem};
    static props = {
        scopes: {
            type: Array,
            element: {
                type: Object,
                shape: {value: [String, Number], label: String},
            },
        },
        value: {type: [String, Number], optional: true},
        onSelect: Function,
    };

    get current() {
        const {scopes, value} = this.props;
        return scopes.find((scope) => scope.value === value)?.label || "";
    }
}
