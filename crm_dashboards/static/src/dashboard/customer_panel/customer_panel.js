import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

import {Component, onWillStart, useState} from "@odoo/owl";

import {DashboardBody} from "../body/dashboard_body";
import {CustomerController} from "../customer_controller";
import {DashboardTools} from "../tools/dashboard_tools";
import {useDashboardServices} from "../use_dashboard_services";

/** The dashboard of a customer as a part of a form. */
export class CustomerPanel extends Component {
    static template = "crm_dashboards.CustomerPanel";
    static components = {DashboardBody, DashboardTools};
    static props = {customerId: Number};

    setup() {
        this.controller = useState(
            new CustomerController(useDashboardServices(), this.props.customerId),
        );
        this.state = useState({failure: ""});
        // Not awaited: the form must not wait for its dashboard.
        onWillStart(() => void this.load());
    }

    /** A dashboard that fails is no reason for its form to fail. */
    async load() {
        this.state.failure = "";
        try {
            await this.controller.start();
        } catch (error) {
            this.state.failure =
                error.data?.message || _t("The dashboard could not be loaded.");
        }
    }
}

registry.category("lazy_components").add("crm_dashboards.CustomerPanel", CustomerPanel);
