import {Component, useState} from "@odoo/owl";

import {DashboardController} from "../dashboard_controller";

/** Shown while the user arranges the tiles: those hidden, and the way back. */
export class CustomizeBar extends Component {
    static template = "crm_dashboards.CustomizeBar";
    static props = {controller: DashboardController};

    setup() {
        this.controller = useState(this.props.controller);
    }

    onDone() {
        this.controller.isCustomizing = false;
    }
}
