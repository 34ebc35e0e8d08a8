/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

/** Steps that the tours of the dashboards share. */

/** Selector of the tiles, once all of them have their figures. */
export const ALL_LOADED = ".o_crm_dashboards_grid:not(:has([aria-busy=true]))";

/**
 * @param {string} code of a tile
 * @returns {string} selector of the tile, once all tiles have their figures
 */
export function loadedTile(code) {
    return `${ALL_LOADED} [data-tile=${code}][data-state=ready]`;
}

export function waitForTile(code) {
    return {content: `The tile ${code} has its figures`, trigger: loadedTile(code)};
}

/**
 * @param {string} code of the tile to wait for
 */
export function backToDashboard(code) {
    return [
        {
            content: "Back to the dashboard",
            trigger: ".o_back_button a",
            run: "click",
        },
        waitForTile(code),
    ];
}

/**
 * @param {string} code of the tile
 * @param {string} tab
 */
export function chooseTab(code, tab) {
    const tile = `${ALL_LOADED} [data-tile=${code}]`;
    return [
        {
            content: `Choose the tab ${tab} of ${code}`,
            trigger: `${tile} [data-tab=${tab}]`,
            run: "click",
        },
        {
            content: `The tile shows the tab ${tab}`,
            trigger: `${tile}:is([data-state=ready], [data-state=empty]) [data-tab=${tab}][aria-pressed=true]`,
        },
    ];
}

/**
 * A click on a button of a row opens its dialog, which is closed again.
 *
 * @param {string} code of the tile
 * @param {string} action
 */
export function tryRowAction(code, action) {
    const row = `${loadedTile(code)} .o_crm_dashboards_row:has([data-action=${action}])`;
    return [
        {
            content: "The buttons of a row come with the focus",
            trigger: `${row} .o_crm_dashboards_row_title`,
            run() {
                this.anchor.focus();
            },
        },
        {
            content: `Press ${action}`,
            trigger: `${row}:focus-within [data-action=${action}]`,
            run: "click",
        },
        {
            content: "Its dialog opens",
            trigger: ".modal .o_form_view",
        },
        {
            content: "Close the dialog",
            trigger: ".modal .modal-header .btn-close",
            run: "click",
        },
        {content: "The dialog is gone", trigger: "body:not(:has(.modal))"},
        waitForTile(code),
    ];
}
