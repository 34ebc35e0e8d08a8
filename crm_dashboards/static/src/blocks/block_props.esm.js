/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

/**
 * What a tile gives to every block it draws.
 *
 * `block` is the block as the server sent it, `onDrill` opens what lies behind a clicked
 * thing and takes the `drill` that the thing carried, `onRowAction` takes the key of an
 * action and the id of its row.
 */
export const blockProps = {
    block: Object,
    onDrill: Function,
    onRowAction: {type: Function, optional: true},
};

/** Shape of a cell in props, see `format_cell.js`. */
export const cellShape = {
    type: Object,
    shape: {
        value: [String, Number, Boolean],
        unit: String,
        currency_id: {type: [Number, Boolean], optional: true},
    },
};

/**
 * @param {any} drill
 * @returns {boolean} whether there is something behind the thing that carries it
 */
export function hasDrill(drill) {
    return drill !== undefined && drill !== null && drill !== false;
}
