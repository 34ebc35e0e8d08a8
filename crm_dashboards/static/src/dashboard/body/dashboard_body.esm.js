/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {useBus} from "@web/core/utils/hooks";

import {Component, useState} from "@odoo/owl";

import {UNDONE} from "@crm_dashboards/loader/answer_action.esm";

import {CustomerBar} from "../customer_bar/customer_bar.esm";
import {CustomizeBar} from "../customize_bar/customize_bar.esm";
import {DashboardController} from "../dashboard_controller.esm";
import {MissingTiles} from "../missing_tiles/missing_tiles.esm";
import {ReadingNotice} from "../reading_notice/reading_notice.esm";
import {SetupPanel} from "../setup_panel/setup_panel.esm";
import {StartOffer} from "../start_offer/start_offer.esm";
import {TileGrid} from "../tile_grid/tile_grid.esm";

/** All of a dashboard below its header. */
export class DashboardBody extends Component {
    static template = "crm_dashboards.DashboardBody";
    static components = {
        CustomerBar,
        CustomizeBar,
        MissingTiles,
        ReadingNotice,
        SetupPanel,
        StartOffer,
        TileGrid,
    };
    static props = {
        controller: DashboardController,
        slots: {type: Object, optional: true},
    };

    setup() {
        this.controller = useState(this.props.controller);
        useBus(this.env.bus, UNDONE, ({detail}) => {
            detail.isHandled = true;
            this.controller.loadLists();
        });
    }

    /** @returns {boolean} whether there is no header but the bar, as in a form */
    get isWholeHeader() {
        return Boolean(this.props.slots?.tools);
    }
}
