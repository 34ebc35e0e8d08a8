/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {formatFloat, formatMonetary} from "@web/views/fields/formatters";

import {addSign, formatCell} from "../core/format_cell.esm";

/** Units whose ticks are shortened to "20k" rather than written out. */
const SHORTENED = ["money", "count"];

/**
 * As few decimals as tell two neighbouring ticks apart once they are shortened.
 *
 * @param {number} step distance of two ticks
 * @param {number} highest highest tick
 * @returns {number}
 */
export function tickDecimals(step, highest) {
    const thousands = Math.max(0, Math.floor(Math.log10(Math.max(highest, 1)) / 3));
    const shortenedStep = step / 1000 ** thousands;
    return Math.abs(shortenedStep - Math.round(shortenedStep)) < 1e-6 ? 0 : 1;
}

/**
 * @param {{unit: string, currency_id?: number}} kind of the cells
 * @returns {(value: number, index: number, ticks: {value: number}[]) => string}
 */
export function getTickFormatter({unit, currency_id: currencyId}) {
    if (!SHORTENED.includes(unit)) {
        return (value) => formatCell({value, unit});
    }
    const isMoney = unit === "money";
    return (value, index, ticks) => {
        const highest = Math.max(...ticks.map((tick) => Math.abs(tick.value)));
        const step = ticks.length > 1 ? ticks[1].value - ticks[0].value : highest;
        const decimals = value === 0 ? 0 : tickDecimals(step, highest);
        const options = {humanReadable: true, currencyId, digits: [16, decimals]};
        if (isMoney && value !== 0) {
            return addSign(value, formatMonetary(Math.abs(value), options));
        }
        return formatFloat(value, {humanReadable: true, decimals});
    };
}
