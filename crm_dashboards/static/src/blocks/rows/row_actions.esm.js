/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";

import {Component} from "@odoo/owl";

/** What can be done with a row: buttons, or a menu of them where a row has no room. */
export class RowActions extends Component {
    static template = "crm_dashboards.RowActions";
    static components = {Dropdown, DropdownItem};
    static props = {
        actions: {type: Array, element: Object},
        title: String,
        hasMenu: {type: Boolean, optional: true},
        onAction: Function,
    };
}
