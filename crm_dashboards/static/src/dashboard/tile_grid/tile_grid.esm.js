/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {_t} from "@web/core/l10n/translation";
import {useSortable} from "@web/core/utils/sortable_owl";

import {Component, onPatched, useRef, useState} from "@odoo/owl";

import {DashboardController} from "../dashboard_controller.esm";
import {Tile} from "../tile/tile.esm";
import {TileTools} from "../tile_tools/tile_tools.esm";

/** The tiles of a dashboard on a grid of twelve columns, which the user may arrange. */
export class TileGrid extends Component {
    static template = "crm_dashboards.TileGrid";
    static components = {Tile, TileTools};
    static props = {controller: DashboardController};

    setup() {
        this.controller = useState(this.props.controller);
        this.state = useState({announcement: ""});
        this.grid = useRef("grid");
        this.toFocus = null;
        useSortable({
            ref: this.grid,
            enable: () => this.controller.isCustomizing,
            elements: ".o_crm_dashboards_tile",
            handle: ".o_crm_dashboards_handle",
            cursor: "grabbing",
            // The handle is there for dragging only: a finger need not wait on it.
            touchDelay: 0,
            onDrop: ({element, previous}) =>
                this.controller.place(element.dataset.tile, previous?.dataset.tile),
        });
        // A button that moves with its tile loses the focus on the way.
        onPatched(() => {
            if (this.toFocus) {
                this.grid.el.querySelector(this.toFocus).focus();
                this.toFocus = null;
            }
        });
    }

    /**
     * @param {Object} tile
     * @param {-1 | 1} step
     */
    async onMove(tile, step) {
        const saved = this.controller.move(tile.code, step);
        this.toFocus = `[data-tile="${tile.code}"] [data-move="${step}"]`;
        const {tiles} = this.controller;
        this.state.announcement = _t("%(tile)s is now tile %(place)s of %(count)s.", {
            tile: this.controller.getTitle(tile),
            place: tiles.findIndex(({code}) => code === tile.code) + 1,
            count: tiles.length,
        });
        await saved;
    }

    async onHide(tile) {
        const saved = this.controller.hide(tile.code);
        this.state.announcement = _t("%(tile)s is hidden.", {
            tile: this.controller.getTitle(tile),
        });
        await saved;
    }
}
