import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

import {Component, onWillStart, useRef, useState} from "@odoo/owl";

import {DashboardController} from "./dashboard_controller";
import {Invitation} from "./invitation/invitation";
import {ScopeMenu} from "./scope_menu/scope_menu";
import {TileGrid} from "./tile_grid/tile_grid";

const {DateTime} = luxon;

/** A dashboard as a page of its own, told apart by `params.dashboard` of the action. */
export class Dashboard extends Component {
    static template = "crm_dashboards.Dashboard";
    static components = {Invitation, Layout, ScopeMenu, TileGrid};
    static props = {...standardActionServiceProps};

    setup() {
        this.controller = useState(
            new DashboardController(
                {orm: useService("orm"), action: useService("action")},
                this.props.action.params.dashboard,
            ),
        );
        useSetupAction({rootRef: useRef("root")});
        onWillStart(() => this.controller.start());
    }

    get display() {
        return {controlPanel: {}};
    }

    get header() {
        return this.controller.header;
    }

    get asOf() {
        const {label, zone} = this.header.as_of;
        return label && zone ? _t("%(as_of)s (%(zone)s)", {as_of: label, zone}) : label;
    }

    get refreshed() {
        const at = this.controller.refreshedAt;
        return at
            ? _t("refreshed %(time)s", {time: at.toLocaleString(DateTime.TIME_SIMPLE)})
            : "";
    }

    get freshness() {
        return [this.asOf, this.refreshed].filter(Boolean).join(" · ");
    }

    toggleAllCompanies() {
        this.controller.changeScope({all_sales: !this.controller.scope.all_sales});
    }

    onScope(accountManager) {
        this.controller.changeScope({account_manager: accountManager});
    }
}

registry.category("lazy_components").add("crm_dashboards.Dashboard", Dashboard);
