/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {Component} from "@odoo/owl";

const MOST_CHIPS = 3;

/** Reasons beside each other, each in its own words; those without room are counted. */
export class Chips extends Component {
    static template = "crm_dashboards.Chips";
    static props = {
        chips: {type: Array, element: Object},
        status: {type: [String, Boolean], optional: true},
    };

    get shown() {
        return this.props.chips.slice(0, MOST_CHIPS);
    }

    get others() {
        return this.props.chips.slice(MOST_CHIPS);
    }

    get othersText() {
        return this.others.map(({text}) => text).join(" · ");
    }
}
