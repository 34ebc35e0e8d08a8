/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {Component, useState} from "@odoo/owl";

import {DashboardController} from "../dashboard_controller.esm";

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
