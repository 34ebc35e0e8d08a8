/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {Component} from "@odoo/owl";

/** Names and exact values of what the pointer is on. */
export class ChartTooltip extends Component {
    static template = "crm_dashboards.ChartTooltip";
    static props = {
        x: Number,
        y: Number,
        isOnLeft: {type: Boolean, optional: true},
        title: String,
        lines: {
            type: Array,
            element: {
                type: Object,
                shape: {label: {type: String, optional: true}, value: String},
            },
        },
    };
}
