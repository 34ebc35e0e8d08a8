import {Component, useState} from "@odoo/owl";

import {DashboardController} from "../dashboard_controller";
import {Tile} from "../tile/tile";

/** The tiles of a dashboard on a grid of twelve columns. */
export class TileGrid extends Component {
    static template = "crm_dashboards.TileGrid";
    static components = {Tile};
    static props = {controller: DashboardController};

    setup() {
        this.controller = useState(this.props.controller);
    }
}
