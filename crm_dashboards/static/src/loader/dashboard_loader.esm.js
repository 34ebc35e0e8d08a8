/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {LazyComponent} from "@web/core/assets";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
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
    static props = {...standardActionServiceProps};

    /** A button of the customer's form leaves the customer's id in the context. */
    static extractProps({params, context}) {
        return params.is_of_customer ? {resId: context.active_id} : {};
    }

    setup() {
        if (this.isOfCustomer) {
            this.keepList(useService("action").currentController);
        }
    }

    /**
     * A button of a form hands over the one record, not the list that the form pages
     * through. It is kept with the action, for who comes back to this page.
     *
     * @param {Object | null} opener the controller that is still on the screen
     */
    keepList(opener) {
        const {action, resId} = this.props;
        const ids = opener?.props.resIds || [];
        if (!(action.context?.active_ids?.length > 1) && ids.includes(resId)) {
            action.context = {...action.context, active_ids: ids};
        }
    }

    get dashboard() {
        return this.props.action.params.dashboard;
    }

    get isOfCustomer() {
        return Boolean(this.props.action.params.is_of_customer);
    }

    get dashboardProps() {
        const {dashboard, isOfCustomer} = this;
        const resIds = this.props.action.context?.active_ids;
        return {...this.props, dashboard, isOfCustomer, resIds};
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
