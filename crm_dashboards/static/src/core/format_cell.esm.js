/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {getCurrency} from "@web/core/currency";
import {deserializeDate, deserializeDateTime} from "@web/core/l10n/dates";
import {localization} from "@web/core/l10n/localization";
import {_t} from "@web/core/l10n/translation";
import {roundDecimals} from "@web/core/utils/numbers";
import {
    formatDate,
    formatDateTime,
    formatFloat,
    formatInteger,
    formatMonetary,
} from "@web/views/fields/formatters";

/**
 * A number or text as the server sends it.
 *
 * @typedef {Object} Cell
 * @property {number | string | false} value false means that there is nothing to show
 * @property {"money" | "count" | "percent" | "days" | "date" | "datetime" | "text"} unit
 * @property {number} [currency_id] only with unit "money"
 */

const NOTHING = "—";

/**
 * From this amount on, cents are noise in a tile; the exact amount is one hover away.
 * The rule is that of the server's sentences, see `format_amount` in `tiles/words.py`.
 */
const WHOLE_UNITS_FROM = 10;

/** Shares below this one are told apart by a decimal only. */
const DECIMAL_BELOW = 0.1;

/**
 * A minus is longer than a hyphen, and stands before the currency; a mark keeps it there
 * where words run from right to left.
 */
export function addSign(value, words) {
    const mark = localization.direction === "rtl" ? "\u200e" : "";
    return value < 0 ? `${mark}\u2212${words}` : words;
}

function getDecimals(currencyId) {
    return getCurrency(currencyId)?.digits?.[1] ?? 2;
}

function formatMoney({value, currency_id}, exact) {
    const amount = roundDecimals(Math.abs(value), getDecimals(currency_id));
    const rounded = !exact && (amount >= WHOLE_UNITS_FROM || Number.isInteger(amount));
    const words = formatMonetary(amount, {
        currencyId: currency_id,
        digits: rounded ? [16, 0] : undefined,
    });
    return addSign(amount && value, words);
}

function formatShare({value}, exact) {
    const share = Math.abs(value);
    const decimals = exact || share < DECIMAL_BELOW ? 1 : 0;
    const number = formatFloat(100 * share, {
        digits: [16, decimals],
        trailingZeros: false,
    });
    return addSign(value, _t("%(number)s%", {number}));
}

function formatDays({value}) {
    const count = formatInteger(value);
    return value === 1 ? _t("1 day") : _t("%(count)s days", {count});
}

/**
 * @param {luxon.DateTime} date
 * @returns {luxon.DateTime} the same in the digits of the server's words and of all
 *     other numbers, which are these also where the language has digits of its own
 */
export function inPlainDigits(date) {
    return date.reconfigure({numberingSystem: "latn"});
}

const FORMATTERS = {
    money: formatMoney,
    count: ({value}) => formatInteger(value),
    percent: formatShare,
    days: formatDays,
    date: ({value}) => formatDate(inPlainDigits(deserializeDate(value))),
    datetime: ({value}) =>
        formatDateTime(inPlainDigits(deserializeDateTime(value)), {showSeconds: false}),
    text: ({value}) => value,
};

/**
 * @param {Cell | undefined} cell
 * @param {{exact?: boolean}} [options] exact: every decimal of the amount or share
 * @returns {string}
 */
export function formatCell(cell, {exact = false} = {}) {
    if (!cell || cell.value === false || cell.value === null) {
        return NOTHING;
    }
    const format = FORMATTERS[cell.unit] || FORMATTERS.text;
    return String(format(cell, exact));
}

/**
 * @param {number} share
 * @returns {string} the share in whole percents
 */
export function formatWholeShare(share) {
    return formatCell({value: Math.round(100 * share) / 100, unit: "percent"});
}

/**
 * @param {Cell | undefined} cell
 * @returns {string} the exact value when the tile shows a rounded one, else ""
 */
export function exactHint(cell) {
    const exact = formatCell(cell, {exact: true});
    return exact === formatCell(cell) ? "" : exact;
}
