import {LazyComponent} from "@web/core/assets";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

import {Component, xml} from "@odoo/owl";

/** The client action of every dashboard; the dashboard itself is fetched on first use. */
export class DashboardLoader extends Component {
    static components = {LazyComponent};
    static template = xml`
        <LazyComponent
            bundle="'crm_dashboards.assets_dashboard'"
            Component="'crm_dashboards.Dashboard'"
            props="props"
        />`;
    // The address belongs to the action records: a path here would make a reload
    // forget which of the dashboards was open.
    static props = {...standardActionServiceProps};
}

registry.category("actions").add("crm_dashboards.dashboard", DashboardLoader);
