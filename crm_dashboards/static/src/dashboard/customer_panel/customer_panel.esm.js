/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {registry} from "@web/core/registry";

import {Component, onWillStart, useState} from "@odoo/owl";

import {DashboardBody} from "../body/dashboard_body.esm";
import {CustomerController, GLANCE} from "../customer_controller.esm";
import {LoadFailure} from "../load_failure/load_failure.esm";
import {DashboardTools} from "../tools/dashboard_tools.esm";
import {useDashboardServices} from "../use_dashboard_services.esm";

/** Tiles below a form that shows above its fields what matters most. */
class PanelController extends CustomerController {
    get tiles() {
        return super.tiles.filter(({code}) => code !== GLANCE);
    }

    get shownCodes() {
        return super.shownCodes.filter((code) => code !== GLANCE);
    }
}

/** The dashboard of a customer as a part of a form. */
export class CustomerPanel extends Component {
    static template = "crm_dashboards.CustomerPanel";
    static components = {DashboardBody, DashboardTools, LoadFailure};
    static props = {customerId: Number};

    setup() {
        this.controller = useState(
            new PanelController(useDashboardServices(), this.props.customerId)
        );
        // Not awaited: the form must not wait for its dashboard.
        onWillStart(() => void this.controller.load());
    }
}

registry.category("lazy_components").add("crm_dashboards.CustomerPanel", CustomerPanel);
