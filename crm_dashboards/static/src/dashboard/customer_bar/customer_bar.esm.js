/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {browser} from "@web/core/browser/browser";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";

import {Component, useState} from "@odoo/owl";

import {CustomerController} from "../customer_controller.esm";
import {CustomerBadge} from "./customer_badge.esm";

/** What can be done for the customer, above the tiles. */
export class CustomerBar extends Component {
    static template = "crm_dashboards.CustomerBar";
    static components = {CustomerBadge, Dropdown, DropdownItem};
    static props = {
        controller: CustomerController,
        isWholeHeader: Boolean,
        slots: {type: Object, optional: true},
    };

    setup() {
        this.controller = useState(this.props.controller);
    }

    get header() {
        return this.controller.header;
    }

    /** @returns {Object | false} how to reach the customer at once */
    get reach() {
        const [first] = this.header.actions;
        return Boolean(first?.href) && first;
    }

    /** @returns {Object[]} what else can be done */
    get others() {
        return this.header.actions.slice(this.reach ? 1 : 0);
    }

    /** @returns {string | false} whose sales the figures add up */
    get salesHint() {
        return this.controller.scope.all_sales && this.header.toggle.hint;
    }

    /** An item of a dropdown cannot be a link of its own. */
    onSelected({key, href}) {
        if (href) {
            browser.open(href, "_self");
        } else {
            this.controller.runAction(key);
        }
    }
}
