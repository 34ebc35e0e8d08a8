/* Copyright 2026 CRM Dashboards contributors
 * License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl). */

import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";
import {Layout} from "@web/search/layout";
import {usePager} from "@web/search/pager_hook";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

import {
    Component,
    onMounted,
    onWillStart,
    onWillUnmount,
    useRef,
    useState,
} from "@odoo/owl";

import {DashboardBody} from "./body/dashboard_body.esm";
import {CustomerController} from "./customer_controller.esm";
import {CustomerSearch} from "./customer_search/customer_search.esm";
import {CustomerBadge} from "./customer_bar/customer_badge.esm";
import {DashboardController} from "./dashboard_controller.esm";
import {findPage, keepPage, scrollBack} from "./kept_pages.esm";
import {Invitation} from "./invitation/invitation.esm";
import {LoadFailure} from "./load_failure/load_failure.esm";
import {PeriodMenu} from "./period_menu/period_menu.esm";
import {ScopeMenu} from "./scope_menu/scope_menu.esm";
import {DashboardTools} from "./tools/dashboard_tools.esm";
import {useDashboardServices} from "./use_dashboard_services.esm";

/** A dashboard as a page of its own. */
export class Dashboard extends Component {
    static template = "crm_dashboards.Dashboard";
    static components = {
        CustomerBadge,
        CustomerSearch,
        DashboardBody,
        DashboardTools,
        Invitation,
        Layout,
        LoadFailure,
        PeriodMenu,
        ScopeMenu,
    };
    static props = {
        ...standardActionServiceProps,
        dashboard: String,
        isOfCustomer: {type: Boolean, optional: true},
        resIds: {type: Array, element: Number, optional: true},
    };

    setup() {
        this.action = useService("action");
        usePager(() => this.pager);
        const services = useDashboardServices();
        const root = useRef("root");
        const back = useService("crm_dashboards.back");
        useSetupAction({rootRef: root});
        if (this.isWithoutCustomer) {
            return;
        }
        this.controller = useState(
            this.props.isOfCustomer
                ? new CustomerController(
                      services,
                      this.props.resId,
                      this.props.dashboard
                  )
                : new DashboardController(services, this.props.dashboard)
        );
        const page = (this.props.state || back.isGoing) && findPage(this.pageName);
        onWillStart(() => this.load(page));
        onMounted(() => page && scrollBack(root.el, page));
        onWillUnmount(() => {
            if (this.header) {
                keepPage(this.pageName, root.el, this.controller.shown);
            }
        });
    }

    /** @returns {Object | undefined} the customers of the list that one came from */
    get pager() {
        const {resId, resIds = []} = this.props;
        const offset = resIds.indexOf(resId);
        if (offset < 0 || resIds.length < 2) {
            return undefined;
        }
        const onUpdate = (change) => this.openNeighbour(resIds[change.offset]);
        return {offset, limit: 1, total: resIds.length, onUpdate};
    }

    /** @param {number} id of a customer of the list, whose page takes the place of this */
    openNeighbour(id) {
        return this.action.doAction(this.props.action.id, {
            additionalContext: {active_id: id, active_ids: this.props.resIds},
            stackPosition: "replaceCurrentAction",
        });
    }

    /** @returns {string} what tells the page from others of its kind */
    get pageName() {
        return `${this.props.dashboard} ${this.props.resId || ""}`;
    }

    /** @param {Object} [page] to begin with, where one comes back to it */
    async load(page) {
        if (page) {
            this.controller.resume(page.shown);
        } else {
            await this.controller.load();
        }
        if (this.customer) {
            this.env.config.setDisplayName(this.customer.name);
        }
    }

    /** @returns {boolean} whether the address names no customer */
    get isWithoutCustomer() {
        return this.props.isOfCustomer && !this.props.resId;
    }

    get display() {
        return {controlPanel: {}};
    }

    get header() {
        return this.controller.header;
    }

    get customer() {
        return this.header?.customer;
    }

    toggleAllCompanies() {
        this.controller.changeScope({all_sales: !this.controller.scope.all_sales});
    }

    onScope(accountManager) {
        this.controller.changeScope({account_manager: accountManager});
    }
}

registry.category("lazy_components").add("crm_dashboards.Dashboard", Dashboard);
