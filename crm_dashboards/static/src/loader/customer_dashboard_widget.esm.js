/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {loadBundle} from "@web/core/assets";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

import {Component, onMounted, useState, xml} from "@odoo/owl";

/**
 * The dashboard of the partner of a form. A page of a notebook is mounted when it is
 * opened; only then the dashboard is fetched, after the form has been drawn.
 */
export class CustomerDashboardWidget extends Component {
    static template = xml`
        <div class="o_crm_dashboards_panel">
            <t
                t-if="state.Panel and customerId"
                t-component="state.Panel"
                t-key="customerId"
                customerId="customerId"
            />
        </div>`;
    static props = {...standardWidgetProps};

    setup() {
        this.state = useState({Panel: null});
        onMounted(async () => {
            await loadBundle("crm_dashboards.assets_dashboard");
            this.state.Panel = registry
                .category("lazy_components")
                .get("crm_dashboards.CustomerPanel");
        });
    }

    get customerId() {
        return this.props.record.resId;
    }
}

registry.category("view_widgets").add("crm_customer_dashboard", {
    component: CustomerDashboardWidget,
});
