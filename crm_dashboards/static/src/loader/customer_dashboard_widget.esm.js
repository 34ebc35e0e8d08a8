/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {loadBundle} from "@web/core/assets";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

import {Component, onMounted, useState, xml} from "@odoo/owl";

/** A part of the dashboard in a partner's form, fetched after the form has been drawn. */
class CustomerWidget extends Component {
    static template = xml`
        <div t-att-class="constructor.className">
            <t
                t-if="state.Panel and customerId"
                t-component="state.Panel"
                t-key="customerId"
                t-props="panelProps"
            />
        </div>`;
    static props = {...standardWidgetProps};
    /** Name of the lazy component that draws it. */
    static panel = "";
    static className = "";

    setup() {
        this.state = useState({Panel: null});
        onMounted(async () => {
            await loadBundle("crm_dashboards.assets_dashboard");
            this.state.Panel = registry
                .category("lazy_components")
                .get(this.constructor.panel);
        });
    }

    get customerId() {
        return this.props.record.resId;
    }

    get panelProps() {
        return {customerId: this.customerId};
    }
}

/** All tiles. A page of a notebook is mounted when it is opened; only then they are. */
export class CustomerDashboardWidget extends CustomerWidget {
    static panel = "crm_dashboards.CustomerPanel";
    static className = "o_crm_dashboards_panel";
}

/** What matters most, above the fold. */
export class CustomerStripWidget extends CustomerWidget {
    static panel = "crm_dashboards.CustomerStrip";
    static className = "o_crm_dashboards_strip_panel";

    /** With the list that the form pages through: the page of the dashboard does so, too. */
    get panelProps() {
        return {...super.panelProps, customerIds: this.props.record.resIds};
    }
}

registry.category("view_widgets").add("crm_customer_dashboard", {
    component: CustomerDashboardWidget,
});
registry.category("view_widgets").add("crm_customer_strip", {
    component: CustomerStripWidget,
});
