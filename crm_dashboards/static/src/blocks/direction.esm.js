/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {_t} from "@web/core/l10n/translation";

import {Component, xml} from "@odoo/owl";

const SYMBOLS = {up: "▲", down: "▼", level: "▬"};
const LABELS = {up: _t("up"), down: _t("down"), level: _t("level")};

/** Whether something went up, down or stayed level. */
export class Direction extends Component {
    static template = xml`
        <span
            class="o_crm_dashboards_direction"
            role="img"
            t-att-data-direction="props.direction"
            t-att-aria-label="label"
            t-esc="symbol"
        />`;
    static props = {
        direction: {
            type: String,
            validate: (direction) => direction in SYMBOLS,
        },
    };

    get symbol() {
        return SYMBOLS[this.props.direction];
    }

    get label() {
        return LABELS[this.props.direction];
    }
}
