/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {formatInteger} from "@web/views/fields/formatters";

import {Component} from "@odoo/owl";

/** Views of one thing, of which one is chosen. */
export class Tabs extends Component {
    static template = "crm_dashboards.Tabs";
    static props = {
        label: String,
        tabs: {
            type: Array,
            element: {
                type: Object,
                shape: {
                    key: String,
                    label: String,
                    count: {type: [Number, Boolean], optional: true},
                    active: {type: Boolean, optional: true},
                },
            },
        },
        onTab: Function,
    };

    hasCount({count}) {
        return typeof count === "number";
    }

    formatCount(count) {
        return formatInteger(count);
    }

    onClick({key, active}) {
        if (!active) {
            this.props.onTab(key);
        }
    }
}
