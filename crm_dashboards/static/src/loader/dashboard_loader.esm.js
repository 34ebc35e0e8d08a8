/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {LazyComponent} from "@web/core/assets";
import {_t} from "@web/core/l10n/translation";
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
            props="dashboardProps"
        />`;
    // The address belongs to the action records: a path here would make a reload
    // forget which of the dashboards was open.
    static props = {
        ...standardActionServiceProps,
        resIds: {type: Array, element: Number, optional: true},
    };

    /**
     * A button of the customer's form leaves the customer's id in the context, and those
     * of the list that the form pages through.
     */
    static extractProps({params, context}) {
        const {active_id: resId, active_ids: resIds} = context;
        return params.is_of_customer ? {resId, resIds} : {};
    }

    get dashboard() {
        return this.props.action.params.dashboard;
    }

    get isOfCustomer() {
        return Boolean(this.props.action.params.is_of_customer);
    }

    get dashboardProps() {
        const {dashboard, isOfCustomer} = this;
        return {...this.props, dashboard, isOfCustomer};
    }
}

/**
 * The dashboard of the customer in the address. Its path is known here too, for Odoo takes
 * the part of an address before an id for a list, which the breadcrumbs would then show.
 */
export class CustomerDashboardLoader extends DashboardLoader {
    static path = "customer-dashboard";
    static displayName = _t("Customer Dashboard");

    get dashboard() {
        return "customer";
    }

    get isOfCustomer() {
        return true;
    }
}

registry
    .category("actions")
    .add("crm_dashboards.dashboard", DashboardLoader)
    .add("crm_dashboards.customer_dashboard", CustomerDashboardLoader);
