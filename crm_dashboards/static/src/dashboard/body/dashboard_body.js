import {Component, useState} from "@odoo/owl";

import {CustomerBar} from "../customer_bar/customer_bar";
import {CustomizeBar} from "../customize_bar/customize_bar";
import {DashboardController} from "../dashboard_controller";
import {MissingTiles} from "../missing_tiles/missing_tiles";
import {TileGrid} from "../tile_grid/tile_grid";

/** All of a dashboard below its header. */
export class DashboardBody extends Component {
    static template = "crm_dashboards.DashboardBody";
    static components = {CustomerBar, CustomizeBar, MissingTiles, TileGrid};
    static props = {
        controller: DashboardController,
        slots: {type: Object, optional: true},
    };

    setup() {
        this.controller = useState(this.props.controller);
    }

    /** @returns {boolean} whether there is no header but the bar, as in a form */
    get isWholeHeader() {
        return Boolean(this.props.slots?.tools);
    }
}
