/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {Component} from "@odoo/owl";

export const WIDTH = 80;
export const HEIGHT = 24;
/** Room for the dot at the end, also at the top and at the bottom. */
const MARGIN = 3;

/** Values over time as a small line on a base of 0, with a dot on the last one. */
export class Sparkline extends Component {
    static template = "crm_dashboards.Sparkline";
    static props = {
        spark: {
            type: Object,
            shape: {
                values: {type: Array, element: Number},
                label: String,
                tone: {type: [String, Boolean], optional: true},
            },
        },
    };

    viewBox = `0 0 ${WIDTH} ${HEIGHT}`;

    get places() {
        const {values} = this.props.spark;
        const low = Math.min(0, ...values);
        const range = Math.max(0, ...values) - low || 1;
        const step = (WIDTH - 2 * MARGIN) / Math.max(1, values.length - 1);
        return values.map((value, index) => ({
            x: Number((MARGIN + index * step).toFixed(2)),
            y: Number(
                (
                    HEIGHT -
                    MARGIN -
                    ((value - low) / range) * (HEIGHT - 2 * MARGIN)
                ).toFixed(2)
            ),
        }));
    }

    get points() {
        return this.places.map(({x, y}) => `${x},${y}`).join(" ");
    }

    get last() {
        return this.places.at(-1);
    }
}
