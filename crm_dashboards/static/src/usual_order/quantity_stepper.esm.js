/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {formatFloat} from "@web/views/fields/formatters";
import {parseFloat} from "@web/views/fields/parsers";

import {Component} from "@odoo/owl";

/** A quantity with a button for one less and one for one more. */
export class QuantityStepper extends Component {
    static template = "crm_dashboards.QuantityStepper";
    static props = {
        quantity: Number,
        digits: Number,
        label: String,
        hint: String,
        onChange: Function,
    };

    get text() {
        const {quantity, digits} = this.props;
        return formatFloat(quantity, {digits: [16, digits], trailingZeros: false});
    }

    get canDecrease() {
        return this.props.quantity > 1;
    }

    step(change) {
        this.props.onChange(this.round(this.props.quantity + change));
    }

    /** What is no quantity is forgotten. */
    onInput({target}) {
        let quantity = NaN;
        try {
            quantity = this.round(parseFloat(target.value));
        } catch {
            // Not a number of this language.
        }
        if (quantity > 0 && quantity !== this.props.quantity) {
            this.props.onChange(quantity);
        } else {
            target.value = this.text;
        }
    }

    round(quantity) {
        return Number(quantity.toFixed(this.props.digits));
    }
}
