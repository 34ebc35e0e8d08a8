/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {_t} from "@web/core/l10n/translation";

import {Component} from "@odoo/owl";

import {formatCell} from "../core/format_cell.esm";
import {QuantityStepper} from "./quantity_stepper.esm";

/** One product of the usual order. */
export class UsualOrderRow extends Component {
    static template = "crm_dashboards.UsualOrderRow";
    static components = {QuantityStepper};
    static props = {
        line: Object,
        currencyId: Number,
        digits: Number,
        onToggle: Function,
        onQuantity: Function,
    };

    get line() {
        return this.props.line;
    }

    get price() {
        return this.format(this.line.unit_price);
    }

    get subtotal() {
        return this.line.ticked ? this.format(this.line.subtotal) : "–";
    }

    /** What the price is compared with: the last one, and the list's. */
    get priceNotes() {
        const {last_price, discount} = this.line;
        const notes = [];
        if (last_price !== false) {
            notes.push(_t("was %(price)s", {price: this.format(last_price)}));
        }
        if (discount > 0) {
            const cell = {value: discount / 100, unit: "percent"};
            const share = formatCell(cell, {exact: true});
            notes.push(_t("%(share)s off", {share}));
        }
        return notes;
    }

    get stepperLabel() {
        return _t("Quantity of %(product)s", {product: this.line.name});
    }

    format(value) {
        const cell = {value, unit: "money", currency_id: this.props.currencyId};
        return formatCell(cell, {exact: true});
    }
}
