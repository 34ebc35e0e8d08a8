/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";

import {Component} from "@odoo/owl";

const choice = {value: String, label: String};

/** Of which period the dashboard shows documents, and with what it compares them. */
export class PeriodMenu extends Component {
    static template = "crm_dashboards.PeriodMenu";
    static components = {Dropdown, DropdownItem};
    static props = {
        periods: {
            type: Array,
            element: {
                type: Object,
                shape: {
                    ...choice,
                    comparisons: {
                        type: Array,
                        element: {type: Object, shape: choice},
                    },
                },
            },
        },
        period: {type: String, optional: true},
        comparison: {type: String, optional: true},
        onSelect: Function,
    };

    get current() {
        const {periods, period} = this.props;
        return periods.find(({value}) => value === period) || periods[0];
    }

    /** Some periods can be compared in one way only, whatever others are compared with. */
    get currentComparison() {
        const {comparisons} = this.current;
        const {comparison} = this.props;
        return comparisons.find(({value}) => value === comparison) || comparisons[0];
    }

    /** @returns {Object} what tells a screen reader which of the items is chosen */
    getAttributes(isChosen) {
        return {role: "menuitemradio", "aria-checked": isChosen ? "true" : "false"};
    }
}
